import { lengthOf } from "../analysis/alarm.ts";
import { backtest, reproduce } from "../analysis/backtest.ts";
import { highest, valueAt, valuesIn } from "../analysis/series.ts";
import type { Facts, LatencyFact } from "../model/facts.ts";
import type { Judged } from "../model/metric.ts";
import type { Epoch, Series, Span } from "../model/time.ts";
import {
  type BurstForecast,
  type Callers,
  calibrated,
  callersOf,
  type Fleet,
  forecast,
  type RecordedBurst,
  type RequestModel,
  recordedBursts,
  requestModel,
} from "./what-if.ts";

/** What the alarm would have done in the recorded window with another fleet. */
export interface AlarmForecast {
  readonly bursts: readonly BurstForecast[];
  /** OK → ALARM in the window, by the likeliest figures. */
  readonly cycles: number;
  /** quiet: it would have stayed OK even if the forecast is too fast; fires: even if it is too slow; else too close. */
  readonly outlook: "quiet" | "fires" | "close";
  /** The alarm's metric in its worst predicted minute. */
  readonly worst: number;
  /** Highest mean latency of the service in a burst, and highest utilisation of its workers. */
  readonly slowest: number;
  readonly utilisation: number;
}

/** The facts that a forecast needs, and the request that follows from them. */
export interface ForecastFacts
  extends Pick<Facts, "alarm" | "judged" | "guiltyMetric" | "episodes" | "demand" | "podCpu" | "workers"> {
  readonly present: Fleet;
  /** Calibrated on the fleet as it is. */
  readonly request: RequestModel;
  /** As the bursts' CPU figures say, for where their latency is not that of an even fleet's queue. */
  readonly uncalibrated: RequestModel;
  /** Seconds from a datapoint's end to its evaluation, as the alarm's own history shows it; a period where it shows none. */
  readonly delay: number;
  readonly bursts: readonly RecordedBurst[];
  /** Who made each burst: callers who wait, or null: requests that come on their own. */
  readonly callers: ReadonlyMap<number, Callers | null>;
}

/** Several fixes rest on the same forecasts of the same facts; the request behind them is calibrated once. */
const prepared = new WeakMap<Partial<Facts>, ForecastFacts | null>();

/** Null where one of them is missing: no forecast is made on a guess. */
export function forecastFacts(facts: Partial<Facts>): ForecastFacts | null {
  const known = prepared.get(facts);
  if (known !== undefined) return known;
  const found = prepare(facts);
  prepared.set(facts, found);
  return found;
}

/**
 * For a change that ends clumping: what the bursts showed beyond an even fleet's queue is the clumping itself. The work of
 * a request is taken as the CPU figures say, and its arrivals as they came, since a line that keeps its length in a fleet
 * with room is one of pods that are not reached.
 */
export function evenFacts(facts: Partial<Facts>): ForecastFacts | null {
  const known = forecastFacts(facts);
  return known && { ...known, request: known.uncalibrated, callers: new Map() };
}

function prepare(facts: Partial<Facts>): ForecastFacts | null {
  const { alarm, judged, guiltyMetric, episodes, demand, podCpu, workers, topology } = facts;
  if (!alarm || !judged || !guiltyMetric || !episodes || !demand || !podCpu || !workers) return null;
  // The workers are the serving container's; what another one of the pod uses says nothing of the work that they do.
  if (podCpu.container !== undefined) return null;
  const present = presentFleet(demand, workers, topology);
  const raw = requestModel(demand, podCpu, guiltyMetric, episodes);
  if (!present || !raw) return null;
  const callers = callersOf(guiltyMetric, episodes.episodes, demand.serviceTime);
  const bursts = recordedBursts(guiltyMetric, episodes.episodes, demand.serviceTime);
  const request = calibrated(raw, present, bursts, callers);
  const uncalibrated = inBursts(raw, demand, guiltyMetric, episodes);
  const delay = reproduce(alarm, judged, episodes)?.delay ?? judged.values.step;
  return {
    alarm,
    judged,
    guiltyMetric,
    episodes,
    demand,
    podCpu,
    workers,
    present,
    request,
    uncalibrated,
    delay,
    bursts,
    callers,
  };
}

/**
 * The request as the bursts' own CPU figures say. Where it costs more than outside them, a few long ones came on top: the
 * same mean may be any number of them, and their spread is largest if each works as long as the longest one took.
 */
function inBursts(
  request: RequestModel,
  { cpuPerRequest, cpuPerRequestOutside }: Facts["demand"],
  { maximum }: LatencyFact,
  { episodes }: Facts["episodes"],
): RequestModel {
  if (cpuPerRequest === null) return request;
  const bursts = episodes.map(({ burst }) => burst);
  const longest = highest(valuesIn(maximum, bursts)) ?? 0;
  const more = Math.max(0, cpuPerRequest - (cpuPerRequestOutside ?? cpuPerRequest));
  const variation = request.variation + (more * longest * request.busy) / cpuPerRequest ** 2;
  return { ...request, cpu: cpuPerRequest, variation };
}

/** −1: all that is not known taken as it would be fastest; 1: as it would be slowest; 0: as is likely. */
type Side = -1 | 0 | 1;

/** How far a burst's mean may be off: nine of ten forecasts are within it (test/fixes/forecast-error.ts). */
export const MARGIN = 0.2;
/** Standard errors by which the average of one period strays from the burst's: about one in forty is further off. */
const STRAY = 2;

/**
 * Puts the recorded arrivals through another fleet and the outcome through the alarm. The alarm's average is mixed again
 * from what the other target groups contributed and what the service would; minutes outside the bursts stay as they were.
 * Only for alarms on an average: null for percentiles, whose mixture the metrics do not hold.
 */
export function forecastAlarm(facts: ForecastFacts, fleet: Fleet): AlarmForecast | null {
  const { alarm, judged: whole, guiltyMetric, episodes, demand, request, delay, bursts: recorded, callers } = facts;
  const { samples } = whole;
  if (alarm.statistic !== "Average" || !samples) return null;
  // Where nobody waits all sides are the same: that is worked out once for each burst.
  const alone = new Map<number, BurstForecast>();
  const withoutCallers = (one: RecordedBurst) => {
    const found = alone.get(one.episode) ?? forecast(request, fleet, one, null);
    alone.set(one.episode, found);
    return found;
  };
  const burstsOf = (side: Side) =>
    recorded.map((one) => {
      const waiting = callers.get(one.episode) ?? null;
      const taken = side > 0 || (side < 0 ? waiting?.certain : waiting?.likely) ? waiting : null;
      if (!taken) return withoutCallers(one);
      // A pause as long as a request usually takes: callers who do nothing with an answer are rare.
      const pause = side < 0 ? demand.serviceTime : 0;
      return forecast(request, fleet, one, taken, pause);
    });
  const judged = (bursts: readonly BurstForecast[], side: Side) => {
    const { series, worst } = mixed({ ...whole, samples }, guiltyMetric, bursts, side);
    const { cycles } = backtest(alarm, { ...whole, values: series }, episodes, delay);
    return { cycles, worst };
  };
  const bursts = burstsOf(0);
  const likely = judged(bursts, 0);
  const slow = judged(burstsOf(1), 1);
  // Where the slow side keeps quiet, the fast one is not asked for.
  const fires = slow.cycles > 0 && judged(burstsOf(-1), -1).cycles > 0;
  return {
    bursts,
    ...likely,
    outlook: slow.cycles === 0 ? "quiet" : fires ? "fires" : "close",
    slowest: highest(bursts.map(({ mean }) => mean)) ?? 0,
    utilisation: highest(bursts.map(({ utilisation }) => utilisation)) ?? 0,
  };
}

/** Datapoints whose requests are known. */
type Counted = Judged & { readonly samples: Series };

function mixed(
  whole: Counted,
  guilty: LatencyFact,
  bursts: readonly BurstForecast[],
  side: Side,
): { readonly series: Series; readonly worst: number } {
  const stretches = bursts.flatMap((burst) => burst.stretches.map((one) => ({ ...one, variation: burst.variation })));
  let worst = 0;
  const { start: begin, step } = whole.values;
  const period = lengthOf(whole);
  const values = [...whole.values.values];
  // Bursts are a small part of the window: only the datapoints that a stretch reaches are looked at.
  for (const [index, parts] of byDatapoint(stretches, whole)) {
    const value = values[index] ?? null;
    if (value === null) continue;
    const at = begin + index * step;
    const own = ownIn(guilty, at, period);
    const all = valueAt(whole.samples, at) ?? 0;
    const others = Math.max(0, all - own.requests);
    const othersTime = Math.max(0, value * all - own.time);
    let count = 0;
    let time = 0;
    for (const { start, end, rate, latency, variation } of parts) {
      const requests = rate * (Math.min(end, at + period) - Math.max(start, at));
      const off = MARGIN + STRAY * Math.sqrt(variation / Math.max(1, rate * period));
      count += requests;
      time += requests * latency * (side < 0 ? 1 / (1 + off) : 1 + side * off);
    }
    const average = (othersTime + time) / Math.max(1, others + count);
    worst = Math.max(worst, average);
    values[index] = average;
  }
  return { series: { ...whole.values, values }, worst };
}

/**
 * The service's own requests, and the seconds that they took, in a datapoint of the whole. Where that is a window between
 * the clock's periods, of each period the part that it overlaps: as if its requests were spread evenly.
 */
function ownIn({ requests, average, period }: LatencyFact, at: Epoch, length: number) {
  const { start } = requests;
  let count = 0;
  let time = 0;
  for (let from = start + Math.floor((at - start) / period) * period; from < at + length; from += period) {
    const part = (Math.min(from + period, at + length) - Math.max(from, at)) / period;
    const here = part * (valueAt(requests, from) ?? 0);
    count += here;
    time += here * (valueAt(average, from) ?? 0);
  }
  return { requests: count, time };
}

/** The stretches by the datapoints in which their requests are counted: when they are answered, soon after they came. */
function byDatapoint<T extends Span>(stretches: readonly T[], judged: Judged): Map<number, T[]> {
  const { start: begin, step, values } = judged.values;
  const period = lengthOf(judged);
  const found = new Map<number, T[]>();
  for (const stretch of stretches) {
    const first = Math.floor((stretch.start - period - begin) / step);
    for (let index = Math.max(0, first); index < values.length; index += 1) {
      const at = begin + index * step;
      if (at >= stretch.end) break;
      if (at + period <= stretch.start) continue;
      const parts = found.get(index);
      if (parts) parts.push(stretch);
      else found.set(index, [stretch]);
    }
  }
  return found;
}

/** The fleet as it is, from the facts; null without the number of workers. */
function presentFleet(
  demand: Facts["demand"],
  workers: Facts["workers"],
  topology: Facts["topology"] | undefined,
): Fleet | null {
  if (workers.workers === null) return null;
  const seesPods = topology?.targetType === "ip";
  const shared = seesPods && topology.algorithm === "least_outstanding_requests";
  const dispatch = shared ? "shared" : seesPods ? "round robin" : "random";
  return { pods: demand.pods, workers: workers.workers, quota: workers.quota, dispatch };
}
