import { type ArrivalStretch, burstArrivals } from "../analysis/arrivals.ts";
import { closedTime, logNormalQuantile, type Station, stretch } from "../analysis/queueing.ts";
import { cells, highest, sum, valueAt, within } from "../analysis/series.ts";
import type { DemandFact, Episode, EpisodesFact, LatencyFact, PodCpuFact } from "../model/facts.ts";

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
  /** Squared coefficient of variation of its requests' latency. */
  readonly variation: number;
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
const HELD = 1.5;
/** The longest and the shortest line of n callers differ by chance by this over √n, as counts do. */
const CHANCE = 1.2;
/** A line that grows by this factor over its burst is not one of callers. */
const GROWN = 1.8;
/** Stretches of a flat line that tell it from chance. */
const ENOUGH_FLAT = 3;

/** Callers who wait for their answer before they send again. */
export interface Callers {
  /** Most of their requests in flight at once; those who pause just then are not seen. */
  readonly count: number;
  /** Answers a second that they had together then. */
  readonly rate: number;
  /** False: the line fits them, but is too short or too uneven to tell it from one of independent requests. */
  readonly certain: boolean;
  /** Whether they are taken to be there by the likeliest figures; see callersOf. */
  readonly likely: boolean;
}

/**
 * Whether a burst is made by callers who wait: their line, by Little's law rate × latency, keeps its length, since nobody
 * sends more while all wait, while a line of independent requests over capacity grows. Null where requests come on their
 * own, or where next to none wait, so that it makes no difference.
 */
export function waitingCallers(arrivals: readonly ArrivalStretch[], usual: number): Callers | null {
  const lines = arrivals.map(({ rate, latency }) => rate * latency);
  const most = highest(lines) ?? 0;
  const slowest = highest(arrivals.map(({ latency }) => latency)) ?? 0;
  if (slowest <= HELD * usual) return null;
  // The first two stretches hold the burst's beginning, the last one its end.
  const inner = lines.slice(2, -1);
  if (inner.length === 0)
    return { count: most, rate: arrivals[lines.indexOf(most)]?.rate ?? 0, certain: false, likely: false };
  const grown = most / Math.min(...inner);
  if (grown > GROWN) return null;
  const flat = (highest(inner) ?? 0) / Math.min(...inner) <= 1 + CHANCE / Math.sqrt(most);
  const longest = arrivals[lines.indexOf(most)];
  const certain = inner.length >= ENOUGH_FLAT && flat;
  return { count: most, rate: longest?.rate ?? 0, certain, likely: certain };
}

/**
 * The callers of each burst. Where the bursts that can be told are all of one kind, those that cannot are taken to be of
 * it too: they are the same clients' more often than not.
 */
export function callersOf(
  metric: LatencyFact,
  episodes: readonly Episode[],
  usual: number,
): ReadonlyMap<number, Callers | null> {
  const found = episodes.map(
    ({ id, burst }) => [id, waitingCallers(burstArrivals(metric, burst, usual), usual)] as const,
  );
  const alone = found.some(([, one]) => one === null);
  const waiting = found.some(([, one]) => one?.certain === true);
  if (alone === waiting) return new Map(found);
  return new Map(found.map(([id, one]) => [id, one && (waiting ? { ...one, likely: true } : null)]));
}

/** One recorded burst, as its requests came. */
export interface RecordedBurst {
  readonly episode: number;
  readonly arrivals: readonly ArrivalStretch[];
}

/** The bursts of the episodes: worked out once for the many fleets that are tried on them. */
export function recordedBursts(metric: LatencyFact, episodes: readonly Episode[], usual: number): RecordedBurst[] {
  return episodes.map(({ id, burst }) => ({ episode: id, arrivals: burstArrivals(metric, burst, usual) }));
}

/**
 * What the fleet would make of one recorded burst. Callers who wait are as many as before, and send as often as they are
 * answered. How long they pause in between is not to be seen; `pause` seconds are assumed, and with none the fleet meets
 * the most that they could send. Those who paused were in the burst as well, beside those in flight.
 */
export function forecast(
  request: RequestModel,
  fleet: Fleet,
  { episode, arrivals }: RecordedBurst,
  callers: Callers | null,
  pause = 0,
): BurstForecast {
  const { station, share } = stationOf(request, fleet);
  const all = callers === null ? 0 : Math.round(callers.count + callers.rate * pause);
  const held = closedTime(station, 1 / share, all, pause);
  let line = 0;
  const stretches = arrivals.map((one) => {
    if (callers === null) {
      const after = stretch(station, one.rate * share, line, one.end - one.start);
      line = after.line;
      return { ...one, latency: request.besides + station.work + after.wait };
    }
    // Before and after the burst callers are few, and what comes then is the service's usual requests.
    if (one.rate * one.latency < callers.count / 2) return { ...one, latency: request.besides + station.work };
    const latency = request.besides + held;
    return { ...one, rate: Math.max(one.rate, all / (latency + pause)), latency };
  });
  const count = sum(stretches.map(({ rate, start, end }) => rate * (end - start)));
  const mean =
    sum(stretches.map(({ rate, start, end, latency }) => rate * (end - start) * latency)) / Math.max(1, count);
  const wait = Math.max(0, mean - request.besides - station.work);
  // Work and wait add up: the work's own variance, and that of a wait that is about as spread as its mean.
  const variation = mean === 0 ? 0 : (request.variation * station.work ** 2 + wait ** 2) / mean ** 2;
  return {
    episode,
    mean,
    variation,
    p95: logNormalQuantile(mean, variation, 0.95),
    p99: logNormalQuantile(mean, variation, 0.99),
    worst: highest(stretches.map(({ latency }) => latency)) ?? mean,
    utilisation: Math.min(
      callers === null ? Number.POSITIVE_INFINITY : 1,
      (highest(stretches.map(({ rate }) => rate)) ?? 0) * share * (station.work / station.servers),
    ),
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
  bursts: readonly RecordedBurst[],
  callers: ReadonlyMap<number, Callers | null>,
): RequestModel {
  const scaled = (factor: number) => ({ ...request, cpu: request.cpu * factor });
  const shown = (factor: number) => {
    const all = bursts.map((burst) => forecast(scaled(factor), present, burst, callers.get(burst.episode) ?? null));
    return weighted(all.flatMap(({ stretches }) => stretches));
  };
  const measured = weighted(bursts.flatMap(({ arrivals }) => arrivals));
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
