import {
  type AlarmFact,
  breachesIn,
  cells,
  defineSignal,
  type EpisodesFact,
  type LatencyFact,
  median,
  no,
  plural,
  quantile,
  seconds,
  times,
  unclear,
  unknown,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../evidence/alarm-history/fact.ts";

/** Breaching datapoints within this many robust standard deviations of the usual value are its usual tail. */
export const TAIL = 5;
/** Beyond this many they are far outside it. */
export const FAR = 8;
/** They must also be no larger than this multiple of the usual value: users do not feel less. */
export const SLIGHT = 2;
/** From this multiple on they are another level. */
export const ANOTHER_LEVEL = 3;
/** Fewer datapoints than this show no usual range. */
export const ENOUGH = 10;
/** Up to this share of all datapoints outside the episodes, being over the threshold is what is usual. */
export const SELDOM = 0.1;
/** The median absolute deviation of a normal distribution is its standard deviation / 1.4826 (Rousseeuw, Croux, 1993). */
export const MAD_TO_SIGMA = 1.4826;

/** What the breaches reach (nine tenths of them lie below), and what is usual: the median outside the episodes. */
export function rangeOf(alarm: AlarmFact, { judged }: LatencyFact, { episodes }: EpisodesFact) {
  const bursts = episodes.map(({ burst }) => burst);
  const usual = valuesOutside(judged, bursts);
  const centre = median(usual);
  const high = quantile(
    breachesIn(alarm, judged, bursts).map(({ value }) => value),
    0.9,
  );
  if (high === null || centre === null || usual.length < ENOUGH) return { high, centre, usual, figure: null };
  const ratio = centre === 0 ? Number.MAX_VALUE : high / centre;
  const figure = `the breaches reach ${seconds(high)} (9 of 10 lie below), ${times(Math.min(ratio, 1e6))} the usual ${seconds(centre)}`;
  return { high, centre, usual, ratio, figure };
}

/** Do the breaching values belong to the metric's usual tail (000 A5), by how far they lie from its usual value? */
export default defineSignal({
  id: "within-usual-range",
  question: "Do the breaching values lie within the metric's usual range?",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: {},
  read({ alarm, alarmMetric, episodes }) {
    const evidence = ["alarm-history.range"];
    const { high, centre, usual, ratio = Number.NaN, figure } = rangeOf(alarm, alarmMetric, episodes);
    if (high === null)
      return unknown("there are no breaches of the threshold in this window", ["alarm-history.metric"]);
    if (centre === null || figure === null)
      return usual.length <= SELDOM * cells(alarmMetric.judged).length
        ? no("the metric is nearly always over the threshold: these are not occasional outliers", [
            "alarm-history.metric",
          ])
        : unknown(`only ${plural(usual.length, "datapoint")} outside the episodes: too few to know the usual range`, [
            "alarm-history.metric",
          ]);
    const spread = MAD_TO_SIGMA * (median(usual.map((value) => Math.abs(value - centre))) ?? 0);
    const sigmas = spread === 0 ? Number.MAX_VALUE : (high - centre) / spread;
    if (ratio > ANOTHER_LEVEL || sigmas > FAR) return no(figure, evidence, ratio);
    if (ratio > SLIGHT || sigmas > TAIL) return unclear(figure, evidence, ratio);
    return yes(`${figure}, usually ± ${seconds(spread)}`, evidence, ratio);
  },
});
