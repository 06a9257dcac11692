import type { DemandFact, Episode, EpisodesFact, LatencyFact, PodCpuFact } from "../model/facts.ts";
import { type ArrivalStretch, burstArrivals } from "./arrivals.ts";
import { logNormalQuantile, type Station, stretch } from "./queueing.ts";
import { cells, highest, sum, valueAt, within } from "./series.ts";

/**
 * Who gets the next request. random: kube-proxy, or a connection's choice; each pod has its own queue. round robin: the
 * load balancer in turn among pods; each has its own queue, but its arrivals are spaced. shared: the load balancer sends
 * to the pod with the fewest outstanding, which comes close to one queue for all workers.
 */
export type Dispatch = "random" | "round robin" | "shared";

/** A fleet as it is or as it would be. */
export interface Fleet {
  readonly pods: number;
  /** Requests that one pod works on at once. */
  readonly workers: number;
  /** Cores that its quota allows one pod; null: no quota. */
  readonly quota: number | null;
  readonly dispatch: Dispatch;
}

/**
 * What one request is. Assumptions, all of them: requests come independently (Poisson) at the rates that the answers
 * show; the work of one request does not depend on the load; a worker does one request at a time and shows `busy` cores
 * while it does; pods serve first come, first served; waiting for others (`besides`) takes no worker.
 */
export interface RequestModel {
  /** CPU seconds. */
  readonly cpu: number;
  /** Cores that a busy worker shows. */
  readonly busy: number;
  /** Squared coefficient of variation of the work. */
  readonly variation: number;
  /** Seconds that are not work: the network, a dependency. */
  readonly besides: number;
}

/** The latency that a fleet would show in one burst. */
export interface BurstForecast {
  readonly episode: number;
  /** Mean of all requests of the burst. */
  readonly mean: number;
  readonly p95: number;
  readonly p99: number;
  /** Highest mean of one period. */
  readonly worst: number;
  /** Busy share of the workers in the busiest stretch; above 1 the queue grows. */
  readonly utilisation: number;
  /** By stretch: when, at what rate, and the mean latency of those that came in it. */
  readonly stretches: readonly ArrivalStretch[];
}

/** Below this coefficient of variation squared, requests would be all alike, which no service's are. */
const LEAST_VARIATION = 0.1;
/** What one request costs cannot be told from fewer cells than this. */
const ENOUGH = 3;

/**
 * The request from the facts: its CPU from the bursts, where the idle trickle weighs least; the cores of a busy worker
 * from the plateau; its variation from how far the mean of quiet periods is above their median (log-normal: mean²/median²
 * = 1 + variation). Null where the pods' CPU is unknown.
 */
export function requestModel(
  demand: DemandFact,
  podCpu: PodCpuFact,
  metric: LatencyFact,
  episodes: EpisodesFact,
): RequestModel | null {
  const { plateau } = podCpu;
  if (demand.cpuPerRequest === null || demand.workers === null || plateau === null || plateau === 0) return null;
  const busy = Math.min(1, plateau / demand.workers);
  const cpu = Math.min(demand.cpuPerRequest, demand.serviceTime * busy);
  const bursts = episodes.episodes.map(({ burst }) => burst);
  return { cpu, busy, variation: variationOf(metric, bursts), besides: Math.max(0, demand.serviceTime - cpu / busy) };
}

function variationOf(metric: LatencyFact, bursts: Parameters<typeof within>[0]): number {
  let means = 0;
  let medians = 0;
  let count = 0;
  for (const { at, value } of cells(metric.average)) {
    const requests = valueAt(metric.requests, at) ?? 0;
    const middle = valueAt(metric.p50, at);
    if (within(bursts, at) || middle === null || requests < ENOUGH) continue;
    means += value * requests;
    medians += middle * requests;
    count += requests;
  }
  // Without quiet requests: exponential work, the usual stand-in.
  return count === 0 || medians === 0 ? 1 : Math.max(LEAST_VARIATION, (means / medians) ** 2 - 1);
}

/** Seconds of one request on one worker of this fleet: a quota below what its busy workers show slows all of them. */
function workSeconds({ cpu, busy }: RequestModel, { workers, quota }: Fleet): number {
  const cores = Math.min(busy, (quota ?? Number.POSITIVE_INFINITY) / workers);
  return cpu / cores;
}

/** The queue that a request meets in this fleet, and the part of all requests that comes to it. */
function stationOf(request: RequestModel, fleet: Fleet): { readonly station: Station; readonly share: number } {
  const work = workSeconds(request, fleet);
  const shared = fleet.dispatch === "shared";
  const station = {
    servers: shared ? fleet.pods * fleet.workers : fleet.workers,
    work,
    workVariation: request.variation,
    // Every n-th arrival of a Poisson process is spaced like an Erlang of n stages.
    arrivalVariation: fleet.dispatch === "round robin" ? 1 / fleet.pods : 1,
  };
  return { station, share: shared ? 1 : 1 / fleet.pods };
}

/** Requests wait for others clearly from this many times their usual latency on. */
const HELD = 3;
/** A line of independent requests that is over capacity grows; one that keeps its length within this factor does not. */
const FLAT = 1.35;
/** Stretches of a flat line that tell it from chance. */
const ENOUGH_FLAT = 3;

/**
 * The number of callers who wait for their answer before they send again, where the burst is made by such: its line is
 * long and keeps its length, since nobody sends more while all wait. By Little's law they are rate × latency; those who
 * think just then are not seen. Null where requests come on their own. What is said for callers is a worst case: with more
 * workers, some of them would think instead of wait.
 */
export function waitingCallers(arrivals: readonly ArrivalStretch[], usual: number): number | null {
  // The first and the last stretch hold the burst's edges.
  const inner = arrivals.slice(1, -1).filter(({ latency }) => latency > HELD * usual);
  if (inner.length < ENOUGH_FLAT) return null;
  const lines = inner.map(({ rate, latency }) => rate * latency);
  const most = highest(lines) ?? 0;
  return most <= FLAT * Math.min(...lines) ? most : null;
}

/** What the fleet would make of one recorded burst. */
export function forecast(
  request: RequestModel,
  fleet: Fleet,
  metric: LatencyFact,
  episode: Episode,
  usual: number,
): BurstForecast {
  const arrivals = burstArrivals(metric, episode.burst, usual);
  const { station, share } = stationOf(request, fleet);
  const callers = waitingCallers(arrivals, usual);
  let line = 0;
  const stretches = arrivals.map((one) => {
    const after = stretch(station, one.rate * share, line, one.end - one.start);
    line = after.line;
    // As many callers as before, each with one request in the house: all of their work, divided among all workers.
    const held =
      callers !== null && one.latency > HELD * usual ? (callers * share * station.work) / station.servers : 0;
    return {
      ...one,
      latency: request.besides + Math.max(callers === null ? station.work + after.wait : station.work, held),
    };
  });
  const count = sum(stretches.map(({ rate, start, end }) => rate * (end - start)));
  const mean =
    sum(stretches.map(({ rate, start, end, latency }) => rate * (end - start) * latency)) / Math.max(1, count);
  const wait = Math.max(0, mean - request.besides - station.work);
  // Work and wait add up: the work's own variance, and that of a wait that is about as spread as its mean.
  const variation = (request.variation * station.work ** 2 + wait ** 2) / mean ** 2;
  return {
    episode: episode.id,
    mean,
    p95: logNormalQuantile(mean, variation, 0.95),
    p99: logNormalQuantile(mean, variation, 0.99),
    worst: highest(stretches.map(({ latency }) => latency)) ?? mean,
    utilisation: (highest(stretches.map(({ rate }) => rate)) ?? 0) * share * (station.work / station.servers),
    stretches,
  };
}

/** Mean latency of all requests of the stretches. */
function weighted(stretches: readonly ArrivalStretch[]): number {
  const count = sum(stretches.map(({ rate, start, end }) => rate * (end - start)));
  return sum(stretches.map(({ rate, start, end, latency }) => rate * (end - start) * latency)) / Math.max(1, count);
}

/** A request's work is taken to be at most this much more or less than the CPU figures say. */
const CORRECTION = 1.15;

/**
 * The request with its work corrected so that the fleet as it is would have shown the latency that it did show in the
 * bursts. Near saturation a percent of work is a tenth of the queue, and no CPU figure is that exact; far from it the
 * correction changes next to nothing.
 */
export function calibrated(
  request: RequestModel,
  present: Fleet,
  metric: LatencyFact,
  episodes: readonly Episode[],
  usual: number,
): RequestModel {
  const scaled = (factor: number) => ({ ...request, cpu: request.cpu * factor });
  const shown = (factor: number) => {
    const all = episodes.map((episode) => forecast(scaled(factor), present, metric, episode, usual));
    return weighted(all.flatMap(({ stretches }) => stretches));
  };
  const measured = weighted(episodes.flatMap(({ burst }) => burstArrivals(metric, burst, usual)));
  let [low, high] = [1 / CORRECTION, CORRECTION];
  if (shown(low) >= measured) return scaled(low);
  if (shown(high) <= measured) return scaled(high);
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (shown(middle) < measured) low = middle;
    else high = middle;
  }
  return scaled((low + high) / 2);
}
