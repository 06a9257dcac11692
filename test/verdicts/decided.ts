import { allowed } from "../../src/engine/differential.ts";
import { judgeTable, signalsOf } from "../../src/engine/judge.ts";
import type { Decision } from "../../src/model/decision.ts";
import type { CauseDefinition } from "../../src/model/playbook.ts";
import type { Reading, SignalAnswer } from "../../src/model/signal.ts";

/** The decisions of a cause, or of its table for another kind of alarm. */
export async function decisionsOf({ cause, table }: CauseDefinition): Promise<readonly Decision[]> {
  const file = table === undefined ? "decisions.ts" : `${table}.decisions.ts`;
  return (
    (await import(/* @vite-ignore */ `../../playbooks/causes/${cause}/${file}`)) as { default: readonly Decision[] }
  ).default;
}

/** The picture that confirms a cause (or supports it, where nothing is specific to it): an answer for each signal. */
function fitting(cause: CauseDefinition): [id: string, answer: SignalAnswer][] {
  return signalsOf(cause).map((signal) => [signal.id, allowed(cause, signal)[0] ?? "unknown"]);
}

/** What a cause is where the signals say this, and every other signal fits it or says what the others say. */
export function decided(
  cause: CauseDefinition,
  { says, others }: Pick<Decision, "says" | "others">,
): Pick<Decision, "status" | "later"> {
  const fits = fitting(cause).map(([id, answer]): [string, SignalAnswer] => [id, others ?? answer]);
  const readings = new Map(
    [...fits, ...Object.entries(says)].map(([id, answer]): [string, Reading] => [
      id,
      { answer, statement: id, evidence: [], figure: null },
    ]),
  );
  const { status, explains, doubts } = judgeTable(cause, readings, {}, [1]);
  if (status === "undetermined" && explains.length > 0) return { status, later: "none named" };
  return doubts ? { status, later: "likely at most" } : { status };
}

/** Whether the cause is what a line of its decision table says. */
export function isAsDecided(cause: CauseDefinition, decision: Decision): boolean {
  const { status, later } = decided(cause, decision);
  return status === decision.status && later === decision.later;
}
