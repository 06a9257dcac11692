import { evaluateAlarm } from "../alarm.ts";
import { HealthChecks } from "../checks.ts";
import { TICK } from "../clock.ts";
import type { ReplicaSetTruth } from "../fleet.ts";
import type { PodTruth } from "../pod.ts";
import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Truth } from "../simulate.ts";
import type { GroupTraffic } from "../traffic.ts";
import { arnsOf, placeOthers, type World } from "../world.ts";
import { scenarioOf, serverOf, TENANTS } from "./mapping.ts";
import type { MeasuredPod, Measurement } from "./measurement.ts";
import { measuredMetric } from "./metrics.ts";
import { CLIENT_CLOSED, type Row, unpackRows } from "./rows.ts";

/** A measured run as a world that the simulator's answers can tell of, and the requests that it rests on. */
export interface MeasuredWorld {
  readonly world: World;
  readonly rows: readonly Row[];
}

export function measuredWorld(measurement: Measurement): MeasuredWorld {
  const rows = unpackRows(measurement.requests);
  const length = lengthOf(measurement);
  const other = measurement.pods.filter(({ service }) => service === 1);
  const served = Math.max(1, rows.filter(({ service }) => service === 1).length);
  const perRequest = other.reduce((all, pod) => all + (cpuOf(measurement, pod).at(-1) ?? 0), 0) / served;
  const scenario = scenarioOf(measurement, perRequest);
  const start = scenario.now - length;
  const bare = {
    scenario,
    start,
    minutes: length / 60,
    truth: truthOf(measurement, scenario, length),
    server: serverOf(measurement),
    groups: [0, 1].map((service) => trafficOf(rows, service, length / 60, scenario.place.zones.length)),
    otherPods: placeOthers(scenario),
    arns: arnsOf(scenario),
    alarmMetric: [],
    changes: [],
    state: scenario.alarm.initially,
  } satisfies World;
  const { alarm } = measurement.scenario;
  const read = measuredMetric(rows);
  const dimensions = { LoadBalancer: bare.arns.loadBalancerDimension };
  const alarmMetric = Array.from({ length: bare.minutes }, (_, minute) =>
    read(bare, alarm.metric, dimensions, alarm.statistic, start + minute * 60, 60),
  );
  const { changes, state } = evaluateAlarm(alarmMetric, start, scenario.alarm, scenario.now);
  return { world: { ...bare, alarmMetric, changes, state }, rows };
}

function lengthOf({ scenario }: Measurement): number {
  return (scenario.lead + scenario.minutes) * 60;
}

/** Model CPU seconds, cumulated, at each tick from its first. */
function cpuOf({ scale }: Measurement, pod: MeasuredPod): number[] {
  return cumulated(pod.cpu, (1e-4 / scale.core) * scale.time);
}

function cumulated(steps: readonly number[], unit: number): number[] {
  let sum = 0;
  return [0, ...steps.map((step) => (sum += step * unit))];
}

function truthOf(measurement: Measurement, scenario: Scenario, length: number): Truth {
  const random = new Random(scenario.seed, "tunnel names");
  const own = measurement.pods.filter(({ service }) => service === 0);
  const sets = replicaSets(own, scenario.focus.replicas, random, length, scenario);
  const pods = own.map((pod, index) => {
    const set = sets[Math.floor(index / scenario.focus.replicas)] as ReplicaSetTruth;
    const name = `${scenario.focus.deployment}-${set.hash}-${random.suffix(5)}`;
    return podTruth(measurement, pod, { name, set, node: index % scenario.nodes.length });
  });
  const ticks = length / TICK + 1;
  const { later } = measurement.scenario.fleet;
  const replicas = Array.from({ length: ticks }, (_, tick) =>
    later && tick * TICK < later.at ? scenario.focus.replicas - later.pods : scenario.focus.replicas,
  );
  return {
    length,
    requests: { at: [], cpu: [], wait: [], connection: [], caller: [], call: [], origin: [], client: [], first: [] },
    done: [],
    servedBy: [],
    zone: new Map(),
    dropped: new Map(),
    refused: new Map(),
    unserved: new Map(),
    unreached: new Map(),
    unnegotiated: new Map(),
    failed: new Set(),
    unwanted: new Set(),
    checks: new HealthChecks(scenario, length),
    hungUp: new Map(),
    extra: new Map(),
    pods,
    replicaSets: sets,
    nodeBusy: scenario.nodes.map((_, node) =>
      busyLine(
        pods.filter((pod) => pod.node === node),
        ticks,
      ),
    ),
    autoscaler: { current: replicas, desired: replicas },
  };
}

/** One for each rollout: the pods came in whole fleets, one after the other. */
function replicaSets(
  pods: readonly MeasuredPod[],
  replicas: number,
  random: Random,
  length: number,
  { focus }: Scenario,
): ReplicaSetTruth[] {
  return Array.from({ length: Math.ceil(pods.length / replicas) }, (_, index) => ({
    hash: random.suffix(10),
    version: `v${index + 1}`,
    created: pods[index * replicas]?.created ?? length - focus.versionDays * 86_400,
    revision: 31 + index,
  }));
}

function podTruth(
  measurement: Measurement,
  pod: MeasuredPod,
  { name, set, node }: { name: string; set: ReplicaSetTruth; node: number },
): PodTruth {
  const { scale } = measurement;
  // A container's period is 100 ms: so many of them pass in one of the tunnel's.
  const each = scale.period / (100_000 / scale.time);
  const cpu = cpuOf(measurement, pod);
  return {
    name,
    hash: set.hash,
    version: set.version,
    node,
    created: pod.created,
    started: pod.created,
    left: pod.ended,
    ready: pod.ready,
    ended: pod.ended,
    outs: [],
    restarts: [],
    firstTick: pod.from,
    cpu,
    periods: cumulated(pod.periods, each),
    throttled: cumulated(pod.throttled, each),
    served: cpu.at(-1) ?? 0,
  };
}

/** Busy CPU seconds of a node: its pods', as measured, and the made-up rest. */
function busyLine(pods: readonly PodTruth[], ticks: number): number[] {
  return Array.from({ length: ticks }, (_, tick) =>
    pods.reduce(
      (all, pod) => {
        const index = Math.min(Math.max(0, tick - pod.firstTick), pod.cpu.length - 1);
        return all + (pod.cpu[index] ?? 0);
      },
      tick * TICK * TENANTS,
    ),
  );
}

function trafficOf(rows: readonly Row[], service: number, minutes: number, zones: number): GroupTraffic {
  const own = rows.filter((row) => row.service === service);
  const answered = own.filter((row) => row.latency !== null).sort((a, b) => a.end - b.end);
  const given = (status: number) => {
    const up = own.filter((row) => row.status === status && row.targetStatus === null);
    const until = (minute: number) => endedBefore(up, minute);
    return Int32Array.from({ length: minutes }, (_, minute) => until(minute + 1) - until(minute));
  };
  return {
    offsets: Int32Array.from({ length: minutes + 1 }, (_, minute) => endedBefore(answered, minute)),
    latency: Float64Array.from(answered, (row) => row.latency ?? 0),
    zone: Uint8Array.from(answered, (row) => row.connection % zones),
    timedOut: given(504),
    dropped: given(502),
    hungUp: given(CLIENT_CLOSED),
    unserved: given(503),
    unconnected: new Int32Array(minutes),
    codeClass: new Uint8Array(answered.length),
  };
}

function endedBefore(rows: readonly Row[], minute: number): number {
  return rows.filter(({ end }) => end < minute * 60).length;
}
