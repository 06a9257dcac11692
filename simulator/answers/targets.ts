import { typeOf } from "../front.ts";
import type { PodTruth } from "../pod.ts";
import type { FocusService, OtherService } from "../scenario.ts";
import { focusPodIp, podsAtEnd, readyAt, type World } from "../world.ts";
import { nodePasses } from "./hosts.ts";

export function services(world: World): readonly (FocusService | OtherService)[] {
  return [world.scenario.focus, ...world.scenario.others];
}

/** A target group as DescribeTargetGroups has it. `index`: into the services. */
export function targetGroup(world: World, index: number) {
  const { focus, place } = world.scenario;
  const service = services(world)[index] as FocusService | OtherService;
  const own = index === 0;
  const ip = own && focus.targetType === "ip";
  const check = own ? focus.healthCheck : { path: "/health", matcher: "200", interval: 15, timeout: 5 };
  const { unhealthyAfter = 2, healthyAfter = 2, port = "traffic-port" } = check;
  const protocol = protocolOf(world, own);
  const http = own && typeOf(world.scenario) !== "application" ? "HTTP" : protocol;
  const HealthCheckProtocol = check.protocol === "TCP" ? "TCP" : http;
  return {
    TargetGroupArn: world.arns.targetGroups[index] as string,
    TargetGroupName: service.targetGroup,
    Protocol: protocol,
    Port:
      protocol === "GENEVE"
        ? GENEVE
        : ip || (own && world.scenario.seen?.instances)
          ? focus.targetPort
          : service.nodePort,
    VpcId: place.vpc,
    HealthCheckProtocol,
    HealthCheckPort: port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: healthyAfter,
    UnhealthyThresholdCount: unhealthyAfter,
    ...(HealthCheckProtocol === "TCP" ? {} : { HealthCheckPath: check.path, Matcher: { HttpCode: check.matcher } }),
    LoadBalancerArns: [world.arns.loadBalancer],
    TargetType: ip ? "ip" : "instance",
    ...(typeOf(world.scenario) === "application" ? { ProtocolVersion: "HTTP1" } : {}),
    IpAddressType: "ipv4",
  };
}

/** The port of the protocol by which a Gateway Load Balancer hands packets on. */
const GENEVE = 6081;

function protocolOf({ scenario }: World, own: boolean) {
  switch (typeOf(scenario)) {
    case "gateway":
      return "GENEVE";
    case "network":
      return "TCP";
    default:
      return own ? scenario.focus.protocol : "HTTP";
  }
}

/** How DescribeTargetHealth finds them now. */
export function targets(world: World, index: number) {
  const { scenario } = world;
  const port = String(services(world)[index]?.nodePort);
  if (index === 0 && scenario.seen?.instances)
    return scenario.seen.instances.map((id, place) => instance(world, id, place));
  if (index !== 0 || scenario.focus.targetType === "instance")
    return scenario.nodes.map((node, place) =>
      described(
        { Id: node.instanceId, Port: Number(port) },
        port,
        index !== 0 || nodePasses(world, place, world.truth.length, localTo(world, place))
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

/** An instance that is no node of the cluster. */
function instance(world: World, id: string, place: number) {
  const { focus } = world.scenario;
  const { checks, length } = world.truth;
  const gateway = typeOf(world.scenario) === "gateway";
  const unwell = checks.sick(place, length) || checks.failing(id, length) ? failure(world, id, null) : null;
  const port = focus.healthCheck.port ?? String(focus.targetPort);
  return described({ Id: id, Port: gateway ? GENEVE : focus.targetPort }, port, unwell);
}

/** The node whose pods alone count for its check; null: all pods count. */
export function localTo({ scenario }: World, node: number): number | null {
  const { routing } = scenario.focus;
  return routing?.localPolicy && !routing.localUnseen ? node : null;
}

/** What DescribeTargetHealth says of a target that is not healthy (API reference, TargetHealth). */
interface Unwell {
  readonly State: "initial" | "unhealthy";
  readonly Reason: string;
  readonly Description?: string;
}

const FAILED: Unwell = {
  State: "unhealthy",
  Reason: "Target.FailedHealthChecks",
  Description: "Health checks failed",
};
const MISMATCH: Unwell = {
  State: "unhealthy",
  Reason: "Target.ResponseCodeMismatch",
  Description: "Health checks failed with these codes: [400]",
};
const INITIAL: Unwell = { State: "initial", Reason: "Elb.InitialHealthChecking" };

/**
 * Why a target is unhealthy: it does not answer in time, answers with another code, or refuses the connection. A Network
 * Load Balancer tells none of them apart (API reference, TargetHealth). `pod`: the target, where it is one.
 */
function failure({ truth, scenario }: World, target: string, pod: PodTruth | null): Unwell {
  if (typeOf(scenario) === "network") return FAILED;
  if (truth.checks.garbled(truth.length)) return MISMATCH;
  const refused = pod ? (pod.restarts.at(-1)?.until ?? 0) > truth.length : !truth.checks.failing(target, truth.length);
  return refused ? FAILED : { State: "unhealthy", Reason: "Target.Timeout", Description: "Request timed out" };
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
