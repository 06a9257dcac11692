import {
  type AlarmFact,
  badSide,
  breachesIn,
  defineSignal,
  type EpisodesFact,
  type JudgedMetric,
  median,
  no,
  percent,
  quantile,
  strideOf,
  times,
  unclear,
  unknown,
  valuesOutside,
  valueWords,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import * as order from "./breaches-in-runs.ts";
import { DEVIATIONS } from "./handful-of-errors.ts";
import { ANOTHER_LEVEL, ENOUGH, FAR, MAD_TO_SIGMA, SLIGHT, TAIL } from "./within-usual-range.ts";

/**
 * Metrics of what clients do, of which every service has some at all times ("CloudWatch metrics for your …" of the four
 * kinds). Of what fails, a usual amount may be a trouble of its own, and is not told here.
 */
const TRAFFIC =
  /^((Active|New)(Connection|Flow)Count(_TCP|_TLS|_UDP)?|ConsumedLCUs|PeakLCUs|ProcessedBytes|RequestCount|HTTPCode_(Target|Backend|ELB)_4XX(_Count)?|TCP_Client_Reset_Count)$/;

/** Whether the alarm watches what clients do. */
export function isTraffic({ metric }: AlarmFact): boolean {
  return TRAFFIC.test(metric);
}

/** Traffic is much the same from minute to minute: up to this share of the breaches may be followed by another. */
export const RARELY = 0.25;

/**
 * What the breaches of traffic reach (nine tenths of them lie below), and what is usual: the median outside the episodes.
 * Null where the alarm watches something else, or too little is known.
 */
export function usualOf(alarm: AlarmFact, judged: JudgedMetric, { episodes }: EpisodesFact) {
  // Less traffic than usual is another question, and so is what leaves a band.
  if (badSide(alarm) !== "above" || alarm.band || alarm.expression || !isTraffic(alarm)) return null;
  const bursts = episodes.map(({ burst }) => burst);
  const { values } = judged;
  // What is counted is published where there is some: no sum is a zero. Of anything else a missing datapoint says nothing.
  const isCount = alarm.statistic === "Sum" && judged.unit.kind !== "number";
  const whole = isCount ? { ...values, values: values.values.map((value) => value ?? 0) } : values;
  const usual = valuesOutside(whole, bursts);
  const centre = median(usual);
  const high = quantile(
    breachesIn(alarm, values, bursts).map(({ value }) => value),
    0.9,
  );
  if (high === null || centre === null || usual.length < ENOUGH) return null;
  const ratio = centre === 0 ? Number.MAX_VALUE : high / centre;
  const reach = `the breaches reach ${valueWords(judged.unit, high)} (9 of 10 lie below)`;
  const figure = `${reach}, ${centre === 0 ? "where" : times(Math.min(ratio, 1e6))} the usual ${centre === 0 ? "is none" : valueWords(judged.unit, centre)}`;
  return { high, centre, usual, ratio, figure };
}

/** Is the traffic that the alarm watches as it always is: no more than its usual tail, strewn over time as a tail is? */
export default defineSignal({
  id: "usual-traffic",
  question: "Is the traffic that the alarm watches as it always is?",
  needs: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  uses: {},
  read({ alarm, judged, episodes }) {
    const evidence = ["alarm-history.usual"];
    const known = usualOf(alarm, judged, episodes);
    if (known === null)
      return unknown("needs an alarm on too much traffic, breaches, and datapoints outside the episodes", []);
    const { high, centre, usual, ratio, figure } = known;
    // Of a count the deviation is that of chance at least (Poisson: the square root of the mean).
    const chanceOfCount = judged.unit.kind === "number" ? 0 : Math.sqrt(Math.max(1, centre));
    const spread = MAD_TO_SIGMA * (median(usual.map((value) => Math.abs(value - centre))) ?? 0);
    const sigmas = (high - centre) / Math.max(spread, chanceOfCount, Number.MIN_VALUE);
    if (sigmas > FAR || (sigmas > TAIL && ratio > ANOTHER_LEVEL)) return no(figure, evidence, ratio);
    // Windows that slide share minutes: those that lie end to end tell the order.
    const stride = strideOf(judged);
    const apart = judged.values.values.filter((_, index) => index % stride === 0);
    const { all, followed, chance } = order.orderOf(alarm, apart);
    const runs = `${figure}; a breach is followed by another in ${percent(followed)} of the cases, by chance alone in ${percent(chance)}`;
    if (all < order.ENOUGH) return unclear(`${figure}; too few breaches to see an order in them`, evidence, ratio);
    if (followed >= order.LIFT * chance && followed >= order.OFTEN) return no(runs, evidence, ratio);
    const beyond = sigmas > TAIL || (ratio > SLIGHT && sigmas > DEVIATIONS);
    if (beyond || (followed > RARELY && followed > order.STREWN * chance)) return unclear(runs, evidence, ratio);
    return yes(runs, evidence, ratio);
  },
});
