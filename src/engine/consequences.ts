import type { Playbook } from "../model/playbook.ts";
import type { Session, StepGap } from "../model/session.ts";
import type { FactToken } from "../model/token.ts";
import { consequence } from "./gaps.ts";
import { factsOf } from "./judge.ts";

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
    const open = session.hypotheses.filter((one, index) => {
      const cause = playbook.causes[index];
      const reads = cause ? factsOf(cause) : [];
      return one.status === "undetermined" && reads.some(({ id }) => lost.has(id) || own.has(id));
    });
    const titles = { steps: steps.map(({ title }) => title), open: open.map(({ title }) => title) };
    return { ...gap, consequence: consequence(titles.steps, titles.open) };
  });
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
      queue.push(...steps.filter((other) => reads(other).some(({ id }) => id === token.id)));
    }
  }
  return lost;
}

function reads({ needs, uses }: Playbook["steps"][number]): FactToken[] {
  return [...Object.values(needs), ...uses];
}
