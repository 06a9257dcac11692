import { type Change, evaluateAlarm, type State } from "./alarm.ts";
import { certificateArn, certificateOf } from "./answers/acm.ts";
import { publishedValue } from "./answers/published.ts";
import { insideOf } from "./behind.ts";
import { callingCounts, callingTraffic } from "./calls.ts";
import { LEAD, TICK } from "./clock.ts";
import { NAMESPACES, typeOf } from "./front.ts";
import type { PodTruth } from "./pod.ts";
import { Random } from "./random.ts";
import type { OtherService, Scenario } from "./scenario.ts";
import { type Server, serverOf } from "./servers.ts";
import { simulate, type Truth } from "./simulate.ts";
import { drawOther, focusTraffic, type GroupTraffic, statistic } from "./traffic.ts";

export { readyAt } from "./pod.ts";
export { statistic } from "./traffic.ts";

/** A pod of another service. Its CPU follows that service's requests. */
export interface OtherPod {
  readonly name: string;
  readonly node: number;
  readonly ip: string;
  readonly other: number;
}

/** What happened in a scenario, whoever watches, and the names that only its answers need. */
export interface Happened {
  readonly scenario: Scenario;
  /** Epoch seconds at which the simulation starts; a whole minute. */
  readonly start: number;
  readonly minutes: number;
  readonly truth: Truth;
  readonly server: Server;
  /** Traffic of the target groups: the focus service's first, then the others' in their order. */
  readonly groups: readonly GroupTraffic[];
  readonly otherPods: readonly OtherPod[];
  readonly arns: Arns;
}

/** One simulated world: what happened, and what the alarm made of it. */
export interface World extends Happened {
  /** The alarm's metric: its value over the period that ends with each minute since `start`. */
  readonly alarmMetric: readonly (number | null)[];
  readonly changes: readonly Change[];
  readonly state: State;
}

export interface Arns {
  readonly loadBalancer: string;
  /** "app/name/id", as CloudWatch's dimension has it; a Classic Load Balancer's name. */
  readonly loadBalancerDimension: string;
  readonly listener: string;
  readonly alarm: string;
  readonly topic: string;
  /** In the order of World.groups. */
  readonly targetGroups: readonly string[];
  /** "targetgroup/name/id" */
  readonly targetGroupDimensions: readonly string[];
}

/** Worlds that are simulated already; each lives as long as somebody holds its scenario. */
const SIMULATED = new WeakMap<Scenario, World>();

/** What happens in a scenario. The same object gives the same world, which is simulated once. */
export function buildWorld(scenario: Scenario): World {
  return SIMULATED.get(scenario) ?? remember(simulated(scenario));
}

/** Keeps a world for whoever builds its scenario later. */
export function remember(world: World): World {
  SIMULATED.set(world.scenario, world);
  return world;
}

function simulated(scenario: Scenario): World {
  const minutes = (LEAD + scenario.window) / 60;
  const start = scenario.now - minutes * 60;
  const drawn = scenario.others.map((other, index) =>
    other.callsFocus ? callingCounts(scenario, index, minutes) : drawOther(scenario, other, index, minutes),
  );
  const otherPods = placeOthers(scenario);
  const truth = simulate(scenario, residentUse(scenario, otherPods, drawn, minutes));
  const others = drawn.map((group, index) =>
    scenario.others[index]?.callsFocus ? callingTraffic(scenario, truth, index) : group,
  );
  const groups = [focusTraffic(scenario, truth), ...others];
  const server = serverOf(scenario.focus.server, scenario.focus.targetPort);
  const arns = arnsOf(scenario);
  return watched({ scenario, start, minutes, truth, server, groups, otherPods, arns });
}

/** The same world under another alarm: what happened does not depend on who watches. */
export function rejudge(world: World, scenario: Scenario): World {
  return watched({ ...world, scenario });
}

function watched(happened: Happened): World {
  const { scenario, start } = happened;
  const alarmMetric = metricOf(happened);
  const { changes, state } = evaluateAlarm(alarmMetric, start, scenario.alarm, scenario.now);
  return { ...happened, alarmMetric, changes, state };
}

/** The alarm's metric over the period that ends with each minute; null where nothing was published. */
function metricOf(happened: Happened): (number | null)[] {
  const { scenario, groups, minutes, start } = happened;
  const { alarm } = scenario;
  const { metric = RESPONSE_TIME } = alarm;
  const step = alarm.period / 60;
  const watched = alarm.on === "target group" ? groups.slice(0, 1) : groups;
  const dimensions = alarmDimensions(happened);
  const namespace = alarmNamespace(scenario);
  return Array.from({ length: minutes }, (_, index) => {
    const [from, to] = [index + 1 - step, index + 1];
    if (from < 0) return null;
    const at = start + from * 60;
    if (metric !== RESPONSE_TIME || alarm.dimensions)
      return publishedValue(happened, namespace, metric, dimensions, alarm.statistic, at, alarm.period);
    const enough = (statistic(watched, null, from, to, "SampleCount") ?? 0) >= (alarm.leastRequests ?? 0);
    return enough ? statistic(watched, null, from, to, alarm.statistic) : null;
  });
}

/** The metric of alarms that name none. */
export const RESPONSE_TIME = "TargetResponseTime";

/** The alarm's dimensions, by name. */
export function alarmDimensions({ scenario, arns }: Happened): { readonly [name: string]: string } {
  const { alarm, loadBalancer } = scenario;
  const group = arns.targetGroupDimensions[0] ?? "";
  if (alarm.dimensions) return alarm.dimensions;
  const certificate = certificateOf(scenario);
  if (alarm.namespace === "AWS/CertificateManager" && certificate)
    return { CertificateArn: certificateArn(scenario, certificate) };
  if (loadBalancer.type === "classic") return { LoadBalancerName: loadBalancer.name };
  return {
    ...(alarm.on === "target group" ? { TargetGroup: group } : {}),
    LoadBalancer: arns.loadBalancerDimension,
  };
}

export function alarmNamespace(scenario: Scenario): string {
  return scenario.alarm.namespace ?? NAMESPACES[typeOf(scenario)];
}

export function placeOthers(scenario: Scenario): OtherPod[] {
  const random = new Random(scenario.seed, "other pods");
  return scenario.others.flatMap((other, index) =>
    Array.from({ length: other.replicas }, (_, replica) => {
      const node = (index * 3 + replica * 2 + 1) % scenario.nodes.length;
      return {
        name: otherPodName(other, random),
        node,
        ip: podIp(scenario, node, 40 + index * 8 + replica),
        other: index,
      };
    }),
  );
}

/** The hash of another service's replica set: the same for all its pods. */
export function otherHash(other: OtherService): string {
  return new Random(1, other.service).suffix(10);
}

function otherPodName(other: OtherService, random: Random): string {
  return `${other.service}-${otherHash(other)}-${random.suffix(5)}`;
}

/** A pod's address: in the network of its node, out of reach of the nodes' own addresses. */
function podIp(scenario: Scenario, node: number, last: number): string {
  const network = (scenario.nodes[node]?.ip ?? "10.0.0.1").split(".").slice(0, 2).join(".");
  return `${network}.${128 + node}.${last}`;
}

/** Cores that the other services' pods use on each node, by minute. */
function residentUse(
  scenario: Scenario,
  pods: readonly OtherPod[],
  drawn: readonly GroupTraffic[],
  minutes: number,
): Float64Array[] {
  const use = scenario.nodes.map(() => new Float64Array(minutes));
  for (const pod of pods) {
    const line = use[pod.node];
    if (!line) continue;
    for (let minute = 0; minute < minutes; minute += 1)
      line[minute] = (line[minute] ?? 0) + otherCores(scenario, pod.other, drawn[pod.other], minute);
  }
  const inside = insideOf(scenario);
  for (const pod of inside?.truth.pods ?? []) {
    const line = use[pod.node];
    for (let minute = 0; line && minute < minutes; minute += 1)
      line[minute] = (line[minute] ?? 0) + coresOf(pod, minute);
  }
  return use;
}

/** Mean cores of a simulated pod in a minute. */
function coresOf({ cpu, firstTick }: PodTruth, minute: number): number {
  const tick = (minute * 60) / TICK - firstTick;
  const [before, after] = [cpu[Math.max(0, tick)] ?? cpu.at(-1) ?? 0, cpu[tick + 60 / TICK] ?? cpu.at(-1) ?? 0];
  return tick + 60 / TICK <= 0 ? 0 : (after - before) / 60;
}

/** Cores of one pod of another service in a minute: its share of the requests' CPU, and a trickle. */
export function otherCores(scenario: Scenario, other: number, drawn: GroupTraffic | undefined, minute: number): number {
  const service = scenario.others[other];
  if (!service || !drawn) return 0;
  const count = (drawn.offsets[minute + 1] ?? 0) - (drawn.offsets[minute] ?? 0);
  return (service.idleCpu ?? 0.005) + (count * service.cpu) / 60 / service.replicas;
}

/** How the names of load balancers begin in ARNs and dimensions. */
const PREFIXES = { application: "app", network: "net", gateway: "gwy" } as const;

export function arnsOf(scenario: Scenario): Arns {
  const { place, loadBalancer, alarm, focus, others } = scenario;
  const elb = `arn:aws:elasticloadbalancing:${place.region}:${place.account}`;
  const type = typeOf(scenario);
  const dimension =
    type === "classic" ? loadBalancer.name : `${PREFIXES[type]}/${loadBalancer.name}/${loadBalancer.id}`;
  const groups = [focus, ...others].map((service) => `targetgroup/${service.targetGroup}/${service.targetGroupId}`);
  return {
    loadBalancer: `${elb}:loadbalancer/${dimension}`,
    loadBalancerDimension: dimension,
    listener: `${elb}:listener/${dimension}/${new Random(scenario.seed, "listener").hex(16)}`,
    alarm: `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${alarm.name}`,
    topic: `arn:aws:sns:${place.region}:${place.account}:oncall`,
    targetGroups: groups.map((group) => `${elb}:${group}`),
    targetGroupDimensions: groups,
  };
}

/** The load balancer's name in the DNS. */
export function dnsName(scenario: Scenario): string {
  const { loadBalancer, place } = scenario;
  const internal = loadBalancer.scheme === "internal" ? "internal-" : "";
  if (typeOf(scenario) === "network")
    return `${loadBalancer.name}-${loadBalancer.id}.elb.${place.region}.amazonaws.com`;
  return `${internal}${loadBalancer.name}-1234567890.${place.region}.elb.amazonaws.com`;
}

/** The focus service's pods that are there at `now`. */
export function podsAtEnd(world: World): PodTruth[] {
  return world.truth.pods.filter((pod) => pod.ended === null);
}

export function focusPodIp(world: Happened, pod: PodTruth): string {
  return podIp(world.scenario, pod.node, 10 + world.truth.pods.indexOf(pod));
}
