import { mostWorkers, type PodUse, packingOf, placesFor, type Shelf, shelfOf } from "../analysis/packing.ts";
import type { Facts } from "../model/facts.ts";
import { type AlarmForecast, type ForecastFacts, forecastAlarm, forecastFacts } from "./alarm-forecast.ts";
import { calmest, GOALS, GRAIN_CPU, MOST_PODS, type Move, reaches, rounded } from "./sizing-goals.ts";
import type { Fleet } from "./what-if.ts";

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

/** Part of a node's room that a fleet's requests leave to others, so that small pods still find a place. */
const LEFT_FREE = 0.1;
/** Memory limits stand this far above what is expected at least: a limit that is met kills the pod. */
const MEMORY_HEADROOM = 1.2;
const GRAIN_MEMORY = 256 * 2 ** 20;

/** Two fixes rest on the same sizing of the same facts; the forecasts behind it are made once. */
const sized = new WeakMap<Partial<Facts>, WorkerSizing | null>();

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
  const needed = memory === null ? 0 : MEMORY_HEADROOM * memory;
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

/** The fewest pods, and with them the fewest workers, that reach the goal. */
function fewest(
  known: ForecastFacts,
  choices: readonly number[],
  rooms: ReadonlyMap<number, number>,
  fleetWith: (pods: number, count: number) => Fleet,
  goal: (forecast: AlarmForecast) => boolean,
): { readonly pods: number; readonly count: number } | null {
  const { pods: now } = known.present;
  const isReached = (pods: number, count: number) => reaches(known, fleetWith(pods, count), goal);
  for (let pods = now; pods <= MOST_PODS * now; pods += 1) {
    const held = choices.filter((count) => pods === now || pods - now <= (rooms.get(count) ?? 0));
    const largest = held.at(-1);
    // More workers are never slower: where the most of them do not reach it, none of these does.
    if (largest === undefined || !isReached(pods, largest)) continue;
    const count = held.find((one) => isReached(pods, one));
    if (count !== undefined) return { pods, count };
  }
  return null;
}

function requestFor(usable: number, present: number | null, sidecars: number, shelf: Shelf | null): number {
  const least = present ?? GRAIN_CPU;
  if (!shelf) return Math.max(least, rounded(usable, GRAIN_CPU, Math.floor));
  const density = Math.max(1, packingOf(shelf, { cpu: least + sidecars, memory: null }).byCpu);
  const share = ((shelf.allocatable - shelf.overhead) * (1 - LEFT_FREE)) / density - sidecars;
  return Math.max(least, rounded(Math.min(usable, share), GRAIN_CPU, Math.floor));
}

/** What the workers hold together, rounded up: a request below it is one that the node need not keep. */
function memoryFor(resident: number | null, before: number, after: number): number | null {
  return resident === null
    ? null
    : Math.max(GRAIN_MEMORY, rounded((resident / before) * after, GRAIN_MEMORY, Math.ceil));
}
