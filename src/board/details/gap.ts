import { type Line, labelled, line, parts, span, wrapped } from "../../drawing/lines.ts";
import type { Session } from "../../model/session.ts";

/** Something that could not be read: what, what that leaves undecided, and what to do. */
export function gapLines({ gaps, steps }: Session, id: string, width: number): Line[] {
  const gap = gaps.find((one) => one.id === id);
  if (!gap) return [];
  const step = steps.find((one) => one.id === gap.step)?.title ?? gap.step;
  return parts(
    [...wrapped(gap.what, width, "strong"), line(`${gap.source}, ${gap.kind} · in step: ${step}`, "dim")],
    gap.consequence === "" ? [] : labelled(span("so   ", "dim"), gap.consequence, width),
    labelled(span("try  ", "dim"), gap.remedy, width),
    wrapped("then r re-runs this step", width, "dim"),
  );
}
