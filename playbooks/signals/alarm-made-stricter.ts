import {
  type AlarmChanged,
  type AlarmFact,
  backtest,
  clock,
  defineSignal,
  duration,
  no,
  plural,
  type Reading,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { alarmChangesFact } from "../evidence/alarm-changes/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";

/** With the settings of before at most this share of the stays in ALARM since the change would remain: undoing it ends them. */
export const GONE = 0.2;
/** From this share on the alarm would have gone off all the same. */
export const REMAIN = 0.5;
/** The metric is what it was where today's settings would have gone off before the change at least this often, of as often as since. */
export const ALIKE = 0.5;
/** So many are to be expected before the change for none to say something. */
export const LEAST_EXPECTED = 3;
/** So much of the metric must be known before the change; seconds. */
export const KNOWN = 3600;

/**
 * Did a change of the alarm itself make the episodes: before the first of them, on what alarms, with no more trouble in the
 * metric than before it, and none under the settings of before?
 */
export default defineSignal({
  id: "alarm-made-stricter",
  question: "Did a change to the alarm cause the episodes?",
  needs: { alarm: alarmFact, changed: alarmChangesFact, episodes: episodesFact, judged: judgedFact },
  uses: {},
  read({ alarm, changed: { changes, from }, episodes, judged }): Reading {
    const evidence = ["alarm-changes.changes", "alarm-history.condition"];
    const { episodes: all, window } = episodes;
    const [first] = all;
    if (!first) return unknown("there is no episode", evidence);
    if (changes.length === 0)
      return no(`the alarm was not changed in the ${duration(window.end - from)} before now`, evidence, 0);
    const sooner = changes.filter(({ at }) => at <= (first.since ?? first.alarmAt));
    if (sooner.some(({ before }) => before === null))
      return unclear("the alarm was changed, and its history does not say what its settings were before", evidence);
    const change = sooner.filter(({ before }) => Object.keys(before ?? {}).length > 0).at(-1);
    if (!change)
      return no("nothing that decides when the alarm fires was changed before its first episode", evidence, 0);
    const before = settingsBefore(alarm, changes, change);
    if (!before) return unclear("the alarm judged another metric before it was changed", evidence);
    const alarms = (rule: AlarmFact) =>
      backtest(rule, judged, episodes, judged.values.step).transitions.filter(({ to }) => to === "ALARM");
    const remain = alarms(before).filter(({ at }) => at >= change.at).length;
    const earlier = alarms(alarm).filter(({ at }) => at < change.at).length;
    const [known, since] = [change.at - window.start, window.end - change.at];
    const figure = `the alarm was changed at ${clock(change.at)}: with the old settings it would have fired ${plural(remain, "time")} since instead of ${all.length}, and with the new ones ${plural(earlier, "time")} in the ${duration(Math.max(0, known))} before`;
    if (remain >= REMAIN * all.length) return no(figure, evidence, remain / all.length);
    if (remain > GONE * all.length) return unclear(figure, evidence, remain / all.length);
    const expected = (all.length * known) / since;
    if (known < KNOWN) return unclear(`${figure}: too short to say what the metric was like`, evidence);
    if (earlier === 0 && expected >= LEAST_EXPECTED) return no(figure, evidence, 0);
    return earlier >= ALIKE * expected ? yes(figure, evidence, earlier / expected) : unclear(figure, evidence);
  },
});

/** The alarm as it was before a change; null where it judged other values than those that were read. */
function settingsBefore(alarm: AlarmFact, changes: readonly AlarmChanged[], change: AlarmChanged): AlarmFact | null {
  const undone = changes.filter(({ at }) => at >= change.at).reverse();
  const before: AlarmFact = Object.assign({}, alarm, ...undone.map((one) => one.before ?? {}));
  const same = (["period", "statistic", "comparison"] as const).every((name) => before[name] === alarm[name]);
  return same && !alarm.band && !alarm.expression ? before : null;
}
