import {
  type AlarmFact,
  alarmScope,
  badSide,
  duration,
  judgesExpression,
  metricsBeneath,
  unitOf,
  valueWords,
} from "../../../src/playbook.ts";

/** The finding on what makes the alarm fire. */
export function inWords(alarm: AlarmFact) {
  const { threshold, period, evaluationPeriods: n, datapointsToAlarm: m } = alarm;
  const of = `in ${m === n ? n : `${m} of ${n}`} ${m === n && n > 1 ? "consecutive " : ""}${n === 1 ? "period" : "periods"} of ${duration(period)}`;
  return {
    statement: `fires when ${subject(alarm)} is ${badSide(alarm)} ${limitWords(alarm)} ${of}`,
    measures: {
      threshold: Number.isNaN(threshold) ? null : threshold,
      period,
      evaluationPeriods: n,
      datapointsToAlarm: m,
      statistic: alarm.statistic,
      treatMissingData: alarm.treatMissingData,
    },
  };
}

/** What is judged, to stand before "is above". */
function subject(alarm: AlarmFact): string {
  const { statistic, metric, expression } = alarm;
  const { scopeWords } = alarmScope(alarm);
  const own = `the ${statistic} of ${metric} of ${scopeWords}`;
  if (!expression) return own;
  const { factor = 1, words } = expression;
  const unit = unitOf(alarm);
  if (judgesExpression(alarm)) return `${words} of ${scopeWords}${readBy(alarm)}`;
  const figures = unit.kind === "duration" ? "seconds that are" : "value that is";
  return factor === 1
    ? `${own} (only the periods that ${words} leaves)`
    : `${own} (as ${words}, which is ${factor} times the ${figures} shown here)`;
}

/** The metrics beneath an expression by their ids, in brackets. */
function readBy(alarm: AlarmFact): string {
  const parts = metricsBeneath(alarm).map(({ id, statistic, metric }) => `${id}: ${statistic} of ${metric}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** The limit of an alarm, to stand after "above" or "below". */
function limitWords(alarm: AlarmFact): string {
  const { band, threshold } = alarm;
  const unit = unitOf(alarm);
  if (!band) return valueWords(unit, threshold);
  const most = Number.isNaN(threshold) ? "" : `, ${valueWords(unit, threshold)} at most in this window`;
  return `the band that CloudWatch expects (${band.words}${most})`;
}
