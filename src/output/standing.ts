import type { Session } from "../model/session.ts";
import { epoch } from "../model/time.ts";
import { duration, withoutCycles } from "../model/words.ts";

/** The alarm's state with its age, "in ALARM for 19 days"; empty where the alarm could not be read. */
function stateOf({ facts: { alarm }, opening }: Session): string {
  if (!alarm) return "";
  const age = alarm.stateSince === null ? null : epoch(opening.now) - alarm.stateSince;
  const lasting = age === null || age < 0 ? "" : ` for ${duration(age)}`;
  switch (alarm.state) {
    case "ALARM":
      return `in ALARM${lasting}`;
    case "OK":
      return lasting === "" ? "OK now" : `OK${lasting}`;
    case "INSUFFICIENT_DATA":
      return `INSUFFICIENT_DATA${lasting}`;
  }
}

/** How often it fired, "9 × ALARM in 4 h 56 min"; empty where the episodes are unknown. */
function flapping({ facts: { alarm, episodes } }: Session): string {
  if (!episodes) return "";
  if (episodes.cycles > 0)
    return episodes.cycles === 1 ? "ALARM once" : `${episodes.cycles} × ALARM in ${duration(episodes.flappingFor)}`;
  // A state that is older than the window says it all.
  const since = alarm?.stateSince ?? null;
  return since !== null && since <= episodes.window.start ? "" : withoutCycles(episodes);
}

/** How the alarm stands, for the first line: "OK for 6 min · 9 × ALARM in 4 h 56 min". */
export function standingOf(session: Session): string {
  return [stateOf(session), flapping(session)].filter((part) => part !== "").join(" · ");
}

/** The same with the longest stay in ALARM, where there is room for it. */
export function standingInFull(session: Session): string {
  const { episodes } = session.facts;
  const longest = episodes && episodes.cycles > 0 ? `, longest ${duration(episodes.longest)}` : "";
  return `${standingOf(session)}${longest}`;
}
