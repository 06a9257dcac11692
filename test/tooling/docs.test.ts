import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lint } from "markdownlint/sync";
import { describe, expect, test } from "vitest";
import { boardPicture } from "../../scripts/board-picture.ts";
import { lbdoctor, ROOT } from "../cli/lbdoctor.ts";

/* What the README and the pages beside it show is what the tool does now. */

const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const { scripts } = JSON.parse(read("package.json"));

test("the picture of the board is the board (npm run readme)", async () => {
  expect(await boardPicture()).toBe(read("docs/board.svg"));
});

test("the page that is shown is the one that npm start prints (npm run readme)", async () => {
  const words = String(scripts.start).split(" ").slice(2);
  const { code, stdout } = await lbdoctor(words, { cwd: ROOT });
  expect(code).toBe(0);
  const shown = /<!-- capture -->\n```\n([\s\S]*?)\n```\n<!-- end/.exec(read("docs/example.md"))?.[1];
  expect(shown).toBe(stdout.trimEnd());
});

describe("the README", () => {
  const readme = read("README.md");

  test("has the two commands that a new clone is tried with, as they are in package.json", () => {
    expect(readme).toContain("```sh\nnpm ci && npm start\n```");
    expect(readme).toContain("```sh\nnpm ci && npm test\n```");
    expect(scripts).toMatchObject({ start: expect.stringContaining("--plain"), test: "vitest run" });
  });

  test("leads to the first result on one screen", () => {
    const line = readme.split("\n").indexOf("npm ci && npm start");
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThan(24);
  });
});

test.each(PAGES)("%s leads nowhere that is not there", (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
});

test.each(PAGES)("%s is clean markdown", (page) => {
  // Tables have rows that no line can hold, and the captures are as wide as the terminal.
  const config = {
    default: true,
    MD013: { line_length: 130, tables: false, code_blocks: false },
    MD033: false,
    MD040: false,
    MD060: false,
  };
  const found = lint({ strings: { [page]: read(page) }, config })[page] ?? [];
  expect(
    found.map(({ lineNumber, ruleNames, errorDetail }) => `${lineNumber} ${ruleNames[0]} ${errorDetail ?? ""}`),
  ).toEqual([]);
});
