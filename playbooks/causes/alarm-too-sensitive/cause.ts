import {
  breaches,
  cells,
  confirmed,
  defineHypothesis,
  median,
  percent,
  plain,
  plural,
  quantile,
  rejected,
  seconds,
  times,
  undetermined,
  within,
} from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../../evidence/alarm-history/fact.ts";
import { blameFact } from "../../evidence/target-groups/fact.ts";

/** Breaching datapoints within this many robust standard deviations of the usual value are its usual tail. */
const TAIL = 5;
/** They must also be no larger than this multiple of the usual value: users do not feel less. */
const SLIGHT = 2;
/** Fewer datapoints than this show no usual range. */
const ENOUGH = 10;
/** Up to this share of all datapoints outside the bursts, being over the threshold is what is usual. */
const SELDOM = 0.1;
/** The median absolute deviation of a normal distribution is its standard deviation / 1.4826 (Rousseeuw, Croux, 1993). */
const MAD_TO_SIGMA = 1.4826;

/**
 * Nothing is wrong but the alarm: its threshold sits within the service's normal range (000 A5). What decides: how far
 * the breaching datapoints lie from the usual ones, in units of the usual spread.
 */
export default defineHypothesis({
  cause: "alarm-too-sensitive",
  title: "the alarm is too sensitive",
  claim: "The threshold lies within the metric's normal range; the breaches are its usual tail.",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: { blame: blameFact },
  judge({ alarm, alarmMetric, episodes: { episodes }, blame }) {
    const evidence = ["alarm-history.metric", "target-groups.shares"];
    const bursts = episodes.map(({ burst }) => burst);
    const values = cells(alarmMetric.judged);
    const breaching = values
      .filter(({ at, value }) => within(bursts, at) && breaches(alarm, value))
      .map(({ value }) => value);
    const usual = values.filter(({ at }) => !within(bursts, at)).map(({ value }) => value);
    const centre = median(usual);
    const high = quantile(breaching, 0.9);
    if (high === null) return undetermined("needs breaches of the threshold: there are none in this window", evidence);
    if (centre === null || usual.length < ENOUGH)
      return usual.length <= SELDOM * values.length
        ? rejected("the metric is over the threshold nearly always: that is no tail", evidence)
        : undetermined(
            `the window holds only ${plural(usual.length, "datapoint")} outside the bursts: too few to know the usual range`,
            evidence,
          );
    const spread = MAD_TO_SIGMA * (median(usual.map((value) => Math.abs(value - centre))) ?? 0);
    const ratio = centre === 0 ? Number.POSITIVE_INFINITY : high / centre;
    const sigmas = spread === 0 ? Number.POSITIVE_INFINITY : (high - centre) / spread;
    if (ratio > SLIGHT)
      return rejected(
        `in the bursts it is ${times(ratio)} its usual value (${seconds(high)} against ${seconds(centre)})`,
        evidence,
      );
    if (sigmas > TAIL)
      return rejected(
        `the breaches lie ${plain(sigmas)} standard deviations above the usual ${seconds(centre)}: they are no tail of it`,
        evidence,
      );
    if (
      blame?.alsoRose.length === 0 &&
      blame.guilty &&
      (blame.guilty.inside ?? 0) > SLIGHT * (blame.guilty.outside ?? Number.POSITIVE_INFINITY)
    )
      return rejected(`one service stands out: ${blame.guilty.name}`, evidence);
    const over = values.filter(({ value }) => breaches(alarm, value)).length / values.length;
    if (!blame) return undetermined("needs the target groups' latency to say that no service stands out", evidence);
    const because = `the breaches (${seconds(high)}) lie within the metric's usual range: ${seconds(centre)} ± ${seconds(spread)}, threshold ${seconds(alarm.threshold)}`;
    return confirmed(
      because,
      evidence,
      episodes.map(({ id }) => id),
      {
        headline: `Nothing is slow: the threshold of ${seconds(alarm.threshold)} lies within the metric's normal range.`,
        summary: `The metric is usually ${seconds(centre)} ± ${seconds(spread)}, and ${percent(over)} of all its datapoints are over the threshold of ${seconds(alarm.threshold)} without anything having changed: the worst breaches reach ${seconds(high)}, ${plain(sigmas)} standard deviations from the usual value. No service stands out. The alarm is what has to change.`,
      },
    );
  },
});
