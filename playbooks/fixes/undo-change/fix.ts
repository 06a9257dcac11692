import {
  byWords,
  type ChangeFact,
  changeWords,
  clock,
  dateAndClock,
  defineFix,
  type Facts,
  settingWords,
  undoCommand,
} from "../../../src/playbook.ts";
import { readChanges } from "../../signals/trouble-since-change.ts";

const CAUSES = [
  "configuration-change",
  "canary-weight",
  "sticky-session-skew",
  "cross-zone-imbalance",
  "blocked-by-network",
  "no-healthy-targets",
  "misrouted-requests",
  "proxy-protocol-mismatch",
  "health-check-flapping",
  "idle-timeout-mismatch",
  "tls-failure",
] as const;

/** Exactly the change with which the trouble began, undone (003, 004): no other setting is touched. */
export default defineFix({
  id: "undo-change",
  for: CAUSES,
  propose(facts, verdict) {
    const cause = CAUSES.find((one) => one === verdict.rootCause);
    const change = cause && changeBehind(facts, cause === "configuration-change");
    if (!change) return null;
    const command = undoCommand(change, facts.alarm ?? null);
    const who = byWords(change.by);
    return {
      id: "undo-change",
      for: CAUSES,
      title: `undo the change of ${clock(change.at)}`,
      why: `The trouble began with it: ${changeWords(change)}. Undoing it restores the setting under which the same load caused no trouble.`,
      risk: "The purpose of the change is lost too: whoever made it knows what that was.",
      changes:
        command === null ? [] : [{ target: change.what, patch: patchOf(change), command, lines: linesOf(change) }],
      preconditions: [
        ...(who === null ? [] : [`ask ${who} why it was made on ${dateAndClock(change.at)}`]),
        "if Terraform, CloudFormation or a controller owns the setting, undo it there: otherwise the new value comes back",
        ...(command === null
          ? [`no command: what it was before is not recorded (${change.what}); look in the repository that owns it`]
          : []),
      ],
      verify: ["the alarm stays OK under the next comparable load (lbdoctor verify)"],
      rollback: command === null ? [] : [`make the change of ${clock(change.at)} again: ${patchOf(change)}`],
      arithmetic: ["no forecast: the same load before the change is the measure"],
    };
  },
});

/** The change of what fails that made it; of a configuration change also the alarm's own. */
function changeBehind(
  { alarm, changes: changed, episodes, judged }: Partial<Facts>,
  ofAlarm: boolean,
): ChangeFact | null {
  if (!alarm || !changed || !episodes || !judged) return null;
  const made = readChanges({ alarm, changed, episodes, judged }).find(({ answer }) => answer === "yes");
  if (made) return made.change;
  const first = episodes.episodes[0]?.alarmAt ?? 0;
  const own = changed.changes.filter(({ kind, reaches, at }) => kind === "alarm" && reaches === "yes" && at <= first);
  return ofAlarm ? (own.at(-1) ?? null) : null;
}

function patchOf({ settings, what }: ChangeFact): string {
  return settings.length === 0 ? what : settings.map(settingWords).join("\n");
}

function linesOf({ settings }: ChangeFact): string[] {
  return settings.flatMap(({ name, before, after }) => [
    ...(after === null ? [] : [`- ${name}: ${after}`]),
    ...(typeof before === "string" ? [`+ ${name}: ${before}`] : []),
  ]);
}
