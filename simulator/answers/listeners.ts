import { type ListenerSpec, typeOf } from "../front.ts";
import type { World } from "../world.ts";
import { certificateArn, certificateOf } from "./acm.ts";
import { services } from "./targets.ts";

/** The listener of a load balancer: HTTPS on an ALB, the service's port on the others, where the scenario does not say. */
export function listenerOf({ scenario }: World): ListenerSpec {
  const { loadBalancer, focus } = scenario;
  if (loadBalancer.listener) return loadBalancer.listener;
  return typeOf(scenario) === "application"
    ? { protocol: "HTTPS", port: 443, policy: "ELBSecurityPolicy-TLS13-1-2-2021-06", certificate: null }
    : { protocol: typeOf(scenario) === "classic" ? "HTTP" : "TCP", port: focus.port, policy: null, certificate: null };
}

/** What DescribeListeners answers. A Gateway Load Balancer's listener has neither port nor protocol. */
export function listeners(world: World): object[] {
  const { arns, scenario } = world;
  const { port, protocol, policy, certificate } = listenerOf(world);
  const own = { ListenerArn: arns.listener, LoadBalancerArn: arns.loadBalancer };
  const type = typeOf(scenario);
  if (type === "gateway") return [{ ...own, DefaultActions: [forward(arns.targetGroups[0])] }];
  return [
    {
      ...own,
      Port: port,
      Protocol: protocol,
      ...(certificate ? { Certificates: [{ CertificateArn: certificateArn(scenario, certificate) }] } : {}),
      ...(policy === null ? {} : { SslPolicy: policy }),
      DefaultActions: [type === "application" ? NOT_FOUND : forward(arns.targetGroups[0])],
    },
  ];
}

/** What DescribeListenerCertificates answers: the default one is told twice. */
export function listenerCertificates(world: World): object[] {
  const certificate = certificateOf(world.scenario);
  if (!certificate) return [];
  const CertificateArn = certificateArn(world.scenario, certificate);
  return [
    { CertificateArn, IsDefault: true },
    { CertificateArn, IsDefault: false },
  ];
}

const NOT_FOUND = {
  Type: "fixed-response",
  FixedResponseConfig: { StatusCode: "404", ContentType: "text/plain" },
  Order: 1,
};

function forward(arn: string | undefined) {
  return {
    Type: "forward",
    TargetGroupArn: arn,
    Order: 1,
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: arn, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false },
    },
  };
}

/** What DescribeRules answers: an ALB's rules, and of other types what their listener does anyway. */
export function rules(world: World): object[] {
  const application = typeOf(world.scenario) === "application";
  const action = application ? NOT_FOUND : forward(world.arns.targetGroups[0]);
  const RuleArn = world.arns.listener.replace(":listener/", ":listener-rule/").concat("/default");
  const last = { RuleArn, Priority: "default", Conditions: [], Actions: [action], IsDefault: true };
  return application ? [...hostRules(world), last] : [last];
}

/** The rules that the scenario adds, and one for each service's host. */
function hostRules(world: World): object[] {
  const { canary, loadBalancer } = world.scenario;
  const { targetGroups, listener } = world.arns;
  const added = (loadBalancer.rules ?? []).map(({ host, path, group }) => ({
    Conditions: [hostIs(host), { Field: "path-pattern", Values: [path], PathPatternConfig: { Values: [path] } }],
    Actions: [forward(targetGroups[group])],
  }));
  const weighted = canary
    ? [
        { TargetGroupArn: targetGroups[0], Weight: canary.weight },
        { TargetGroupArn: targetGroups[1], Weight: canary.stableWeight },
      ]
    : null;
  const forwards = services(world).map((service, index) => {
    const { TargetGroupArn, ...rest } = forward(targetGroups[index]);
    const stickiness = rest.ForwardConfig.TargetGroupStickinessConfig;
    const heavy = { ...rest, ForwardConfig: { TargetGroups: weighted, TargetGroupStickinessConfig: stickiness } };
    // The API leaves the ARN out where there are several.
    return {
      Conditions: [hostIs(service.host)],
      Actions: [weighted && index === 0 ? heavy : forward(targetGroups[index])],
    };
  });
  // The stable group of a weighted rule has no rule of its own.
  const kept = forwards.map((rule, index) => ({ rule, index })).filter(({ index }) => !canary || index !== 1);
  const arn = (last: string | number) => listener.replace(":listener/", ":listener-rule/").concat(`/${last}`);
  return [
    ...added.map((rule, index) => ({
      RuleArn: arn(`added${index}`),
      Priority: String(index + 1),
      ...rule,
      IsDefault: false,
    })),
    ...kept.map(({ rule, index }) => ({
      RuleArn: arn(index),
      Priority: String(added.length + index + 1),
      ...rule,
      IsDefault: false,
    })),
  ];
}

function hostIs(host: string) {
  return { Field: "host-header", Values: [host], HostHeaderConfig: { Values: [host] } };
}
