import { heading, type Line, line, parts, wrapped } from "../../drawing/lines.ts";
import type { Picture } from "../../drawing/picture.ts";
import type { Session } from "../../model/session.ts";
import type { Factor } from "../../model/vocabulary.ts";
import { pageLines } from "../markdown.ts";
import { evidenceLines } from "./evidence.ts";

/** A factor, contributing or harmless: what was seen, the evidence, and its page. */
export function factorLines(
  session: Session,
  id: Factor,
  width: number,
  page: string | undefined,
  pictures: readonly Picture[],
): Line[] {
  const factor = session.factors.find((one) => one.factor === id);
  if (!factor) return [];
  const about = page === undefined ? "" : page.replace(/^# .*\n/, "");
  const kind = factor.harmless ? "harmless in this incident" : "contributing factor";
  return parts(
    [...wrapped(factor.statement, width, "strong"), line(`${kind}: ${id}`, "dim")],
    [heading("EVIDENCE"), ...evidenceLines(session, factor.evidence, width, pictures)],
    about === "" ? [] : pageLines(about, width),
  );
}
