import {
  type AlarmExpression,
  type AlarmFact,
  type ContributorChange,
  choosesAmong,
  isSame,
  type JudgedMetric,
  listed,
  mathQueries,
  type Outcome,
  plural,
  readExpression,
  type Series,
  valueAt,
} from "../../../src/playbook.ts";
import type { Settled } from "./step.ts";

/** An alarm with what it judges, in the metric's unit and on the metric's periods; or why that cannot be told. */
type Understood = { readonly alarm: AlarmFact; readonly judged: Series } | { readonly because: string };

/**
 * What an alarm on an expression judges, from the expression's text and from CloudWatch's own values of it. The text says
 * what a value can be: the metric, a multiple of it, or a number that is put where the metric is not to count, as in
 * `IF(requests > 200, latency, 0)`. The values say which it is in each period, and that the text was understood: periods
 * with such a number are left out, and any other value means that the expression is not what it was taken for.
 */
function understood(alarm: AlarmFact, expression: AlarmExpression, values: Series, metric: Series): Understood {
  const more = `its expression ${expression.words} is more than a choice among the periods of ${alarm.metric}`;
  const read = readExpression(mathQueries(expression), expression.judged);
  if ("unreadable" in read || read.outcomes.some(({ kind }) => kind === "ratio" || kind === "other"))
    return choosesAmong(values, metric) ? { alarm, judged: values } : { because: more };
  const factor = factorOf(read.outcomes);
  if (factor === null) return { because: more };
  const put = read.outcomes.flatMap((one) => (one.kind === "constant" ? [one.value] : []));
  const judged: (number | null)[] = [];
  for (const [index, value] of values.values.entries()) {
    const own = valueAt(metric, values.start + index * values.step);
    if (value !== null && own !== null && isSame(value, own * factor)) judged.push(own);
    else if (value === null || put.some((one) => isSame(one, value))) judged.push(null);
    else return { because: more };
  }
  const scaled = factor === 1 ? expression : { ...expression, factor };
  return {
    alarm: { ...alarm, threshold: alarm.threshold / factor, expression: scaled },
    judged: { ...values, values: judged },
  };
}

/** A latency alarm on an expression, by the expression's values and the metric's own. */
export function latencySettled(alarm: AlarmFact, values: Series, judged: JudgedMetric): Settled {
  if (!alarm.expression) return { alarm, judged };
  const judges = understood(alarm, alarm.expression, values, judged.values);
  return "because" in judges ? judges : { alarm: judges.alarm, judged: { ...judged, values: judges.judged } };
}

/** The one factor with which the metric stands in all outcomes; null where there is none, or it turns the metric around. */
function factorOf(outcomes: readonly Outcome[]): number | null {
  const factors = new Set(outcomes.flatMap((one) => (one.kind === "metric" ? [one.factor] : [])));
  const [factor] = factors;
  return factor === undefined || factors.size > 1 || factor <= 0 ? null : factor;
}

/** Contributors that are named: the others are few changes each. */
const NAMED = 3;

/** The finding on the contributors of an alarm that cannot be judged: which of them raised it. Null where none did. */
export function contributorWords(changes: readonly ContributorChange[]) {
  const counts = new Map<string, number>();
  for (const { to, contributor } of changes)
    if (to === "ALARM") counts.set(contributor, (counts.get(contributor) ?? 0) + 1);
  if (counts.size === 0) return null;
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, NAMED);
  const names = listed(most.map(([name, count]) => `${name} (${plural(count, "time")})`));
  const more = counts.size > NAMED ? `; ${counts.size - NAMED} more` : "";
  return {
    statement: `its contributors that went to ALARM: ${names}${more}`,
    measures: { contributors: counts.size },
  };
}
