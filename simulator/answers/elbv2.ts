import type { Answer, Input } from "../../src/model/question.ts";
import { logAttributes } from "../logs/attributes.ts";
import type { PodTruth } from "../pod.ts";
import { Random } from "../random.ts";
import type { FocusService, OtherService } from "../scenario.ts";
import { focusPodIp, podsAtEnd, readyAt, type World } from "../world.ts";
import { nodePasses } from "./hosts.ts";

/** Answers one ELBv2 operation in the SDK's output shape. */
export function elbv2Answer(world: World, operation: string, input: Input): Answer {
  const answer = OPERATIONS[operation];
  if (!answer)
    return { status: "failed", failure: { kind: "forbidden", message: `not authorized to perform: ${operation}` } };
  const page = answer(world, input);
  if (page === null)
    return {
      status: "failed",
      failure: { kind: "missing", message: `${operation}: there is no such load balancer, listener or target group` },
    };
  return { status: "answered", pages: [page] };
}

type Operation = (world: World, input: Input) => unknown;

const OPERATIONS: { readonly [operation: string]: Operation } = {
  DescribeLoadBalancers: (world, input) => {
    const { loadBalancer, place } = world.scenario;
    if (!asks(input.LoadBalancerArns, world.arns.loadBalancer)) return null;
    return {
      LoadBalancers: [
        {
          LoadBalancerArn: world.arns.loadBalancer,
          DNSName: `${loadBalancer.scheme === "internal" ? "internal-" : ""}${loadBalancer.name}-1234567890.${place.region}.elb.amazonaws.com`,
          CreatedTime: daysAgo(world, 412),
          LoadBalancerName: loadBalancer.name,
          Scheme: loadBalancer.scheme,
          VpcId: place.vpc,
          State: { Code: "active" },
          Type: "application",
          AvailabilityZones: place.zones.map((ZoneName, index) => ({
            ZoneName,
            SubnetId: `subnet-${new Random(world.scenario.seed, `subnet ${index}`).hex(17)}`,
            LoadBalancerAddresses: [],
          })),
          SecurityGroups: [`sg-${new Random(world.scenario.seed, "security group").hex(17)}`],
          IpAddressType: "ipv4",
        },
      ],
    };
  },

  DescribeLoadBalancerAttributes: (world, input) =>
    input.LoadBalancerArn === world.arns.loadBalancer
      ? attributes({
          ...logAttributes(world),
          "idle_timeout.timeout_seconds": String(world.scenario.loadBalancer.idleTimeout),
          "client_keep_alive.seconds": "3600",
          "load_balancing.cross_zone.enabled": "true",
          "routing.http2.enabled": "true",
          "routing.http.drop_invalid_header_fields.enabled": "false",
          "deletion_protection.enabled": "false",
          "zonal_shift.config.enabled": "false",
        })
      : null,

  DescribeListeners: (world, input) =>
    input.LoadBalancerArn === world.arns.loadBalancer
      ? {
          Listeners: [
            {
              ListenerArn: world.arns.listener,
              LoadBalancerArn: world.arns.loadBalancer,
              Port: 443,
              Protocol: "HTTPS",
              SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
              DefaultActions: [
                {
                  Type: "fixed-response",
                  FixedResponseConfig: { StatusCode: "404", ContentType: "text/plain" },
                  Order: 1,
                },
              ],
            },
          ],
        }
      : null,

  DescribeRules: (world, input) => {
    if (input.ListenerArn !== world.arns.listener) return null;
    const { canary } = world.scenario;
    const weighted = canary
      ? [
          { TargetGroupArn: world.arns.targetGroups[0], Weight: canary.weight },
          { TargetGroupArn: world.arns.targetGroups[1], Weight: canary.stableWeight },
        ]
      : null;
    const forwards = services(world).map((service, index) => ({
      RuleArn: world.arns.listener.replace(":listener/", ":listener-rule/").concat(`/${index}`),
      Priority: String(index + 1),
      Conditions: [
        { Field: "host-header", Values: [service.host], HostHeaderConfig: { Values: [service.host] } },
        ...("rulePaths" in service && service.rulePaths
          ? [{ Field: "path-pattern", Values: service.rulePaths, PathPatternConfig: { Values: service.rulePaths } }]
          : []),
      ],
      Actions: [
        {
          Type: "forward",
          // The API leaves it out where there are several.
          ...(weighted && index === 0 ? {} : { TargetGroupArn: world.arns.targetGroups[index] }),
          Order: 1,
          ForwardConfig: {
            TargetGroups:
              weighted && index === 0 ? weighted : [{ TargetGroupArn: world.arns.targetGroups[index], Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
      IsDefault: false,
    }));
    const last = {
      RuleArn: world.arns.listener.replace(":listener/", ":listener-rule/").concat("/default"),
      Priority: "default",
      Conditions: [],
      Actions: [
        { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404", ContentType: "text/plain" }, Order: 1 },
      ],
      IsDefault: true,
    };
    // The stable group of a weighted rule has no rule of its own.
    return { Rules: [...forwards.filter((_, index) => !canary || index !== 1), last] };
  },

  DescribeTargetGroups: (world, input) => {
    const all = world.arns.targetGroups.map((_, index) => targetGroup(world, index));
    if (input.LoadBalancerArn !== undefined)
      return input.LoadBalancerArn === world.arns.loadBalancer ? { TargetGroups: all } : null;
    const wanted = all.filter((group) => asks(input.TargetGroupArns, group.TargetGroupArn));
    return wanted.length > 0 ? { TargetGroups: wanted } : null;
  },

  DescribeTargetGroupAttributes: (world, input) => {
    const index = world.arns.targetGroups.indexOf(String(input.TargetGroupArn));
    if (index < 0) return null;
    const { focus } = world.scenario;
    const sticky = index === 0 && focus.stickyClients !== null;
    return attributes({
      "stickiness.enabled": String(sticky),
      "stickiness.type": "lb_cookie",
      "stickiness.lb_cookie.duration_seconds": "86400",
      "deregistration_delay.timeout_seconds": String(index === 0 ? (focus.deregistrationDelay ?? 300) : 300),
      "slow_start.duration_seconds": "0",
      "load_balancing.algorithm.type": index === 0 ? focus.algorithm : "round_robin",
      "load_balancing.algorithm.anomaly_mitigation": "off",
      "load_balancing.cross_zone.enabled":
        index === 0 && focus.routing?.crossZoneOff ? "false" : "use_load_balancer_configuration",
      "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    });
  },

  DescribeTargetHealth: (world, input) => {
    const index = world.arns.targetGroups.indexOf(String(input.TargetGroupArn));
    return index < 0 ? null : { TargetHealthDescriptions: targets(world, index) };
  },

  DescribeTags: (world, input) => {
    const arns = Array.isArray(input.ResourceArns) ? input.ResourceArns.map(String) : [];
    const known = arns.flatMap((arn) => {
      if (arn === world.arns.loadBalancer) return [{ ResourceArn: arn, Tags: tags(world, "LoadBalancer") }];
      const index = world.arns.targetGroups.indexOf(arn);
      const service = services(world)[index];
      if (!service) return [];
      const ingress = index === 0 ? world.scenario.focus.ingress : `${service.service}-ingress`;
      const port = index === 0 ? world.scenario.focus.port : 80;
      if (index === 0 && world.scenario.seen?.instances)
        return [{ ResourceArn: arn, Tags: [{ Key: "Name", Value: service.service }] }];
      return [{ ResourceArn: arn, Tags: tags(world, `${service.namespace}/${ingress}-${service.service}:${port}`) }];
    });
    return known.length === arns.length && arns.length > 0 ? { TagDescriptions: known } : null;
  },
};

function services(world: World): readonly (FocusService | OtherService)[] {
  return [world.scenario.focus, ...world.scenario.others];
}

function targetGroup(world: World, index: number) {
  const { focus, place } = world.scenario;
  const service = services(world)[index] as FocusService | OtherService;
  const own = index === 0;
  const ip = own && focus.targetType === "ip";
  const check = own ? focus.healthCheck : { path: "/health", matcher: "200", interval: 15, timeout: 5 };
  const protocol = own ? focus.protocol : "HTTP";
  return {
    TargetGroupArn: world.arns.targetGroups[index] as string,
    TargetGroupName: service.targetGroup,
    Protocol: protocol,
    Port: ip || (own && world.scenario.seen?.instances) ? focus.targetPort : service.nodePort,
    VpcId: place.vpc,
    HealthCheckProtocol: protocol,
    HealthCheckPort: "traffic-port",
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: check.path,
    Matcher: { HttpCode: check.matcher },
    LoadBalancerArns: [world.arns.loadBalancer],
    TargetType: ip ? "ip" : "instance",
    ProtocolVersion: "HTTP1",
    IpAddressType: "ipv4",
  };
}

function targets(world: World, index: number) {
  const { scenario } = world;
  const port = String(services(world)[index]?.nodePort);
  if (index === 0 && scenario.seen?.instances)
    return scenario.seen.instances.map((id) =>
      described({ Id: id, Port: scenario.focus.targetPort }, String(scenario.focus.targetPort)),
    );
  if (index !== 0 || scenario.focus.targetType === "instance")
    return scenario.nodes.map((node, place) =>
      described(
        { Id: node.instanceId, Port: Number(port) },
        port,
        index !== 0 || nodePasses(world, place, world.truth.length, scenario.focus.routing?.localPolicy ? place : null)
          ? null
          : failure(world, node.instanceId, null),
      ),
    );
  const target = String(scenario.focus.targetPort);
  const { checks, length } = world.truth;
  const registered = podsAtEnd(world).filter((pod) => (pod.started ?? 0) <= length);
  return registered.map((pod) =>
    described(
      { Id: focusPodIp(world, pod), Port: Number(target), AvailabilityZone: scenario.nodes[pod.node]?.zone },
      target,
      pod.ready > length
        ? INITIAL
        : readyAt(pod, length) && !checks.failing(pod.name, length)
          ? null
          : failure(world, pod.name, pod),
    ),
  );
}

/** What DescribeTargetHealth says of a target that is not healthy (API reference, TargetHealth). */
interface Unwell {
  readonly State: "initial" | "unhealthy";
  readonly Reason: string;
  readonly Description?: string;
}

const INITIAL: Unwell = { State: "initial", Reason: "Elb.InitialHealthChecking" };

/** Why a target is unhealthy: it does not answer in time, or refuses the connection. `pod`: the target, where it is one. */
function failure({ truth }: World, target: string, pod: PodTruth | null): Unwell {
  const refused = pod ? (pod.restarts.at(-1)?.until ?? 0) > truth.length : !truth.checks.failing(target, truth.length);
  return refused
    ? { State: "unhealthy", Reason: "Target.FailedHealthChecks", Description: "Health checks failed" }
    : { State: "unhealthy", Reason: "Target.Timeout", Description: "Request timed out" };
}

function described(
  target: { Id: string; Port: number; AvailabilityZone?: string | undefined },
  port: string,
  unwell: Unwell | null = null,
) {
  return {
    Target: target,
    HealthCheckPort: port,
    TargetHealth: unwell ?? { State: "healthy" },
    AnomalyDetection: { Result: "normal", MitigationInEffect: "no" },
  };
}

function tags(world: World, resource: string) {
  return [
    { Key: "elbv2.k8s.aws/cluster", Value: world.scenario.place.cluster },
    { Key: "ingress.k8s.aws/stack", Value: world.scenario.loadBalancer.group },
    { Key: "ingress.k8s.aws/resource", Value: resource },
  ];
}

function attributes(values: { readonly [key: string]: string }) {
  return { Attributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })) };
}

/** Whether a list of wanted ARNs holds this one; no list asks for all. */
function asks(wanted: unknown, arn: string): boolean {
  return !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(arn);
}

function daysAgo(world: World, days: number): string {
  return new Date((world.scenario.now - days * 86_400) * 1000).toISOString();
}
