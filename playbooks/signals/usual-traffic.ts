import {
  type AlarmFact,
  badSide,
  breaches,
  breachesIn,
  defineSignal,
  type EpisodesFact,
  type JudgedMetric,
  median,
  no,
  percent,
  quantile,
  type Series,
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

/** Metrics of how much clients ask for: it swells and ebbs over minutes and hours, whatever a service does. */
const LOAD =
  /^((Active|New)(Connection|Flow)Count(_TCP|_TLS|_UDP)?|ConsumedLCUs|PeakLCUs|ProcessedBytes|RequestCount)$/;
/**
 * Metrics of what clients are answered and do, and a Classic Load Balancer's Latency: every service has some at all times
 * ("CloudWatch metrics for your …" of the four kinds). Of what fails a usual amount may be a trouble of its own, and is not
 * told here.
 */
const ANSWERS = /^(HTTPCode_(Target|Backend|ELB)_4XX(_Count)?|TCP_Client_Reset_Count|Latency)$/;

/** Whether the alarm watches such a metric. */
export function isTraffic({ metric }: AlarmFact): boolean {
  return LOAD.test(metric) || ANSWERS.test(metric);
}

/** Kinds of values that are counted one by one. */
const COUNTED: ReadonlySet<string> = new Set<JudgedMetric["unit"]["kind"]>(["count", "connections"]);

/** Up to this share of the breaches may be followed by another, whatever chance has it. */
export const RARELY = 0.25;
/** Where load breaches in so many of the four quarters of the window, such hours come again and again. */
export const QUARTERS = 3;

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
  const isCount = alarm.statistic === "Sum" && COUNTED.has(judged.unit.kind);
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

/**
 * Is the traffic that the alarm watches as it always is: no more than its usual tail, and strewn over time as a tail is? Load
 * has its hours, and need only have them throughout the window.
 */
export default defineSignal({
  id: "usual-traffic",
  question: "Is what the alarm watches as it always is?",
  needs: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  uses: {},
  read({ alarm, judged, episodes }) {
    const evidence = ["alarm-history.usual"];
    const known = usualOf(alarm, judged, episodes);
    if (known === null)
      return unknown("needs an alarm on too much traffic, breaches, and datapoints outside the episodes", []);
    const { high, centre, usual, ratio, figure } = known;
    // Of a count the deviation is that of chance at least (Poisson: the square root of the mean).
    const chanceOfCount = COUNTED.has(judged.unit.kind) ? Math.sqrt(Math.max(1, centre)) : 0;
    const spread = MAD_TO_SIGMA * (median(usual.map((value) => Math.abs(value - centre))) ?? 0);
    const sigmas = (high - centre) / Math.max(spread, chanceOfCount, Number.MIN_VALUE);
    if (sigmas > FAR || (sigmas > TAIL && ratio > ANOTHER_LEVEL)) return no(figure, evidence, ratio);
    // Windows that slide share minutes: those that lie end to end tell the order.
    const stride = strideOf(judged);
    const apart = judged.values.values.filter((_, index) => index % stride === 0);
    const { all, followed, chance } = order.orderOf(alarm, apart);
    const quarters = quartersOf(alarm, apart);
    const runs = `${figure}; a breach is followed by another in ${percent(followed)} of the cases, by chance alone in ${percent(chance)}`;
    const again = `${figure}; ${quarters} of the 4 quarters of the window have such breaches`;
    if (sigmas > TAIL || (ratio > SLIGHT && sigmas > DEVIATIONS)) return unclear(figure, evidence, ratio);
    if (all >= order.ENOUGH && (followed <= RARELY || followed <= order.STREWN * chance))
      return yes(runs, evidence, ratio);
    // Hours that come again need no order within them, however few minutes of them breach.
    if (LOAD.test(alarm.metric) && quarters >= QUARTERS) return yes(again, evidence, ratio);
    return unclear(LOAD.test(alarm.metric) ? again : runs, evidence, ratio);
  },
});

/** In how many quarters of the window values breach. */
function quartersOf(alarm: AlarmFact, values: Series["values"]): number {
  const breaching = values.flatMap((value, index) =>
    value !== null && breaches(alarm, value) ? [Math.floor((4 * index) / values.length)] : [],
  );
  return new Set(breaching).size;
}
