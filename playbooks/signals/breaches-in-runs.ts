import {
  type AlarmFact,
  breaches,
  defineSignal,
  no,
  percent,
  type Series,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { alarmMetricFact } from "../evidence/alarm-history/fact.ts";

/** Breaches in the window from which their order says something. */
export const ENOUGH = 8;
/** A breach is followed by another this much more often than chance would have it: a level, not a tail. */
export const LIFT = 3;
/** ... and in this share of the cases at least. */
export const OFTEN = 0.5;
/** Up to this factor over chance the breaches are strewn. */
export const STREWN = 1.8;

/** How many values breach, in which share of the cases the next one does too, and in which it would by chance. */
export function orderOf(alarm: AlarmFact, values: Series["values"]) {
  const breaching = values.map((value) => (value === null ? null : breaches(alarm, value)));
  const known = breaching.filter((one) => one !== null).length;
  const all = breaching.filter((one) => one === true).length;
  const pairs = breaching.slice(1).flatMap((next, index) => (breaching[index] === true && next !== null ? [next] : []));
  const followed = pairs.length === 0 ? 0 : pairs.filter(Boolean).length / pairs.length;
  return { all, followed, chance: known === 0 ? 0 : all / known };
}

/**
 * Do the breaches come in runs? Values of a usual tail fall where chance wants them: a breach is then followed by another
 * as often as any datapoint breaches. Runs are a change of level, however slight (a runs argument, Wald and Wolfowitz 1940).
 */
export default defineSignal({
  id: "breaches-in-runs",
  question: "Do the breaches come in runs instead of being scattered?",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact },
  uses: {},
  read({ alarm, alarmMetric: { judged } }) {
    const evidence = ["alarm-history.metric"];
    const { all, followed, chance } = orderOf(alarm, judged.values);
    if (all < ENOUGH) return unknown("needs more breaches, to see whether they come in runs", evidence);
    const figure = `a breach is followed by another in ${percent(followed)} of the cases; by chance alone it would be ${percent(chance)}`;
    if (followed >= LIFT * chance && followed >= OFTEN) return yes(figure, evidence, followed / chance);
    return followed <= STREWN * chance
      ? no(figure, evidence, followed / chance)
      : unclear(figure, evidence, followed / chance);
  },
});
