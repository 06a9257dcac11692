import { type ChangeFact, changeWords, clock, type Values } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import { changesFact } from "../evidence/changes/fact.ts";
import { type ChangeReading, readChanges } from "../signals/trouble-since-change.ts";

/** What a cause uses to name the change that made it. */
export const MADE_BY = { alarm: alarmFact, changed: changesFact, episodes: episodesFact, judged: judgedFact };

type Kinds = readonly ChangeFact["kind"][];
type Known = Partial<Values<typeof MADE_BY>>;

/**
 * A sentence that names the change behind a cause, with a blank before it; empty where none is recorded. One that came
 * before and is not shown to have made it is told as that.
 */
export function madeBy(known: Known, kinds: Kinds): string {
  const all = read(known, kinds);
  const made = all.find(({ answer }) => answer === "yes");
  if (made) return ` It began with a change at ${clock(made.change.at)}: ${changeWords(made.change)}.`;
  const open = all.filter(({ answer }) => answer === "unclear").at(-1);
  return open
    ? ` A change at ${clock(open.change.at)} may have caused it: ${changeWords(open.change)}; ${open.because}.`
    : "";
}

function read({ alarm, changed, episodes, judged }: Known, kinds: Kinds): ChangeReading[] {
  if (!alarm || !changed || !episodes || !judged) return [];
  return readChanges({ alarm, changed, episodes, judged }).filter(({ change }) => kinds.includes(change.kind));
}
