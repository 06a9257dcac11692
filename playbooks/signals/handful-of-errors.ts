import {
  breachesIn,
  defineSignal,
  highest,
  no,
  percent,
  range,
  sum,
  unclear,
  unknown,
  valueAt,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";

/** So many errors in a datapoint are a handful: single requests, whatever share of them it is. */
export const HANDFUL = 3;
/** From so many on they are no single requests. */
export const SEVERAL = 10;
/** Of the requests in the breaching datapoints at most this share may fail: users hardly meet it. */
export const RARE = 0.01;

/** Do a few errors breach, which hardly any request meets? */
export default defineSignal({
  id: "handful-of-errors",
  question: "Does a handful of errors make the breaches?",
  needs: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  uses: {},
  read({ alarm, judged: { values, traffic, unit }, episodes: { episodes } }) {
    const evidence = ["alarm-history.share"];
    if (unit.kind !== "count" || !traffic) return unknown("the alarm does not count errors", evidence);
    const over = breachesIn(
      alarm,
      values,
      episodes.map(({ burst }) => burst),
    );
    const most = highest(over.map(({ value }) => value));
    if (most === null) return unknown("there are no breaches of the threshold in this window", evidence);
    const requests = sum(over.map(({ at }) => valueAt(traffic.perStep, at) ?? 0));
    const share = sum(over.map(({ value }) => value)) / Math.max(1, requests);
    const counts = range("1", String(most));
    const figure = `the breaching datapoints hold ${counts} errors each, ${percent(share)} of their requests`;
    if (most >= SEVERAL) return no(figure, evidence, most);
    return most <= HANDFUL && share <= RARE ? yes(figure, evidence, most) : unclear(figure, evidence, most);
  },
});
