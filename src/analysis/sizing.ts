import type { Facts } from "../model/facts.ts";
import { type AlarmForecast, type ForecastFacts, forecastAlarm, forecastFacts } from "./alarm-forecast.ts";
import { autoscalerPath, maximumFor, reachableTarget, seenUtilisation } from "./autoscaling.ts";
import {
  type FleetRoom,
  mostCores,
  mostWorkers,
  type PodUse,
  packingOf,
  placesFor,
  roomFor,
  type Shelf,
  shelfOf,
} from "./packing.ts";
import { lowest, sum } from "./series.ts";
import type { Fleet } from "./what-if.ts";

/** A figure before and after. */
export interface Move<T> {
  readonly from: T;
  readonly to: T;
}

/** One pod with more workers, and what has to move with them. Cores and bytes. */
export interface WorkerSizing {
  readonly workers: Move<number>;
  readonly pods: Move<number>;
  /** Workers that the pods' nodes have cores and memory for, in each pod. */
  readonly most: number;
  /** Null: there is no limit, and none is put. */
  readonly cpuLimit: Move<number> | null;
  readonly cpuRequest: Move<number | null>;
  readonly memoryRequest: Move<number | null> | null;
  readonly memoryLimit: Move<number> | null;
  /** Cores that a busy worker shows. */
  readonly busy: number;
  /** The fleet afterwards. */
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
  readonly shelf: Shelf | null;
}

/** Where no forecast can be made, workers are added until this share of them is busy in the busiest stretch. */
const BUSY_SHARE = 0.7;
/** Part of a node's room that a fleet's requests leave to others, so that small pods still find a place. */
const LEFT_FREE = 0.1;
/** Memory limits stand this far above what is expected at least: a limit that is met kills the pod. */
const MEMORY_HEADROOM = 1.2;
const GRAIN_CPU = 0.1;
const GRAIN_MEMORY = 256 * 2 ** 20;

/** Two fixes rest on the same sizing of the same facts; the forecasts behind it are made once. */
const sized = new WeakMap<Partial<Facts>, WorkerSizing | null>();

/** More than this many times the present pods is no longer a change of a number. */
const MOST_PODS = 3;

/**
 * More workers a pod, with quota, request and memory to match, never one without the others (000 H1–H4).
 *
 * - workers: the fewest with which the recorded bursts leave the alarm quiet by the queueing forecast, its error included;
 *   no more than the pods' nodes have cores and memory for.
 * - pods: as many as today (new pods cost, and come too late for the burst that asks for them, 000 J6). Only where no
 *   number of workers keeps the alarm quiet, as few more as do, if the nodes that are there hold them.
 * - limit: one core a worker (000 H3): fewer would have them wait for each other's quota.
 * - request: as much as still lets as many pods share a node as today, a tenth of the node left to others, and no more than
 *   the pod can use (all workers busy at their plateau): the request is the share that the kernel guarantees, and what the
 *   autoscaler's percent are of. Down to 100m.
 * - memory: what a worker holds at run time, times the workers; forking shares only what is loaded before (000 H4, H5).
 */
export function sizeWorkers(facts: Partial<Facts>): WorkerSizing | null {
  const known = sized.get(facts);
  if (known !== undefined) return known;
  const sizing = size(facts);
  sized.set(facts, sizing);
  return sizing;
}

function size(facts: Partial<Facts>): WorkerSizing | null {
  const known = forecastFacts(facts);
  const { workload, workers, nodes } = facts;
  if (!known || !workload || !workers) return null;
  const { present: now } = known;
  const { serving } = workload;
  const { busy } = known.request;
  const shelf = nodes ? shelfOf(nodes) : null;
  const each = workers.residentMemory === null ? null : workers.residentMemory / now.workers;
  const room = mostWorkers(nodes ?? [], now.workers * busy, { cpu: busy, memory: each });
  const cores = Math.floor(shelf ? shelf.allocatable - shelf.overhead : 4 * now.workers);
  const most = Math.min(cores, room ?? cores);
  // A worker that its node has no core for would take turns with the others.
  if (most <= now.workers) return null;
  const fleetWith = (pods: number, count: number): Fleet => ({
    ...now,
    pods,
    workers: count,
    quota: workers.quota === null ? null : count,
  });
  const sidecars = Math.max(0, (workload.podCpuRequest ?? 0) - (serving.cpuRequest ?? 0));
  const requestOf = (count: number) => requestFor(count * busy, serving.cpuRequest, sidecars, shelf);
  const podWith = (count: number, request: number | null): PodUse => ({
    request: (request ?? GRAIN_CPU) + sidecars,
    cpu: count * busy,
    memory: each === null ? null : each * count,
  });
  const places = (count: number) =>
    nodes && workload.kind !== "DaemonSet"
      ? (placesFor(nodes, podWith(now.workers, serving.cpuRequest), podWith(count, requestOf(count))) ?? 0)
      : 0;
  const choices = Array.from({ length: most - now.workers }, (_, index) => now.workers + 1 + index);
  const rooms = new Map(choices.map((count) => [count, places(count)]));
  const reached = GOALS.map((goal) => fewest(known, choices, rooms, fleetWith, goal)).find((one) => one !== null);
  const pods = reached?.pods ?? now.pods;
  const chosen = reached?.count ?? calmest(known, choices, (count) => fleetWith(now.pods, count));
  const fleet = fleetWith(pods, chosen);
  const request = requestOf(chosen);
  const memory = memoryFor(workers.residentMemory, now.workers, chosen);
  const memoryRequest = memory === null ? null : Math.max(memory, serving.memoryRequest ?? 0);
  const limit = serving.memoryLimit;
  // The request's round figure may lie below the very one, which a limit must hold at least.
  const needed = memory === null ? 0 : Math.max(MEMORY_HEADROOM * memory, (each ?? 0) * chosen);
  return {
    workers: { from: now.workers, to: chosen },
    pods: { from: now.pods, to: pods },
    most,
    cpuLimit: serving.cpuLimit === null ? null : { from: serving.cpuLimit, to: Math.max(serving.cpuLimit, chosen) },
    cpuRequest: { from: serving.cpuRequest, to: request },
    memoryRequest: memoryRequest === null ? null : { from: serving.memoryRequest, to: memoryRequest },
    memoryLimit:
      limit === null || limit >= needed ? null : { from: limit, to: rounded(needed, GRAIN_MEMORY, Math.ceil) },
    busy,
    fleet,
    forecast: forecastAlarm(known, fleet),
    shelf,
  };
}

/** What a change is chosen for: an alarm that keeps quiet whatever the forecast's error, or else by its likeliest figures. */
const GOALS: readonly ((forecast: AlarmForecast) => boolean)[] = [
  ({ outlook }) => outlook === "quiet",
  ({ cycles }) => cycles === 0,
];

/** The fewest pods, and with them the fewest workers, that reach the goal. */
function fewest(
  known: ForecastFacts,
  choices: readonly number[],
  rooms: ReadonlyMap<number, number>,
  fleetWith: (pods: number, count: number) => Fleet,
  goal: (forecast: AlarmForecast) => boolean,
): { readonly pods: number; readonly count: number } | null {
  const { pods: now } = known.present;
  const reaches = (pods: number, count: number) => {
    const found = forecastAlarm(known, fleetWith(pods, count));
    return found !== null && goal(found);
  };
  for (let pods = now; pods <= MOST_PODS * now; pods += 1) {
    const held = choices.filter((count) => pods === now || pods - now <= (rooms.get(count) ?? 0));
    const largest = held.at(-1);
    // More workers are never slower: where the most of them do not reach it, none of these does.
    if (largest === undefined || !reaches(pods, largest)) continue;
    const count = held.find((one) => reaches(pods, one));
    if (count !== undefined) return { pods, count };
  }
  return null;
}

/**
 * Where nothing keeps the alarm quiet: of the choices with which it fires least often, the least with which the recorded
 * work does not pile up. The same of all choices where no forecast can be made.
 */
function calmest(known: ForecastFacts, choices: readonly number[], fleetWith: (choice: number) => Fleet): number {
  const tries = choices.map((choice) => {
    const fleet = fleetWith(choice);
    return { choice, fleet, cycles: forecastAlarm(known, fleet)?.cycles ?? null };
  });
  const fewestCycles = lowest(tries.flatMap(({ cycles }) => cycles ?? []));
  const calm = tries.filter(({ cycles }) => fewestCycles === null || cycles === fewestCycles);
  const chosen = calm.find(({ fleet }) => isEnough(known.demand, fleet)) ?? calm.at(-1);
  return chosen?.choice ?? Math.min(...choices);
}

/** The pods that a fleet without a setting for its workers needs, by the same goals. */
export interface ReplicaSizing {
  readonly pods: Move<number>;
  /** Pods that the nodes have CPU for beside the present ones; null where that is not known. */
  readonly places: number | null;
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
}

/** More pods as they are, as few as reach a goal, and no more than the nodes that are there have CPU for. */
export function sizeReplicas(facts: Partial<Facts>): ReplicaSizing | null {
  const known = forecastFacts(facts);
  const request = facts.workload?.podCpuRequest ?? 0;
  if (!known) return null;
  const { present: now } = known;
  const pod = { request, cpu: now.workers * known.request.busy, memory: null };
  const places = request > 0 && facts.nodes ? placesFor(facts.nodes, pod, pod) : null;
  // Pods for which there is no CPU on the nodes would share what the present ones have.
  const more = Math.min(now.pods * (MOST_PODS - 1), places ?? Number.POSITIVE_INFINITY);
  if (more < 1) return null;
  const choices = Array.from({ length: more }, (_, index) => now.pods + 1 + index);
  const fleetWith = (pods: number): Fleet => ({ ...now, pods });
  const reached = GOALS.map((goal) =>
    choices.find((pods) => {
      const found = forecastAlarm(known, fleetWith(pods));
      return found !== null && goal(found);
    }),
  ).find((pods) => pods !== undefined);
  const pods = reached ?? calmest(known, choices, fleetWith);
  const fleet = fleetWith(pods);
  return { pods: { from: now.pods, to: pods }, places, fleet, forecast: forecastAlarm(known, fleet) };
}

/** What the alarm would do with another quota. */
export interface QuotaForecast {
  readonly facts: ForecastFacts;
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
  /** Cores that each pod could use then. */
  readonly cores: number;
}

/**
 * The pods with `quota` cores (null: without one). Throttled pods show their quota and not what they would use, and even a
 * lone request is held up by it: its work is its CPU on a whole core, and what it took beyond that under the old quota is
 * not work. A pod then uses as many cores as the quota and its node leave it, and as many as it has workers, where these
 * are `counted`; else its requests run side by side on all of them.
 */
export function forecastQuota(facts: Partial<Facts>, quota: number | null, counted: boolean): QuotaForecast | null {
  const known = forecastFacts(facts);
  const { podCpu, nodes, workers, demand } = facts;
  const old = known?.present.quota ?? null;
  if (!known || old === null || !podCpu || !nodes || !workers || !demand?.cpuPerRequest) return null;
  const room = mostCores(nodes, podCpu.plateau ?? 0);
  if (room === null) return null;
  const most = Math.min(quota ?? Number.POSITIVE_INFINITY, room);
  const cores = Math.max(GRAIN_CPU, counted ? Math.min(most, known.present.workers) : most);
  const cpu = demand.cpuPerRequest;
  const besides = Math.max(0, demand.serviceTime - cpu / Math.min(1, old));
  const as = { ...known, request: { ...known.request, cpu, besides, busy: 1 } };
  const servers = Math.max(1, counted ? known.present.workers : Math.floor(cores));
  const fleet = { ...known.present, workers: servers, quota: cores };
  return { facts: as, fleet, forecast: forecastAlarm(as, fleet), cores };
}

/** More new nodes than this many times those that hold the pods are another service, not a larger one. */
const MOST_NODES = 5;

/** More nodes, and pods to stand on them. */
export interface NodeSizing {
  /** Nodes that hold pods of the workload. */
  readonly nodes: Move<number>;
  readonly pods: Move<number>;
  /** Of the serving container, cores. */
  readonly request: Move<number | null>;
  /** Cores that a pod uses in the bursts, where its node lets it. */
  readonly used: number;
  readonly facts: ForecastFacts;
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
}

/**
 * As few more nodes as keep the alarm quiet, each with as many pods as the present ones hold, and each pod with the cores
 * that it has now: what new nodes have free beyond that is not counted on. The request goes up to what a pod uses, as far
 * as its node has it to promise: the kernel guarantees it and the scheduler keeps others from it.
 */
export function sizeNodes(facts: Partial<Facts>): NodeSizing | null {
  const known = forecastFacts(facts);
  const { nodes, podCpu, workload, demand } = facts;
  const used = podCpu?.plateau ?? null;
  if (!known || !nodes || !workload || used === null || used === 0 || !demand?.cpuPerRequest) return null;
  const hosts = nodes.filter(({ pods }) => pods > 0);
  if (hosts.length === 0) return null;
  const density = Math.max(1, Math.round(sum(hosts.map(({ pods }) => pods)) / hosts.length));
  const cpu = demand.cpuPerRequest;
  const besides = Math.max(0, demand.serviceTime - cpu);
  const as = { ...known, request: { ...known.request, cpu, besides, busy: 1 } };
  const servers = Math.max(1, Math.round(used));
  const { pods: now } = known.present;
  const fleetWith = (more: number): Fleet => ({
    ...known.present,
    pods: now + more * density,
    workers: servers,
    quota: used,
  });
  const choices = Array.from({ length: MOST_NODES * hosts.length }, (_, index) => 1 + index);
  const reached = GOALS.map((goal) =>
    choices.find((more) => {
      const found = forecastAlarm(as, fleetWith(more));
      return found !== null && goal(found);
    }),
  ).find((more) => more !== undefined);
  const more = reached ?? calmest(as, choices, fleetWith);
  const fleet = fleetWith(more);
  const { serving, podCpuRequest } = workload;
  const sidecars = Math.max(0, (podCpuRequest ?? 0) - (serving.cpuRequest ?? 0));
  const promised = lowest(
    hosts.flatMap(({ allocatableCpu, requestedCpu, pods }) =>
      allocatableCpu === null || requestedCpu === null
        ? []
        : [(allocatableCpu - requestedCpu) / pods + (podCpuRequest ?? 0) - sidecars],
    ),
  );
  const request = rounded(Math.min(used, promised ?? used, serving.cpuLimit ?? used), GRAIN_CPU, Math.floor);
  return {
    nodes: { from: hosts.length, to: hosts.length + more },
    pods: { from: now, to: fleet.pods },
    request: { from: serving.cpuRequest, to: Math.max(request, serving.cpuRequest ?? 0) },
    used,
    facts: as,
    fleet,
    forecast: forecastAlarm(as, fleet),
  };
}

function isEnough(demand: Facts["demand"], { pods, workers }: Fleet): boolean {
  const most = Math.max(0, ...demand.byEpisode.map((one) => one.demand));
  return most <= BUSY_SHARE * pods * workers;
}

function requestFor(usable: number, present: number | null, sidecars: number, shelf: Shelf | null): number {
  const least = present ?? GRAIN_CPU;
  if (!shelf) return Math.max(least, rounded(usable, GRAIN_CPU, Math.floor));
  const density = Math.max(1, packingOf(shelf, { cpu: least + sidecars, memory: null }).byCpu);
  const share = ((shelf.allocatable - shelf.overhead) * (1 - LEFT_FREE)) / density - sidecars;
  return Math.max(least, rounded(Math.min(usable, share), GRAIN_CPU, Math.floor));
}

function memoryFor(resident: number | null, before: number, after: number): number | null {
  return resident === null
    ? null
    : Math.max(GRAIN_MEMORY, rounded((resident / before) * after, GRAIN_MEMORY, Math.round));
}

/** To a multiple of the grain; the detour over a count keeps 15 × 0.1 at 1.5. */
function rounded(value: number, grain: number, how: (value: number) => number): number {
  return Number((how(value / grain + (how === Math.floor ? 1e-9 : 0)) * grain).toFixed(6));
}

/** An autoscaler that can act, with what it will see. Percent of the request. */
export interface AutoscalerSizing {
  readonly name: string;
  readonly target: Move<number>;
  readonly max: Move<number>;
  readonly min: number;
  /** Of the whole pod, after the fix; cores. */
  readonly request: number;
  /** What it sees when pods are as busy as they were in the bursts, and what it then asks for. */
  readonly seen: number;
  readonly pods: number;
  /** What it sees when all workers are busy. */
  readonly seenFull: number;
  /** Its replicas step by step if the busiest burst's load lasted; null where that load is not known. */
  readonly path: readonly number[] | null;
  readonly room: FleetRoom | null;
}

/**
 * Target and maximum together (000 H6–H8): the target so low that pods as busy as in the bursts are above it by more than
 * the tolerance, the maximum so high that the formula's answer to all workers busy is allowed, and both looked at as
 * nodes (000 J4, J5). `sizing` is the pod after its own fix, null where the pod stays as it is; `least` the pods that the
 * other fixes ask for from the beginning.
 */
export function sizeAutoscaler(
  facts: Partial<Facts>,
  sizing: WorkerSizing | null,
  least: number,
): AutoscalerSizing | null {
  const { autoscaler, podCpu, workload, demand, nodes, workers } = facts;
  const target = autoscaler?.target;
  if (!target || target.cpuUtilisation === null || !podCpu || !workload || !demand || podCpu.plateau === null)
    return null;
  if (workload.podCpuRequest === null) return null;
  const grown = sizing ? (sizing.cpuRequest.to ?? 0) - (sizing.cpuRequest.from ?? 0) : 0;
  const request = workload.podCpuRequest + grown;
  const seen = seenUtilisation(podCpu.plateau, request);
  const outside = seenUtilisation((podCpu.fleetOutside ?? 0) / Math.max(1, demand.pods), request);
  const wanted = reachableTarget(seen, outside);
  if (wanted === null) return null;
  const to = Math.min(wanted, target.cpuUtilisation);
  const full = sizing ? sizing.workers.to * sizing.busy : Math.min(podCpu.plateau, workers?.quota ?? podCpu.plateau);
  const max = Math.max(target.max, least, maximumFor(demand.pods, full, request, to));
  const { forecast, fleet, busy } = sizing ?? {};
  const work =
    forecast && fleet && busy
      ? { cores: forecast.utilisation * fleet.pods * fleet.workers * busy, pods: fleet.pods }
      : null;
  const shelf = nodes ? shelfOf(nodes) : null;
  const memory = sizing?.memoryRequest?.to ?? workload.podMemoryRequest;
  return {
    name: target.name,
    target: { from: target.cpuUtilisation, to },
    max: { from: target.max, to: max },
    min: target.min,
    request,
    seen,
    pods: demand.pods,
    seenFull: seenUtilisation(full, request),
    path: work === null ? null : autoscalerPath({ target: to, min: target.min, max }, { ...work, most: full, request }),
    room: shelf && nodes ? roomFor(nodes, shelf, { cpu: request, memory }, max) : null,
  };
}
