import type { CauseDefinition, Playbook, Step } from "../model/playbook.ts";
import type { Session, StepGap } from "../model/session.ts";
import type { FactToken } from "../model/token.ts";
import { consequence, defectId, unitOf } from "./gaps.ts";
import { factsOf, signalsOf } from "./judge.ts";

/** The session's gaps, each with what stays open because of it, now that everything is known. */
export function consequencesOf(session: Session, playbook: Playbook, has: (token: FactToken) => boolean): StepGap[] {
  return session.gaps.map((gap) => {
    const lost = lostThrough(gap.step, playbook, has);
    const own = new Set(playbook.steps.find(({ id }) => id === gap.step)?.gives.map(({ id }) => id));
    const steps = playbook.steps.filter(
      ({ id, needs }) =>
        session.steps.find((one) => one.id === id)?.state === "skipped" &&
        Object.values(needs).some((token) => lost.has(token.id)),
    );
    const wanting = playbook.causes.filter(
      (cause) => failedIn(cause, gap) || factsOf(cause).some(({ id }) => lost.has(id) || own.has(id)),
    );
    const open = session.hypotheses.filter(
      ({ cause, status }) => status === "undetermined" && wanting.some((one) => one.cause === cause),
    );
    const titles = { steps: steps.map(({ title }) => title), open: open.map(({ title }) => title) };
    return { ...gap, consequence: consequence(titles.steps, titles.open) };
  });
}

/** Whether the gap is the failure of the cause itself, or of a signal that it is judged by. */
function failedIn(cause: CauseDefinition, { id }: StepGap): boolean {
  return [unitOf.cause(cause), ...signalsOf(cause).map(unitOf.signal)].some((unit) => id === defectId(unit));
}

/** The ids of the facts that a step, and those that waited for it, did not give. */
function lostThrough(stepId: string, { steps }: Playbook, has: (token: FactToken) => boolean): Set<string> {
  const lost = new Set<string>();
  const origin = steps.find((step) => step.id === stepId);
  const queue = origin ? [origin] : [];
  for (let step = queue.shift(); step; step = queue.shift()) {
    for (const token of step.gives) {
      if (has(token) || lost.has(token.id)) continue;
      lost.add(token.id);
      queue.push(...steps.filter((other) => readBy(other).some(({ id }) => id === token.id)));
    }
  }
  return lost;
}

/** Every fact that a step waits for, at its start or when it comes to it. */
export function readBy({ needs, uses }: Step): FactToken[] {
  return [...Object.values(needs), ...uses];
}
