import {
  type AlarmChanged,
  type AlarmFact,
  dateAndClock,
  defineStep,
  describeAlarmChanges,
  duration,
  listed,
  plain,
  plural,
  unitOf,
  valueWords,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { HISTORY } from "../alarm-history/span.ts";
import { alarmChangesFact } from "./fact.ts";

/** Whether somebody changed the alarm itself, and what it was before: its history holds that beside its states. */
export default defineStep({
  id: "alarm-changes",
  title: "changes of the alarm",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [alarmChangesFact],
  async run({ facts: { alarm }, window, ask, give, find }) {
    const from = window.end - HISTORY;
    const asked = describeAlarmChanges(alarm.name, { start: from, end: window.end });
    const answer = await ask(asked);
    // The entries that are not there may be the changes.
    if (!answer.ok || answer.cut) return;
    const changes = answer.value;
    give(alarmChangesFact, { changes, from });
    const last = changes.at(-1);
    find({
      id: "changes",
      statement: last
        ? `the alarm was changed ${plural(changes.length, "time")} in the last ${duration(HISTORY)}, last at ${dateAndClock(last.at)}${beforeWords(last, alarm)}`
        : `the alarm was not changed in the last ${duration(HISTORY)}`,
      measures: { changes: changes.length, threshold: last?.before?.threshold ?? null },
      proof: [asked.question],
    });
  },
});

function beforeWords({ before }: AlarmChanged, alarm: AlarmFact): string {
  if (before === null) return "; the history does not say what it was before";
  const { threshold, period, evaluationPeriods, datapointsToAlarm, statistic, comparison } = before;
  const told = [
    ...(threshold === undefined ? [] : [`a threshold of ${valueWords(unitOf(alarm), threshold)}`]),
    ...(period === undefined ? [] : [`a period of ${duration(period)}`]),
    ...(datapointsToAlarm === undefined ? [] : [`${plain(datapointsToAlarm)} datapoints to alarm`]),
    ...(evaluationPeriods === undefined ? [] : [`${plain(evaluationPeriods)} evaluation periods`]),
    ...(statistic === undefined ? [] : [`the statistic ${statistic}`]),
    ...(comparison === undefined ? [] : [`the comparison ${comparison}`]),
  ];
  return told.length === 0 ? "" : `; before that it had ${listed(told)}`;
}
