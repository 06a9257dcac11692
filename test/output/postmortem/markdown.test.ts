import { lint } from "markdownlint/sync";
import { marked, type Token, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import type { Session } from "../../../src/model/session.ts";
import { anchor } from "../../../src/output/postmortem/block.ts";
import { OBEYED } from "../../obeyed.ts";
import { hostile, PAYLOADS } from "../hostile.ts";
import { session } from "../session.ts";
import { solved, written } from "./solved.ts";

const STYLE = { default: true, MD013: false, MD024: { siblings_only: true } };
const incidents = await Promise.all(
  (["worker-ceiling", "clumping", "fleet-long-poll"] as const).map(async (name) => [name, await solved(name)] as const),
);
const blind = await solved("worker-ceiling", ({ source }) => source !== "cloudwatch");

function tokensOf(markdown: string): Token[] {
  const all: Token[] = [];
  marked.walkTokens(marked.lexer(markdown, { gfm: true }), (token) => {
    all.push(token);
  });
  return all;
}

const of = <T extends Token>(tokens: readonly Token[], type: string): T[] =>
  tokens.filter((token): token is T => token.type === type);

describe.each([...incidents, ["nothing but CloudWatch", blind] as const])("the markdown of %s", (_, incident) => {
  const files = written(incident);
  const markdown = files.get("incident.md") ?? "";
  const tokens = tokensOf(markdown);

  it("passes a linter", () => {
    const found = lint({ strings: { markdown }, config: STYLE });
    expect(found.markdown?.map(({ lineNumber, ruleNames }) => `${lineNumber} ${ruleNames.join(" ")}`)).toEqual([]);
  });

  it("links only to headings that are there", () => {
    const headings = new Set(
      of<Tokens.Heading>(tokens, "heading").map(({ text }) => anchor(text.replaceAll("\\", ""))),
    );
    const links = of<Tokens.Link>(tokens, "link").map(({ href }) => href);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((href) => !href.startsWith("#") || !headings.has(href.slice(1)))).toEqual([]);
  });

  it("shows every figure that lies beside it, with a text alternative and the figures in words", () => {
    const images = of<Tokens.Image>(tokens, "image");
    expect(images.map(({ href }) => href).sort()).toEqual(
      [...files.keys()].filter((path) => path.endsWith(".svg")).sort(),
    );
    for (const { text } of images) expect(text.length).toBeGreaterThan(20);
    const captions = of<Tokens.Em>(tokens, "em").filter(({ text }) => /\d/.test(text));
    expect(captions.length).toBeGreaterThanOrEqual(images.length);
  });
});

describe.each(PAYLOADS)("hostile text %j", (payload) => {
  const [, main] = incidents[0] ?? [];
  const clean = written({ ...(main as Session), fixes: session().fixes });
  const dirty = written(hostile({ ...(main as Session), fixes: session().fixes }, payload));
  const markdown = dirty.get("incident.md") ?? "";
  const tokens = tokensOf(markdown);

  it("adds no HTML, no picture and no link to the markdown", () => {
    expect(of<Tokens.HTML>(tokens, "html").map(({ raw }) => raw)).toEqual([]);
    expect(of<Tokens.Link>(tokens, "link").filter(({ href }) => !href.startsWith("#"))).toEqual([]);
    expect(of<Tokens.Image>(tokens, "image").filter(({ href }) => !/^incident\/[a-z-]+\.svg$/.test(href))).toEqual([]);
  });

  it("names nobody and no issue outside of code, for GitHub, GitLab or a chat", () => {
    // As GitHub sees it: the text that is left when markdown is gone (html-pipeline, MentionFilter).
    const plain = of<Tokens.Text>(tokens, "text").filter((token) => !("tokens" in token && token.tokens));
    for (const { raw } of plain) expect(raw).not.toMatch(/(?<![\w`])[@#]\w|[!%]\d|<[!@#]/);
  });

  it("leaves headings, tables, lists and code blocks as they were", () => {
    const shape = (text: string) => {
      const all = tokensOf(text);
      return {
        headings: of<Tokens.Heading>(all, "heading")
          .slice(1)
          .map(({ depth }) => depth),
        tables: of<Tokens.Table>(all, "table").map(({ header, rows }) => [header.length, rows.length]),
        items: of<Tokens.ListItem>(all, "list_item").length,
        code: of<Tokens.Code>(all, "code").map(({ lang }) => lang),
      };
    };
    expect(shape(markdown)).toEqual(shape(clean.get("incident.md") ?? ""));
  });

  it("leaves every row of a table with as many cells as its head", () => {
    const rows = markdown.split("\n").filter((line) => line.startsWith("| "));
    const bars = (line: string) => line.replace(/\\[\\|]/g, "").split("|").length;
    const uneven = rows.filter((line, index) => {
      const before = rows[index - 1];
      const sameTable = before !== undefined && markdown.includes(`${before}\n${line}\n`);
      return sameTable && bars(before) !== bars(line);
    });
    expect(uneven).toEqual([]);
  });

  it("leaves nothing in any file that a terminal or a viewer would obey", () => {
    for (const [path, text] of dirty) expect(text, path).not.toMatch(OBEYED);
  });

  it("adds no element to the pictures and to the page", () => {
    const elements = (text: string) =>
      [...new Set([...text.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, name]) => name))].sort();
    for (const [path, svg] of dirty)
      if (path.endsWith(".svg")) expect(elements(svg), path).toEqual(elements(clean.get(path) ?? ""));
    const page = written(hostile(main as Session, payload), "html").get("incident.html") ?? "";
    expect(elements(page)).toEqual(elements(written(main as Session, "html").get("incident.html") ?? ""));
    expect(page).not.toMatch(/<[^>]*\son\w+=/i);
  });
});
