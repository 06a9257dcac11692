import type { FactorFound } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { type Block, evidence, type Line, list, type Section, text } from "../block.ts";

/** What made it longer, louder or harder to see; removing one alone would not have ended it. */
export function factorsSection({ factors }: Session): Section {
  const contributing = factors.filter(({ harmless }) => !harmless);
  return {
    id: "factors",
    title: "Contributing factors",
    blocks:
      contributing.length === 0
        ? [text("None was found.")]
        : [text("Each made it longer, louder or harder to see; none is the cause."), ...told(contributing)],
  };
}

/** What is wrong and did nothing to this incident. */
export function besideSection({ factors }: Session): Section {
  const beside = factors.filter(({ harmless }) => harmless);
  return {
    id: "beside",
    title: "Also found",
    blocks: beside.length === 0 ? [] : [text("Harmless in this incident, but worth fixing."), ...told(beside)],
  };
}

function told(found: readonly FactorFound[]): Block[] {
  return list(
    found.map(
      ({ factor, statement, evidence: ids }): Line => [{ code: factor }, ": ", statement, ...evidence(ids.slice(0, 1))],
    ),
  );
}
