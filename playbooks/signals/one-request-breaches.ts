import {
  breaches,
  breachesIn,
  cells,
  defineSignal,
  type LatencyFact,
  median,
  no,
  percent,
  type Span,
  seconds,
  unclear,
  unknown,
  valueAt,
  weightedAverage,
  within,
  withoutSlowest,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../evidence/alarm-history/fact.ts";

/** In this share of the breaching datapoints the slowest request alone must make the breach. */
export const MOSTLY = 0.6;
/** The other requests of those datapoints are slower too from this factor on: then it is not one alone. */
export const OTHERS_SLOWER = 2;

/**
 * Is it one slow request that makes each datapoint breach? Takes the slowest out of each breaching datapoint and looks
 * whether it still breaches; needs no threshold to be believed. Where requests are slow at all times, it is not one.
 */
export default defineSignal({
  id: "one-request-breaches",
  question: "Does a single slow request make each datapoint breach?",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: {},
  read({ alarm, alarmMetric, episodes: { episodes } }) {
    const evidence = ["alarm-history.requests", "alarm-history.metric"];
    const bursts = episodes.map(({ burst }) => burst);
    const points = breachesIn(alarm, alarmMetric.judged, bursts);
    const known = points.flatMap(({ at }) => {
      const rest =
        valueAt(alarmMetric.requests, at) === 1 ? besides(alarmMetric, at, bursts) : withoutSlowest(alarmMetric, at);
      return rest ?? [];
    });
    if (known.length === 0) return unknown("needs the average and the maximum of the breaching datapoints", evidence);
    const ended = known.filter((value) => !breaches(alarm, value)).length / known.length;
    const figure = `dropping the slowest request clears ${ended === 0 ? "none" : percent(ended)} of the breaching datapoints`;
    if (ended <= 1 - MOSTLY) return no(figure, evidence, ended);
    if (ended < MOSTLY) return unclear(figure, evidence, ended);
    // A trickle of requests that are all slow would pass so far: each datapoint is its one slow request.
    const typical = median(cells(alarmMetric.p50).map(({ value }) => value));
    const whole = weightedAverage(alarmMetric.average, alarmMetric.requests, () => true);
    if (typical === null || whole === null)
      return unknown("needs the average and the median latency over the window", evidence);
    if (typical > alarm.threshold || breaches(alarm, whole))
      return no(
        `over the whole window the average is ${seconds(whole)} and the median ${seconds(typical)}: requests are slow, not only few`,
        evidence,
        ended,
      );
    const quiet = weightedAverage(alarmMetric.average, alarmMetric.requests, (at) => !within(bursts, at));
    const others = median(known);
    if (quiet !== null && others !== null && others >= OTHERS_SLOWER * quiet)
      return unclear(`${figure}, and the others took ${seconds(others)} instead of ${seconds(quiet)}`, evidence, ended);
    return yes(figure, evidence, ended);
  },
});

/**
 * A datapoint of one request says nothing about the others: what they took, in the other datapoints of its episode. 0
 * where it was the episode's only one.
 */
function besides({ average, requests }: LatencyFact, alone: number, bursts: readonly Span[]): number {
  const burst = bursts.filter((one) => within([one], alone));
  return weightedAverage(average, requests, (at) => at !== alone && within(burst, at)) ?? 0;
}
