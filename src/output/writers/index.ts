import { Unusable } from "../../model/unusable.ts";
import html from "./html/writer.ts";
import json from "./json/writer.ts";
import md from "./md/writer.ts";
import slack from "./slack/writer.ts";
import summary from "./summary/writer.ts";
import text from "./text/writer.ts";
import type { Writer } from "./writer.ts";

/** Every way to tell a session, in the order of the help. The first document is what `postmortem` writes by itself. */
export const WRITERS: readonly Writer[] = [text, json, md, html, summary, slack];

/** The writers that make documents. */
export const DOCUMENTS: readonly Writer[] = WRITERS.filter(({ isDocument }) => isDocument);

/** The writer of that id. Throws an Unusable that names the others. */
export function writerOf(id: string): Writer {
  const found = WRITERS.find((one) => one.id === id);
  if (found) return found;
  throw new Unusable(`there is no format ${id}; known are ${WRITERS.map((one) => one.id).join(", ")}`);
}
