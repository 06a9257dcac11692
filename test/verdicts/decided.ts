import { judgeTable, signalsOf } from "../../src/engine/judge.ts";
import type { Decision } from "../../src/model/decision.ts";
import type { Status } from "../../src/model/judgement.ts";
import type { CauseDefinition } from "../../src/model/playbook.ts";
import type { Reading, SignalAnswer } from "../../src/model/signal.ts";

/** The picture that confirms a cause (or supports it, where nothing is specific to it): an answer for each signal. */
function fitting(cause: CauseDefinition): Map<string, SignalAnswer> {
  const { specific, rejects, needs, supports } = cause;
  const asked = specific.length > 0 ? needs : supports;
  const fits = (id: string, answer: SignalAnswer) =>
    (!specific.some((signal) => signal.id === id) || answer === "yes") &&
    asked.every(({ signal, answers }) => signal.id !== id || answers.includes(answer)) &&
    rejects.every(({ signal, answers }) => signal.id !== id || !answers.includes(answer));
  const answers: readonly SignalAnswer[] = ["yes", "no", "unclear", "unknown"];
  return new Map(signalsOf(cause).map(({ id }) => [id, answers.find((answer) => fits(id, answer)) ?? "unknown"]));
}

/** What a cause is where the signals say this, and everything else fits it. */
export function decided(cause: CauseDefinition, { says }: Pick<Decision, "says">): Status {
  const answers = new Map([...fitting(cause), ...Object.entries(says)]);
  const readings = new Map(
    [...answers].map(([id, answer]): [string, Reading] => [id, { answer, statement: id, evidence: [], figure: null }]),
  );
  return judgeTable(cause, readings, {}, [1]).status;
}
