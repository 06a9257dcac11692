import { heading, type Line, line, parts } from "../../drawing/lines.ts";
import { drawPicture, type Picture } from "../../drawing/picture.ts";
import type { Session } from "../../model/session.ts";
import type { Item } from "../rows.ts";
import { statementLines } from "./evidence.ts";
import { factorLines } from "./factor.ts";
import { findingLines } from "./finding.ts";
import { fixLines } from "./fix.ts";
import { gapLines } from "./gap.ts";
import { hypothesisLines } from "./hypothesis.ts";
import { stepLines } from "./step.ts";
import { verdictLines } from "./verdict.ts";

/** The pages about causes and factors that are loaded, by id. */
export type Pages = ReadonlyMap<string, string>;

/** What the details show besides the session. */
export interface Library {
  readonly pages: Pages;
  readonly pictures: readonly Picture[];
}

/** What there is to see of the chosen item, as lines of at most `width` columns. */
export function detailOf(session: Session, item: Item, width: number, { pages, pictures }: Library): Line[] {
  switch (item.kind) {
    case "verdict":
      return verdictLines(session, width, pictures);
    case "hypothesis":
      return hypothesisLines(session, item.cause, width, pages.get(item.cause), pictures);
    case "picture":
      return pictureLines(session, item.picture, width, pictures);
    case "factor":
      return factorLines(session, item.factor, width, pages.get(item.factor), pictures);
    case "finding":
      return findingLines(session, item.finding, width, pictures);
    case "gap":
      return gapLines(session, item.gap, width);
    case "fix":
      return fixLines(session, item.fix, width);
    case "step":
      return stepLines(session, item.step, width);
  }
}

function pictureLines(session: Session, evidence: string, width: number, pictures: readonly Picture[]): Line[] {
  const picture = pictures.find((one) => one.evidence === evidence);
  if (!picture) return [];
  const findings = session.findings.filter(({ step }) => step === evidence);
  return parts(
    [heading(picture.title.toUpperCase())],
    drawPicture(picture, session, width),
    findings.length === 0
      ? []
      : [line("FINDINGS", "strong"), ...findings.flatMap((one) => statementLines(session, one, width))],
  );
}
