import type { Facts } from "../model/facts.ts";
import { type AlarmForecast, forecastAlarm, forecastFacts } from "./alarm-forecast.ts";
import { autoscalerPath, maximumFor, reachableTarget, seenUtilisation } from "./autoscaling.ts";
import { type FleetRoom, packingOf, roomFor, type Shelf, shelfOf } from "./packing.ts";
import type { Fleet } from "./what-if.ts";

/** A figure before and after. */
export interface Move<T> {
  readonly from: T;
  readonly to: T;
}

/** One pod with more workers, and what has to move with them. Cores and bytes. */
export interface WorkerSizing {
  readonly workers: Move<number>;
  /** Null: there is no limit, and none is put. */
  readonly cpuLimit: Move<number> | null;
  readonly cpuRequest: Move<number | null>;
  readonly memoryRequest: Move<number | null> | null;
  readonly memoryLimit: Move<number> | null;
  /** Cores that a busy worker shows. */
  readonly busy: number;
  /** The fleet afterwards, without any new pod. */
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
  readonly shelf: Shelf | null;
}

/** Where no forecast is quiet or can be made, workers are added until this share of them is busy in the busiest stretch. */
const BUSY_SHARE = 0.7;
/** Part of a node's room that a fleet's requests leave to others, so that small pods still find a place. */
const LEFT_FREE = 0.1;
/** Memory limits stand this far above what is expected at least: a limit that is met kills the pod. */
const MEMORY_HEADROOM = 1.2;
const GRAIN_CPU = 0.1;
const GRAIN_MEMORY = 256 * 2 ** 20;

/** Two fixes rest on the same sizing of the same facts; the forecasts behind it are made once. */
const sized = new WeakMap<Partial<Facts>, WorkerSizing | null>();

/**
 * More workers a pod, with quota, request and memory to match, never one without the others (000 H1–H4).
 *
 * - workers: the fewest with which the recorded bursts leave the alarm quiet, by the queueing forecast at today's number of
 *   pods (new pods come too late for the burst that asks for them, 000 J6); no more than a node has cores.
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
  const most = Math.max(now.workers + 1, Math.floor(shelf ? shelf.allocatable - shelf.overhead : 4 * now.workers));
  const hasQuota = workers.quota !== null;
  const fleetWith = (count: number): Fleet => ({ ...now, workers: count, quota: hasQuota ? count : null });
  const choices = Array.from({ length: most - now.workers }, (_, index) => now.workers + 1 + index);
  const quiet = (count: number) => forecastAlarm(known, fleetWith(count))?.cycles === 0;
  // Where requests alone take as long as the alarm allows, no number of workers keeps it quiet; then a queue is avoided.
  const chosen = choices.find(quiet) ?? choices.find((count) => isEnough(known.demand, count)) ?? most;
  const fleet = fleetWith(chosen);
  const sidecars = Math.max(0, (workload.podCpuRequest ?? 0) - (serving.cpuRequest ?? 0));
  const request = requestFor(chosen * busy, serving.cpuRequest, sidecars, shelf);
  const memory = memoryFor(workers.residentMemory, now.workers, chosen);
  const memoryRequest = memory === null ? null : Math.max(memory, serving.memoryRequest ?? 0);
  const limit = serving.memoryLimit;
  const needed = memory === null ? 0 : MEMORY_HEADROOM * memory;
  return {
    workers: { from: now.workers, to: chosen },
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

function isEnough(demand: Facts["demand"], workers: number): boolean {
  const most = Math.max(0, ...demand.byEpisode.map((one) => one.demand));
  return most <= BUSY_SHARE * demand.pods * workers;
}

function requestFor(usable: number, present: number | null, sidecars: number, shelf: Shelf | null): number {
  const least = present ?? GRAIN_CPU;
  if (!shelf) return Math.max(least, rounded(usable, GRAIN_CPU, Math.floor));
  const density = Math.max(1, packingOf(shelf, { cpu: least + sidecars, memory: null }).byCpu);
  const share = ((shelf.allocatable - shelf.overhead) * (1 - LEFT_FREE)) / density - sidecars;
  return Math.max(least, rounded(Math.min(usable, share), GRAIN_CPU, Math.floor));
}

function memoryFor(resident: number | null, before: number, after: number): number | null {
  return resident === null ? null : rounded((resident / before) * after, GRAIN_MEMORY, Math.round);
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
 * nodes (000 J4, J5). `sizing` is the pod after its own fix, null where the pod stays as it is.
 */
export function sizeAutoscaler(facts: Partial<Facts>, sizing: WorkerSizing | null): AutoscalerSizing | null {
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
  const max = Math.max(target.max, maximumFor(demand.pods, full, request, to));
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
