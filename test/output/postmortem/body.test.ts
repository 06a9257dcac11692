import { readdirSync } from "node:fs";
import { lint } from "markdownlint/sync";
import { marked, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { LAYOUTS, OWN } from "../../../src/output/postmortem/layouts/index.ts";
import { BODY } from "../../../src/output/postmortem/layouts/layout.ts";
import { fixtures, recorded, replay } from "../../verdicts/replay.ts";
import { session } from "../session.ts";
import { repeated, sentences } from "./sentences.ts";
import { bodyText, documentText, sectionText } from "./solved.ts";

const measured = readdirSync(new URL("../../../fixtures/measured/", import.meta.url));
const recordings = [...fixtures, ...measured.map((name) => `measured/${name}`)].sort();
const incidents = await Promise.all(
  recordings.map(async (name) => [name, await replay(await recorded(name))] as const),
);

describe.each(incidents)("the body of %s", (_, incident) => {
  const whole = documentText(incident);
  const body = bodyText(whole);

  it("says no sentence twice", () => {
    const read = sentences(body);
    expect(read.length).toBeGreaterThan(20);
    expect(repeated(read)).toEqual([]);
  });

  it("is about two pages: at most so many words, and less than half of the document", () => {
    const words = (text: string) =>
      text
        .replace(/\]\([^)]*\)/g, "]")
        .split(/\s+/)
        .filter((one) => /\w/.test(one)).length;
    expect(words(body)).toBeLessThan(1_750);
    expect(words(body)).toBeLessThan(words(whole) / 2);
  });

  it("has commands only in fences of a shell, each on lines of its own", () => {
    const fences = marked.lexer(whole, { gfm: true }).filter((token): token is Tokens.Code => token.type === "code");
    expect(
      fences.filter(({ lang }) => !["sh", "promql", "diff", "json", "yaml", "mermaid"].includes(lang ?? "")),
    ).toEqual([]);
    for (const { lang, text } of fences)
      if (lang === "sh") expect(text).toMatch(/^(?:(?:kubectl|aws|curl|helm|lbdoctor|npm)\b|[A-Z_]+=)/);
  });

  it("asks people only about what this incident's changes turn on", () => {
    const asked = body.includes("\n## For the team to complete\n") ? sectionText(body, "For the team to complete") : "";
    const touches = (what: RegExp) =>
      incident.fixes.some(({ changes }) => changes.some(({ target }) => what.test(target)));
    expect(asked.includes("Who owns the alarm")).toBe(touches(/^(?:new )?alarm /));
    expect(asked.includes("Which repository and file holds")).toBe(touches(/^(?!(?:new )?alarm )/));
    expect(asked.match(/^- \[ \]/gm)?.length ?? 0).toBeLessThanOrEqual(5);
  });
});

describe.each(LAYOUTS)("the layout $id", (layout) => {
  const placed = layout.body.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (typeof piece === "string" ? [piece] : "parts" in piece ? piece.parts : [])),
  );

  it("places every part of the body once", () => {
    expect([...placed].sort()).toEqual([...BODY].sort());
  });

  it.each(incidents)("gives lint-free markdown of %s, with its own headings in its own order", (_, incident) => {
    const markdown = documentText(incident, "md", { layout });
    const found = lint({
      strings: { markdown },
      config: { default: true, MD013: false, MD024: { siblings_only: true }, MD026: { punctuation: ".,;:!" } },
    });
    expect(found.markdown?.map(({ lineNumber, ruleNames }) => `${lineNumber} ${ruleNames.join(" ")}`)).toEqual([]);
    const headings = [...markdown.matchAll(/^## (.+)$/gm)].map(([, title = ""]) => title.replaceAll("\\", ""));
    const titles = [...layout.body.map(({ title }) => title), layout.annex];
    expect(headings).toEqual(titles.filter((title) => headings.includes(title)));
    expect(headings.length).toBeGreaterThan(titles.length - 3);
  });

  it("says the same as every other layout, but for what people are to write", () => {
    const said = (one: typeof layout) =>
      sentences(bodyText(documentText(session(), "md", { layout: one }))).filter(
        (words) => !words.startsWith("todo: "),
      );
    expect(said(layout).sort()).toEqual(said(OWN).sort());
  });
});

it("the layouts keep the headings of the templates that they are named after", () => {
  const headings = (id: string) => LAYOUTS.find((one) => one.id === id)?.body.map(({ title }) => title);
  // Site Reliability Engineering, appendix D; date, authors and status are its first lines.
  expect(headings("google")).toEqual([
    "Status",
    "Summary",
    "Impact",
    "Root Causes",
    "Trigger",
    "Resolution",
    "Detection",
    "Action Items",
    "Lessons Learned",
    "Timeline",
  ]);
  // response.pagerduty.com, after/post_mortem_template
  expect(headings("pagerduty")).toEqual([
    "Postmortem Owner",
    "Overview",
    "What Happened",
    "Contributing Factors",
    "Resolution",
    "Impact",
    "Responders",
    "Timeline",
    "How'd We Do?",
    "Action Items",
    "Messaging",
  ]);
  // AWS Cloud Operations Blog, "Creating a correction of errors document"
  expect(headings("coe")).toEqual([
    "Summary",
    "Impact",
    "Timeline",
    "Metrics",
    "Incident Questions",
    "5 Whys",
    "Action Items",
    "Related Items",
  ]);
});

describe("many episodes and earlier alarms", () => {
  const [, main] = incidents.find(([name]) => name === "worker-ceiling") ?? [];
  const { episodes } = main?.facts ?? {};
  if (!main || !episodes) throw new Error("the main incident has episodes");
  const [first] = episodes.episodes;
  if (!first) throw new Error("the main incident has episodes");

  it("share one row in the timeline, between the first and the last ones", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...first,
      id: index + 1,
      alarmAt: first.alarmAt + index * 300,
      okAt: first.alarmAt + index * 300 + 60,
    }));
    const text = documentText({ ...main, facts: { ...main.facts, episodes: { ...episodes, episodes: many } } });
    const timeline = sectionText(text, "Timeline");
    expect(timeline).toContain("**ALARM** 56 more times until 09:50 (episodes 2 to 57; annex, Episodes)");
    // Beside those, the ones after the rollout and after the scalings.
    expect(timeline.match(/\*\*ALARM\*\*/g)).toHaveLength(5);
    expect(sectionText(text, "Episodes").match(/^\| \d+ \|/gm)).toHaveLength(60);
  });

  it("before the window are counted with the first of them", () => {
    const at = episodes.window.start - 7_200;
    const earlier = [
      { at, from: "OK", to: "ALARM" },
      { at: at + 60, from: "ALARM", to: "OK" },
      { at: at + 600, from: "OK", to: "ALARM" },
    ] as const;
    const text = documentText({ ...main, facts: { ...main.facts, episodes: { ...episodes, earlier } } });
    expect(sectionText(text, "Timeline")).toMatch(
      /\| 2026-06-26 02:15 \| \*\*Earlier: ALARM\*\* 2 times until 2026-06-26 02:25 UTC, before the window/,
    );
  });
});
