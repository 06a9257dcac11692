import type { Facts, LatencyFact } from "../model/facts.ts";
import type { Series } from "../model/time.ts";
import { backtest, reproduce } from "./backtest.ts";
import { highest, valueAt } from "./series.ts";
import { type BurstForecast, calibrated, type Fleet, forecast, type RequestModel, requestModel } from "./what-if.ts";

/** What the alarm would have done in the recorded window with another fleet. */
export interface AlarmForecast {
  readonly bursts: readonly BurstForecast[];
  /** OK → ALARM in the window. */
  readonly cycles: number;
  /** The alarm's metric in its worst predicted minute. */
  readonly worst: number;
  /** Highest mean latency of the service in a burst, and highest utilisation of its workers. */
  readonly slowest: number;
  readonly utilisation: number;
}

/** The facts that a forecast needs, and the request that follows from them. */
export interface ForecastFacts
  extends Pick<Facts, "alarm" | "alarmMetric" | "guiltyMetric" | "episodes" | "demand" | "podCpu" | "workers"> {
  readonly present: Fleet;
  /** Calibrated on the fleet as it is. */
  readonly request: RequestModel;
  /** Seconds from a datapoint's end to its evaluation, as the alarm's own history shows it; a period where it shows none. */
  readonly delay: number;
}

/** Null where one of them is missing: no forecast is made on a guess. */
export function forecastFacts(facts: Partial<Facts>): ForecastFacts | null {
  const { alarm, alarmMetric, guiltyMetric, episodes, demand, podCpu, workers, topology } = facts;
  if (!alarm || !alarmMetric || !guiltyMetric || !episodes || !demand || !podCpu || !workers) return null;
  const present = presentFleet(demand, workers, topology);
  const raw = requestModel(demand, podCpu, guiltyMetric, episodes);
  if (!present || !raw) return null;
  const request = calibrated(raw, present, guiltyMetric, episodes.episodes, demand.serviceTime);
  const delay = reproduce(alarm, alarmMetric, episodes)?.delay ?? alarm.period;
  return { alarm, alarmMetric, guiltyMetric, episodes, demand, podCpu, workers, present, request, delay };
}

/**
 * Puts the recorded arrivals through another fleet and the outcome through the alarm. The alarm's average is mixed again
 * from what the other target groups contributed and what the service would; minutes outside the bursts stay as they were.
 * Only for alarms on an average: null for percentiles, whose mixture the metrics do not hold.
 */
export function forecastAlarm(facts: ForecastFacts, fleet: Fleet): AlarmForecast | null {
  const { alarm, alarmMetric, guiltyMetric, episodes, demand, request, delay } = facts;
  if (alarm.statistic !== "Average") return null;
  const bursts = episodes.episodes.map((one) => forecast(request, fleet, guiltyMetric, one, demand.serviceTime));
  const judged = mixed(alarmMetric, guiltyMetric, bursts);
  const { cycles } = backtest(alarm, { values: judged.series, samples: alarmMetric.requests }, episodes, delay);
  return {
    bursts,
    cycles,
    worst: judged.worst,
    slowest: highest(bursts.map(({ mean }) => mean)) ?? 0,
    utilisation: highest(bursts.map(({ utilisation }) => utilisation)) ?? 0,
  };
}

function mixed(
  whole: LatencyFact,
  guilty: LatencyFact,
  bursts: readonly BurstForecast[],
): { readonly series: Series; readonly worst: number } {
  const stretches = bursts.flatMap((burst) => burst.stretches);
  let worst = 0;
  const values = whole.judged.values.map((value, index) => {
    const at = whole.judged.start + index * whole.judged.step;
    // A request is counted when it is answered, which is soon after it came once nothing waits.
    const parts = stretches.filter(({ start, end }) => start < at + whole.period && end > at);
    if (value === null || parts.length === 0) return value;
    const own = (valueAt(guilty.requests, at) ?? 0) * (valueAt(guilty.average, at) ?? 0);
    const all = valueAt(whole.requests, at) ?? 0;
    const others = Math.max(0, all - (valueAt(guilty.requests, at) ?? 0));
    const othersTime = Math.max(0, value * all - own);
    let count = 0;
    let time = 0;
    for (const { start, end, rate, latency } of parts) {
      const requests = rate * (Math.min(end, at + whole.period) - Math.max(start, at));
      count += requests;
      time += requests * latency;
    }
    const average = (othersTime + time) / Math.max(1, others + count);
    worst = Math.max(worst, average);
    return average;
  });
  return { series: { ...whole.judged, values }, worst };
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

/** The assumptions of every forecast, for the fix's arithmetic. */
export const ASSUMPTIONS =
  "assumes independent requests at the recorded rates (callers that send again as soon as they are answered would send more), first come first served, one request a worker at a time, and work that does not depend on the load (Erlang C and the diffusion limit of a G/G/c queue)";
