import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Terminal } from "../../src/app/terminal.ts";
import { knowsLinks } from "../../src/cli/links.ts";
import { isLong, pagerOf, print } from "../../src/cli/pager.ts";

const folder = mkdtempSync(join(tmpdir(), "lbdoctor-pager-"));
afterEach(() => rmSync(join(folder, "paged"), { force: true }));

/** A terminal of so many rows that keeps what is written to it. */
function terminal(environment: NodeJS.ProcessEnv, rows = 5, isTTY = true) {
  const written: string[] = [];
  const out = { isTTY, rows, write: (text: string) => written.push(text) };
  const env = { PATH: process.env.PATH, ...environment };
  return { written, terminal: { environment: env, out, err: out } as unknown as Terminal };
}

const LONG = "line\n".repeat(20);
const paged = () => readFileSync(join(folder, "paged"), "utf8");

describe("a long result on a terminal", () => {
  it("goes through PAGER, options and all, with less told to leave what fits", async () => {
    const { written, terminal: one } = terminal({ PAGER: `sh -c 'echo "$LESS"; cat' > ${join(folder, "paged")}` });
    await print(LONG, one);
    expect(written).toEqual([]);
    expect(paged()).toBe(`FRX\n${LONG}`);
  });

  it("leaves the person's own LESS as it is", async () => {
    const { terminal: one } = terminal({ LESS: "R", PAGER: `sh -c 'echo "$LESS"' > ${join(folder, "paged")}` });
    await print(LONG, one);
    expect(paged()).toBe("R\n");
  });

  it("is printed where there is no such pager", async () => {
    const { written, terminal: one } = terminal({ PAGER: "no-such-pager-of-anybody 2>/dev/null" });
    await print(LONG, one);
    expect(written).toEqual([LONG]);
  });

  it("may be left before its end", async () => {
    const { written, terminal: one } = terminal({ PAGER: "true" });
    await print("line\n".repeat(100_000), one);
    expect(written).toEqual([]);
  });

  it.each([
    ["it fits", { PAGER: "less" }, 50, true],
    ["the pager is cat", { PAGER: "cat" }, 5, true],
    ["the pager is none", { PAGER: "" }, 5, true],
    ["the terminal is dumb", { TERM: "dumb" }, 5, true],
    ["it is no terminal", {}, 5, false],
  ] as const)("is printed as it is where %s", async (_, environment, rows, isTTY) => {
    const { written, terminal: one } = terminal(environment, rows, isTTY);
    await print(LONG, one);
    expect(written).toEqual([LONG]);
  });

  it("is long from the line on that would push the first one out", () => {
    const { terminal: one } = terminal({}, 5);
    expect([isLong("1\n2\n3\n4\n", one), isLong("1\n2\n3\n4\n5\n", one)]).toEqual([false, true]);
    expect(pagerOf(one)).toBe("less");
  });
});

describe("hyperlinks", () => {
  it.each<[NodeJS.ProcessEnv, boolean]>([
    [{ TERM: "xterm-256color" }, false],
    [{ TERM: "xterm-256color", VTE_VERSION: "4902" }, false],
    [{ TERM: "xterm-256color", VTE_VERSION: "6800" }, true],
    [{ TERM: "xterm-256color", TERM_PROGRAM: "Apple_Terminal" }, false],
    [{ TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app" }, true],
    [{ TERM: "tmux-256color", TERM_PROGRAM: "iTerm.app", TMUX: "/tmp/x" }, false],
    [{ TERM: "screen", VTE_VERSION: "6800" }, false],
    [{ TERM: "xterm-kitty" }, true],
    [{ TERM: "dumb", WT_SESSION: "1" }, false],
    [{}, false],
  ])("%j: %s", (environment, known) => {
    expect(knowsLinks(environment)).toBe(known);
  });
});
