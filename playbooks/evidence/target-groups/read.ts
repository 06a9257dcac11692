import {
  type Ask,
  type Asked,
  describeListeners,
  describeLoadBalancer,
  describeLoadBalancerAttributes,
  describeRules,
  describeTags,
  type LoadBalancerFact,
  TAGGED_PER_CALL,
  type TargetGroupFact,
} from "../../../src/playbook.ts";

/**
 * The load balancer's ARN, made from the alarm's own ARN and dimension instead of looked up:
 * arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID.
 */
export function loadBalancerArn(alarmArn: string, dimension: string): string {
  const [, partition, , region, account] = alarmArn.split(":");
  return `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${dimension}`;
}

export async function readLoadBalancer(arn: string, ask: Ask): Promise<LoadBalancerFact | null> {
  const [described, attributes, listeners] = await Promise.all([
    ask(describeLoadBalancer(arn)),
    ask(describeLoadBalancerAttributes(arn)),
    ask(describeListeners(arn)),
  ]);
  const found = listeners.ok ? listeners.value : [];
  const rules = await Promise.all(found.map((listener) => ask(describeRules(listener.arn))));
  if (!described.ok || !described.value) return null;
  const settings = attributes.ok ? attributes.value : {};
  const idle = Number(settings["idle_timeout.timeout_seconds"] ?? Number.NaN);
  const crossZone = settings["load_balancing.cross_zone.enabled"];
  return {
    ...described.value,
    idleTimeout: Number.isFinite(idle) ? idle : null,
    crossZone: crossZone === undefined ? null : crossZone === "true",
    listeners: found.map(({ port, protocol }) => ({ port, protocol })),
    rules: rules.flatMap((rule) => (rule.ok ? rule.value : [])),
  };
}

export async function readTargetGroups(
  listed: Promise<Asked<Omit<TargetGroupFact, "tags">[]>>,
  ask: Ask,
): Promise<TargetGroupFact[] | null> {
  const groups = await listed;
  if (!groups.ok) return null;
  const arns = groups.value.map(({ arn }) => arn);
  const chunks = Array.from({ length: Math.ceil(arns.length / TAGGED_PER_CALL) }, (_, index) =>
    arns.slice(index * TAGGED_PER_CALL, (index + 1) * TAGGED_PER_CALL),
  );
  const tags = await Promise.all(chunks.map((chunk) => ask(describeTags(chunk))));
  const byArn = new Map(tags.flatMap((answer) => (answer.ok ? [...answer.value] : [])));
  return groups.value.map((group) => ({ ...group, tags: byArn.get(group.arn) ?? {} }));
}
