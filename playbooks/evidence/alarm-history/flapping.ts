import { type AlarmStates, clock, duration, type EpisodesFact, plural } from "../../../src/playbook.ts";
import { HISTORY } from "./span.ts";

/** The finding on how the alarm flapped in the window. */
export function flapping({ episodes, cycles, cyclesPerHour, flappingFor, longest, window, from }: EpisodesFact) {
  const measures = { cycles, cyclesPerHour, flappingFor, longest, episodes: episodes.length };
  const span = duration(window.end - window.start);
  const rebuilt = from === "metric" ? " (rebuilt from the metric: the history could not be read)" : "";
  if (episodes.length === 0) return { statement: `was not in ALARM in the last ${span}${rebuilt}`, measures };
  const ended = episodes[0]?.okAt ?? null;
  if (cycles === 0 && ended !== null)
    return {
      statement: `was in ALARM before the window of ${span}, and is OK since ${clock(ended)}${rebuilt}`,
      measures,
    };
  if (cycles === 0)
    return { statement: `has been in ALARM since before the window of ${span}, without a change${rebuilt}`, measures };
  const first = episodes.find(({ alarmAt }) => alarmAt > window.start);
  const last = episodes.at(-1);
  const when =
    cycles === 1
      ? `at ${clock(first?.alarmAt ?? 0)}`
      : `between ${clock(first?.alarmAt ?? 0)} and ${clock(last?.alarmAt ?? 0)} UTC, within ${duration(flappingFor)}`;
  return {
    statement: `went from OK to ALARM ${plural(cycles, "time")} ${when}; longest stay ${duration(longest)}${rebuilt}`,
    measures,
  };
}

/** The finding on what the history holds from before the window. */
export function earlier({ earlier: transitions, window }: EpisodesFact) {
  const alarms = transitions.filter(({ to }) => to === "ALARM");
  const days = new Set(alarms.map(({ at }) => Math.floor((window.start - at) / 86_400)));
  return {
    statement: `before this window it went to ALARM ${plural(alarms.length, "time")} in the last ${duration(HISTORY)}, on ${plural(days.size, "day")}`,
    measures: { alarms: alarms.length, days: days.size },
  };
}

/** The finding on an alarm's states, with what to change. */
export function statesWords({ statement, remedy, lost, alarms, withoutData }: AlarmStates) {
  return { statement: [statement, remedy].filter(Boolean).join("; "), measures: { lost, alarms, withoutData } };
}
