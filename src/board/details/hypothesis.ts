import { apart, cut, heading, type Line, labelled, line, parts, span, wrapped } from "../../drawing/lines.ts";
import type { Picture } from "../../drawing/picture.ts";
import { SIGN } from "../../drawing/signs.ts";
import type { Hypothesis } from "../../model/judgement.ts";
import type { Session } from "../../model/session.ts";
import { type Ruled, rulingOn } from "../../model/user.ts";
import type { Cause } from "../../model/vocabulary.ts";
import { plural } from "../../model/words.ts";
import { pageLines, sectionOf } from "../markdown.ts";
import { referenceTo, statusMark, statusTone } from "../rows.ts";
import { evidenceLines } from "./evidence.ts";

/** How a judgement is told in front of its reason. */
const REASON = {
  confirmed: "confirmed: ",
  supported: "possible: ",
  rejected: "ruled out: ",
  undetermined: "open: ",
} as const;

/** A hypothesis: its claim, what decided it, the evidence with its picture, and the rule by which it was judged. */
export function hypothesisLines(
  session: Session,
  cause: Cause,
  width: number,
  page: string | undefined,
  pictures: readonly Picture[],
): Line[] {
  const hypothesis = session.hypotheses.find((one) => one.cause === cause);
  if (!hypothesis) return [];
  const ruling = rulingOn(session.user ?? [], cause);
  const evidence = evidenceLines(session, hypothesis.evidence, width, pictures);
  const rule = page === undefined ? "" : sectionOf(page, /judges|judged/i);
  return parts(
    [head(hypothesis, width), ...wrapped(hypothesis.claim, width, "dim")],
    reason(session, hypothesis, width),
    ruling ? rulingLines(ruling, width) : [],
    evidence.length > 0 ? [heading("EVIDENCE"), ...evidence] : [],
    rule === "" ? [] : [heading("HOW IT IS JUDGED", "e shows the whole page"), ...pageLines(rule, width)],
  );
}

function head({ title, status }: Hypothesis, width: number): Line {
  const right = span(` ${status}`, statusTone(status));
  return apart([span(cut(title.toUpperCase(), width - right.text.length), "strong")], [right], width);
}

function reason(session: Session, { status, because, evidence, explains }: Hypothesis, width: number): Line[] {
  const reference = referenceTo(session, evidence);
  const of = session.facts.episodes?.episodes.length ?? 0;
  const mark = statusMark(status);
  return [
    ...labelled(
      { ...mark, text: `${mark.text} ` },
      `${REASON[status]}${because} ${reference}`.trimEnd(),
      width,
      "strong",
    ),
    ...(explains.length > 0 ? [line(`  explains ${explains.length} of ${plural(of, "episode")}`, "dim")] : []),
  ];
}

function rulingLines({ ruling, reason: why, at }: Ruled, width: number): Line[] {
  const what = ruling === "rejected" ? "You ruled it out" : "You accepted it";
  return labelled(
    span(`${SIGN.byYou} `, "accent"),
    `${what} (${at.slice(0, 16).replace("T", " ")} UTC): ${why}`,
    width,
    "accent",
  );
}
