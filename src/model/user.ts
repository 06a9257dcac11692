import type { Finding } from "./finding.ts";
import type { Cause } from "./vocabulary.ts";

/**
 * What a person did to an investigation. Acts are only ever appended: the session keeps all of them, the newest of a
 * kind counts, and none changes what lbdoctor itself found or judged.
 */
export type UserAct = { /** ISO 8601 */ readonly at: string } & (
  | { readonly type: "noted"; readonly finding: string; readonly text: string }
  | { readonly type: "added"; readonly id: string; readonly statement: string }
  | { readonly type: "ruled"; readonly cause: Cause; readonly ruling: Ruling; readonly reason: string }
  | { readonly type: "asked-again"; readonly step: string }
  | { readonly type: "allowed-exec" }
);

/** A person's own judgement of a hypothesis; it stands beside lbdoctor's. `withdrawn` takes an earlier one back. */
export type Ruling = "accepted" | "rejected" | "withdrawn";

export type Note = Extract<UserAct, { type: "noted" }>;
export type Ruled = Extract<UserAct, { type: "ruled" }>;

/** The step under which a person's own findings stand. */
export const OWN_STEP = "own";

/** A person's own findings, in the order in which they were added. They prove nothing to lbdoctor. */
export function ownFindings(acts: readonly UserAct[]): Finding[] {
  return acts.flatMap((act) =>
    act.type === "added" ? [{ id: act.id, step: OWN_STEP, statement: act.statement, measures: {}, reproduce: [] }] : [],
  );
}

/** The id of the next finding of one's own: "own.1", "own.2", … */
export function nextOwnId(acts: readonly UserAct[]): string {
  return `${OWN_STEP}.${ownFindings(acts).length + 1}`;
}

export function notesOn(acts: readonly UserAct[], finding: string): Note[] {
  return acts.filter((act): act is Note => act.type === "noted" && act.finding === finding);
}

/** What a person last said of a hypothesis; null where nothing, or where it was taken back. */
export function rulingOn(acts: readonly UserAct[], cause: Cause): Ruled | null {
  const last = acts.filter((act): act is Ruled => act.type === "ruled" && act.cause === cause).at(-1);
  return last && last.ruling !== "withdrawn" ? last : null;
}
