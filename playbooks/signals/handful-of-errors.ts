import {
  breachesIn,
  coveredBy,
  defineSignal,
  highest,
  lowest,
  median,
  no,
  percent,
  plain,
  range,
  sumAt,
  unclear,
  unknown,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";

/** So many errors in a datapoint are a handful: single requests, whatever share of them it is. */
export const HANDFUL = 3;
/** From so many on they are no single requests. */
export const SEVERAL = 10;
/** Of the requests of each breaching datapoint mostly at most this share may fail: users hardly meet it. */
export const RARE = 0.01;
/** Where the breaching datapoints hold less than so many times what the others hold, that is what the service always shows. */
export const BEYOND_USUAL = 2;
/**
 * So many standard deviations of a Poisson count (the square root of its mean) above the usual are chance in the thousands
 * of datapoints of a window: of small counts twice the usual is often that.
 */
export const DEVIATIONS = 4;

/** Do a few errors breach, which hardly any request meets? */
export default defineSignal({
  id: "handful-of-errors",
  question: "Does a handful of errors cause the breaches?",
  needs: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  uses: {},
  read({ alarm, judged, episodes: { episodes } }) {
    const { values, traffic, unit } = judged;
    const evidence = ["alarm-history.share"];
    if (unit.kind !== "count" || !traffic) return unknown("the alarm does not count errors", evidence);
    const bursts = episodes.map(({ burst }) => burst);
    const over = breachesIn(alarm, values, bursts);
    const most = highest(over.map(({ value }) => value));
    if (most === null) return unknown("there are no breaches of the threshold in this window", evidence);
    // Where windows slide by the minute, each holds the requests of several.
    const shares = over.map((one) => one.value / Math.max(1, sumAt(traffic.perStep, coveredBy([one], judged))));
    const share = median(shares) ?? 1;
    const counts = range(String(lowest(over.map(({ value }) => value)) ?? most), String(most));
    const figure = `the breaching datapoints hold ${counts} errors each, a median ${percent(share)} of their requests`;
    // A count is published where there is one: none is a zero.
    const whole = { ...values, values: values.values.map((value) => value ?? 0) };
    const usual = median(valuesOutside(whole, bursts)) ?? 0;
    if (most >= SEVERAL)
      return most < Math.max(BEYOND_USUAL * usual, usual + DEVIATIONS * Math.sqrt(usual))
        ? unclear(`${figure}; the others hold a median of ${plain(usual)}`, evidence, most)
        : no(figure, evidence, most);
    return most <= HANDFUL && share <= RARE ? yes(figure, evidence, most) : unclear(figure, evidence, most);
  },
});
