import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { summaryOf } from "../../src/output/summary.ts";
import { OBEYED } from "../obeyed.ts";
import { hostile, PAYLOADS } from "./hostile.ts";
import { solved } from "./postmortem/solved.ts";
import { session } from "./session.ts";

const main = await solved("worker-ceiling");
const MARKUPS = ["slack", "markdown"] as const;
const labels = (text: string) => [...text.matchAll(/^(?:• |- )([A-Z][a-z ]+): /gm)].map(([, label]) => label);

describe.each(MARKUPS)("a summary as %s", (markup) => {
  const text = summaryOf(main, markup);

  it("says cause and confidence, alarm, impact, fix, what it is not, and what to type next", () => {
    const [first] = text.split("\n");
    expect(first).toContain(main.verdict?.headline);
    expect(first).toContain("(confirmed · ");
    expect(labels(text)).toEqual(["Alarm", "Impact", "Fix", "Also", "Ruled out", "Next"]);
    expect(text).toContain(`Next: \`lbdoctor fix ${main.opening.id}\``);
    expect(text.trim().split("\n").length).toBeLessThanOrEqual(8);
  });

  it("says that nothing is established, what is open and how to get what is missing", async () => {
    const blind = await solved("worker-ceiling", ({ source }) => source !== "cloudwatch" && source !== "elbv2");
    const open = summaryOf(blind, markup);
    expect(open).toMatch(/^\*{1,2}Cause: not established\./);
    expect(labels(open)).toEqual(["Alarm", "Impact", "Ruled out", "Open", "Next"]);
    expect(open).toContain("lbdoctor show ");
  });

  it("names the page of a cause that nothing is proposed for, and how an interrupted run goes on", () => {
    expect(summaryOf(session(), markup)).toContain("`lbdoctor explain worker-concurrency-ceiling`");
    const ended = summaryOf(session({ outcome: "interrupted" }), markup);
    expect(ended).toContain("`lbdoctor resume 2026-06-26-slow-0123abcd`");
  });

  it("counts the explanations that it does not name", () => {
    const { hypotheses } = session();
    const [, one] = hypotheses;
    const many = [...hypotheses, ...Array.from({ length: 4 }, () => one as (typeof hypotheses)[number])];
    expect(summaryOf(session({ hypotheses: many }), markup)).toMatch(/ · 3 more$/m);
  });

  it.each(PAYLOADS)("lets nothing of %j be obeyed, drawn or read as a line of its own", (payload) => {
    const dirty = summaryOf(hostile(session(), payload), markup);
    expect(dirty).not.toMatch(OBEYED);
    expect(dirty.split("\n").length).toBe(summaryOf(session(), markup).split("\n").length);
  });
});

describe("hostile text in Slack's markup", () => {
  /** What is left when code, which Slack does not read, is gone. */
  const read = (text: string) => text.replace(/`[^`\n]*`/g, "");

  it.each(PAYLOADS)("%j mentions, links and notifies nobody, posted or pasted", (payload) => {
    const dirty = summaryOf(hostile(session(), payload), "slack");
    // Entities and signs are looked for in code as well when a message is posted.
    expect(dirty).not.toMatch(/[<>@&]|#\w|:\/\//);
    expect(read(dirty)).not.toMatch(/\w\.[a-z]{2}/);
    expect(read(dirty).replace(/^\*.*?\*(?= |$)/gm, "")).not.toMatch(/[*_~]/);
  });

  it("stands in code where it is a host's name, an emoji or emphasis, and as it is where it is none of these", () => {
    const { verdict } = session();
    const headline = "shop.example waits 0.48 s for v1.2.3, :tada: (cache_hot)";
    const one = session({ verdict: verdict && { ...verdict, headline } });
    expect(summaryOf(one, "slack")).toMatch(
      /^\*`shop\.example` waits 0\.48 s for v1\.2\.3, `:tada:` \(`cache_hot`\)\.\*/,
    );
  });
});

describe("hostile text in markdown", () => {
  it.each(PAYLOADS)("%j makes no link, picture or HTML, and names nobody", (payload) => {
    const found: string[] = [];
    marked.walkTokens(marked.lexer(summaryOf(hostile(session(), payload), "markdown"), { gfm: true }), (token) => {
      if (["html", "link", "image"].includes(token.type)) found.push(token.raw);
      if (token.type === "text" && !token.tokens) expect(token.raw).not.toMatch(/[@#]\w|[!%]\d|<[!@#]|GH-\d/i);
    });
    expect(found).toEqual([]);
  });
});
