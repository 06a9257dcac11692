import type { CauseDefinition, Playbook, Step } from "../model/playbook.ts";
import type { Session, StepGap } from "../model/session.ts";
import type { FactToken } from "../model/token.ts";
import { consequence, defectId, unitOf } from "./gaps.ts";
import { factsOf, signalsOf } from "./judge.ts";

/** What is known of a run besides its session. */
interface Known {
  has(token: FactToken): boolean;
  /** The steps that lack the answer to the question of this key: one failure may cost several. */
  lacking(key: string): ReadonlySet<string>;
}

/**
 * The session's gaps, each with what stays open because of it, now that everything is known, and with the first of the
 * steps that it concerns as its own: which of them asked last does not show.
 */
export function consequencesOf(session: Session, playbook: Playbook, { has, lacking }: Known): StepGap[] {
  return session.gaps.map((gap) => {
    const asked = session.steps.flatMap(({ id }) => (lacking(gap.id).has(id) ? [id] : []));
    const concerned = asked.length > 0 ? asked : [gap.step];
    const own = playbook.steps.filter(({ id }) => concerned.includes(id));
    const lost = lostThrough(own, playbook, has);
    const wanted = new Set([...lost, ...own.flatMap(({ gives }) => gives.map(({ id }) => id))]);
    const steps = playbook.steps.filter(
      ({ id, needs }) =>
        session.steps.find((one) => one.id === id)?.state === "skipped" &&
        Object.values(needs).some((token) => lost.has(token.id)),
    );
    const wanting = playbook.causes.filter(
      (cause) => failedIn(cause, gap) || factsOf(cause).some(({ id }) => wanted.has(id)),
    );
    const open = session.hypotheses.filter(
      ({ cause, status }) => status === "undetermined" && wanting.some((one) => one.cause === cause),
    );
    const titles = { steps: steps.map(({ title }) => title), open: open.map(({ title }) => title) };
    return { ...gap, step: concerned[0] ?? gap.step, consequence: consequence(titles.steps, titles.open) };
  });
}

/** Whether the gap is the failure of the cause itself, or of a signal that it is judged by. */
function failedIn(cause: CauseDefinition, { id }: StepGap): boolean {
  return [unitOf.cause(cause), ...signalsOf(cause).map(unitOf.signal)].some((unit) => id === defectId(unit));
}

/** The ids of the facts that these steps, and those that waited for them, did not give. */
function lostThrough(origins: readonly Step[], { steps }: Playbook, has: Known["has"]): Set<string> {
  const lost = new Set<string>();
  const queue = [...origins];
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
