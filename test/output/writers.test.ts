import { readdirSync } from "node:fs";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { figures } from "../../playbooks/figures.ts";
import { OUTCOMES, type Session } from "../../src/model/session.ts";
import { verdictOf } from "../../src/output/verdict.ts";
import { DOCUMENTS, WRITERS, writerOf } from "../../src/output/writers/index.ts";
import { NO_WISHES } from "../../src/output/writers/writer.ts";
import { OBEYED } from "../obeyed.ts";
import { hostile, PAYLOADS } from "./hostile.ts";
import { session } from "./session.ts";

/* What every writer holds to, the next one too: it stands in the list, and that is all that this asks for. */

const ENTITIES: { readonly [entity: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** The text as a person reads it: without escapes, entities, tags and the breaks of lines. */
function read(text: string, media: string): string {
  const plain = media === "text/html" ? text.replace(/<style>.*?<\/style>/gs, "").replace(/<[^>]+>/g, " ") : text;
  return plain
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity] ?? "")
    .replace(/\\(?=[\\`*_[\]>|~&$#!:.+"-])/g, "")
    .replace(/\s+/g, " ");
}

/** Names of the elements that a viewer of this kind of text would make. */
function elements(text: string, media: string): string[] {
  if (media === "text/html" || media === "image/svg+xml")
    return [...new Set([...text.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, name = ""]) => name))].sort();
  if (media !== "text/markdown") return [];
  const found: string[] = [];
  marked.walkTokens(marked.lexer(text, { gfm: true }), (token) => {
    if (token.type === "html" || (token.type === "link" && !String(token.href).startsWith("#"))) found.push(token.raw);
  });
  return found;
}

/** One session for each outcome, as an investigation that ended so leaves it. */
function ended(outcome: Session["outcome"]): Session {
  const { verdict, facts } = session();
  if (outcome === "established" || outcome === "likely") return session({ outcome });
  const headline = verdictOf({ ...session({ outcome }), verdict: null }).headline;
  const none = { ...verdict, rootCause: null, confidence: "none", headline, summary: headline } as Session["verdict"];
  return session({ outcome, verdict: none, facts: outcome === "unsupported-alarm" ? { ...facts } : facts });
}

it("stands in the list as it stands in the folders, each by its own name", () => {
  const folders = readdirSync(new URL("../../src/output/writers/", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(WRITERS.map(({ id }) => id).sort()).toEqual(folders.sort());
  expect(DOCUMENTS.length).toBeGreaterThan(0);
  const endings = DOCUMENTS.map(({ extension }) => extension);
  expect(new Set(endings).size).toBe(endings.length);
});

it("says which there are where one is not known", () => {
  expect(() => writerOf("papyrus")).toThrow(/^there is no format papyrus; known are text, json, md, html/);
});

describe.each(WRITERS)("the writer $id", ({ load, media }) => {
  const written = async (one: Session, stem: string | null = "incident") => {
    const { text, beside } = (await load())(one, { ...NO_WISHES, stem, figures });
    const drawn = beside.map(({ path, text: svg }) => ({ path, text: svg, media: "image/svg+xml" }));
    return [{ path: "", text, media }, ...drawn];
  };

  it.each(PAYLOADS)("lets nothing of %j be obeyed, drawn or run", async (payload) => {
    const clean = await written(session());
    for (const [index, { path, text, media: kind }] of (await written(hostile(session(), payload))).entries()) {
      expect(text, path).not.toMatch(OBEYED);
      expect(elements(text, kind), path).toEqual(elements(clean[index]?.text ?? "", kind));
    }
  });

  it.each(OUTCOMES)("says an outcome in the one wording that there is: %s", async (outcome) => {
    const one = ended(outcome);
    const [document] = await written(one);
    // Documents write it as a sentence.
    const text = read(document?.text ?? "", media).toLowerCase();
    expect(text.includes(verdictOf(one).headline.toLowerCase()), text.slice(0, 400)).toBe(true);
  });

  it("gives the same text for the same session, and changes nothing in it", async () => {
    const one = session();
    const before = JSON.stringify(one);
    expect(await written(one)).toEqual(await written(session()));
    expect(JSON.stringify(one)).toBe(before);
  });

  it("points to no file beside it where it goes to a stream", async () => {
    expect(await written(session(), null)).toHaveLength(1);
  });
});

it.each(WRITERS.filter((one) => one.takes.includes("finding")))(
  "$id tells of one finding alone",
  async ({ load, media }) => {
    const one = session();
    const [, , third] = one.findings;
    const { text } = (await load())(one, { ...NO_WISHES, finding: third ?? null });
    expect(read(text, media)).toContain(third?.statement);
    expect(read(text, media)).not.toContain(one.findings[0]?.statement);
  },
);
