import { asItIs } from "../../drawing/as-it-is.ts";
import { heading, type Line, labelled, line, parts, span, wrapped } from "../../drawing/lines.ts";
import { SIGN } from "../../drawing/signs.ts";
import type { Refusal } from "../../model/judgement.ts";
import type { Session } from "../../model/session.ts";
import { changesOf } from "../../output/sections.ts";
import { blockLines, diffTone } from "../../output/terminal.ts";

/** A fix as a proposal: why, its patches with their commands, what must hold before, what to check, how to go back. */
export function fixLines({ fixes }: Session, id: string, width: number): Line[] {
  const fix = fixes.find((one) => one.id === id);
  if (!fix) return [];
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [heading(title), ...items.flatMap((item) => labelled(span("· ", "dim"), item, width))];
  return parts(
    [
      ...wrapped(fix.title, width, "strong"),
      line(`for ${fix.for.join(", ")} · a proposal: lbdoctor changes nothing`, "dim"),
    ],
    blockLines(changesOf(fix), { width, numberOf: () => "" }),
    wrapped(fix.why, width),
    fix.risk === "" ? [] : [heading("RISK"), ...wrapped(fix.risk, width, "warn")],
    list("ARITHMETIC", fix.arithmetic ?? []),
    list("PREREQUISITES", fix.preconditions),
    ...fix.changes.map(({ target, patch, command }) =>
      parts([heading("CHANGE", target), ...asItIs(patch, width, diffTone)], wrapped(command, width, "accent")),
    ),
    list("VERIFY", fix.verify),
    list("ROLL BACK", fix.rollback),
    refusals(fix.notOffered ?? [], width),
  );
}

/** What one might do instead, and why it would not end the alarm. */
function refusals(list: readonly Refusal[], width: number): Line[] {
  if (list.length === 0) return [];
  return [
    heading("REJECTED"),
    ...list.flatMap(({ title, because }) => labelled(span(`${SIGN.rejected} `, "bad"), `${title}: ${because}`, width)),
  ];
}
