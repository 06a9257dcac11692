import { findingPage } from "../../finding.ts";
import { plainPage } from "../../plain.ts";
import type { Write } from "../writer.ts";

/** A page for a terminal: the investigation, or one finding of it. */
export const write: Write = (session, { finding, style, brief, pictures }) => ({
  text: finding ? findingPage(session, finding, style) : plainPage(session, style, brief ? "short" : "full", pictures),
  beside: [],
});
