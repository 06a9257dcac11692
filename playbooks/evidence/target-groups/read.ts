import {
  type Ask,
  type Asked,
  type Attributes,
  describeListenerAttributes,
  describeListeners,
  describeLoadBalancer,
  describeLoadBalancerAttributes,
  describeRules,
  describeTags,
  type LoadBalancerFact,
  METRICS_PER_CALL,
  type MetricWanted,
  metricData,
  onlyMetric,
  type Question,
  type Series,
  type Span,
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
  const isNetwork = arn.includes(":loadbalancer/net/");
  // Rules beside the default action are an Application Load Balancer's alone (API reference, CreateRule).
  const [rules, ofListeners] = await Promise.all([
    Promise.all(isNetwork ? [] : found.map((listener) => ask(describeRules(listener.arn)))),
    Promise.all(isNetwork ? found.map((listener) => ask(describeListenerAttributes(listener.arn))) : []),
  ]);
  if (!described.ok || !described.value) return null;
  const settings = attributes.ok ? attributes.value : {};
  const idle = isNetwork
    ? idleOf(ofListeners.map((one) => (one.ok ? one.value : {})))
    : Number(settings["idle_timeout.timeout_seconds"] ?? Number.NaN);
  const crossZone = settings["load_balancing.cross_zone.enabled"];
  return {
    ...described.value,
    idleTimeout: Number.isFinite(idle) ? idle : null,
    crossZone: crossZone === undefined ? null : crossZone === "true",
    listeners: found.map(({ port, protocol }) => ({ port, protocol })),
    rules: rules.flatMap((rule) => (rule.ok ? rule.value : [])),
  };
}

/** The idle timeout that all listeners of a Network Load Balancer have (API reference, ListenerAttribute); NaN without one. */
function idleOf(listeners: readonly Attributes[]): number {
  const each = new Set(listeners.map((one) => Number(one["tcp.idle_timeout.seconds"] ?? Number.NaN)));
  const [idle = Number.NaN] = each;
  return each.size === 1 ? idle : Number.NaN;
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

/** Metrics read whole: a share of a whole that is read in part would blame whoever happened to be read. */
export interface WholeMetrics {
  readonly questions: readonly Question[];
  /** The series of an id; without a value where nothing was published. */
  of(id: string): Series;
  /** The question that asks for this metric alone. */
  only(id: string): Question | undefined;
}

/** Reads any number of metrics, in as many calls as it takes; "part" where a page failed, null where a call did. */
export async function readWhole(
  wanted: readonly MetricWanted[],
  window: Span,
  period: number,
  ask: Ask,
): Promise<WholeMetrics | "part" | null> {
  const calls = Array.from({ length: Math.ceil(wanted.length / METRICS_PER_CALL) }, (_, index) =>
    metricData(window, period, wanted.slice(index * METRICS_PER_CALL, (index + 1) * METRICS_PER_CALL)),
  );
  const answers = await Promise.all(calls.map((call) => ask(call)));
  if (!answers.every((answer) => answer.ok)) return null;
  if (answers.some((answer) => answer.ok && answer.cut)) return "part";
  const byId = new Map(answers.flatMap((answer) => (answer.ok ? [...answer.value] : [])));
  return {
    questions: calls.map(({ question }) => question),
    of: (id) => byId.get(id) ?? { start: window.start, step: period, values: [] },
    only: (id) => {
      const call = calls[Math.floor(wanted.findIndex((one) => one.id === id) / METRICS_PER_CALL)];
      return call && onlyMetric(call.question, id);
    },
  };
}

/** The gap where an alarm watches a target group that is gone: the controller names one anew when its type, port or protocol changes. */
export function gone(dimension: string) {
  return {
    source: "elbv2",
    kind: "missing",
    what: `the alarm watches ${dimension}, and the load balancer has no such target group any more`,
    remedy: "point the alarm at the target group that replaced it; as it is, it says nothing about that one",
  } as const;
}
