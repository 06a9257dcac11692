import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import { scaffold } from "../../scripts/new.ts";
import { withEntry, withExport, withImport } from "../../scripts/scaffold/lists.ts";
import { KINDS } from "../../scripts/scaffold/stamps.ts";

const run = promisify(execFile);
const HERE = new URL("../../", import.meta.url);
const COPIED = [
  "src",
  "playbooks",
  "simulator",
  "scripts",
  "test",
  "schema",
  "package.json",
  "tsconfig.json",
  "biome.json",
];
/** The tests that an author runs; see CONTRIBUTING.md. */
const FAST = [
  "test/playbooks",
  "test/signals",
  "test/verdicts/decisions.test.ts",
  "test/output/pages.test.ts",
  "test/parsers",
  "test/sources/descriptors.test.ts",
  "test/output/writers.test.ts",
];

/** Compiler, linter and tests run whole; on a busy machine that takes a minute. */
const SLOW = 240_000;

let scratch = "";
const root = () => pathToFileURL(`${scratch}/`);
const text = (file: string) => readFileSync(new URL(file, root()), "utf8");
const bin = (module: string) => join(HERE.pathname, "node_modules", module);
/** A program in the scratch copy: its exit code and everything that it printed. */
async function inScratch(script: string, ...words: readonly string[]): Promise<{ code: number; out: string }> {
  return run(process.execPath, [bin(script), ...words], { cwd: scratch }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, out: stdout + stderr }),
  );
}
const stamped = (...words: readonly string[]) => inScratch("tsx/dist/cli.mjs", "scripts/new.ts", ...words);

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "lbdoctor-new-"));
  for (const one of COPIED) cpSync(new URL(one, HERE), new URL(one, root()), { recursive: true });
  symlinkSync(join(HERE.pathname, "node_modules"), join(scratch, "node_modules"));
  writeFileSync(join(scratch, "vitest.config.ts"), "export default { test: { testTimeout: 60_000 } };\n");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("npm run new", () => {
  it.each(KINDS)("stamps a %s, lists it, and says what is left to decide", async (kind) => {
    const lines = await scaffold(root(), kind, "slow-dns");
    expect(lines[0]).toMatch(/^made (playbooks|src\/sources|src\/output)\/.*slow-dns/);
    expect(lines.at(lines.indexOf("left to decide:") + 1)).toMatch(/^- /);
  });

  it("lists a unit in the playbook that is named, by a name that the language allows", async () => {
    const { code, out } = await stamped("cause", "delete", "--playbook", "slow-dns");
    expect(code, out).toBe(0);
    expect(text("playbooks/alarms/slow-dns/playbook.ts")).toContain("causes: [deleteCause]");
  });

  it(
    "makes what compiles, is formatted and passes the fast tests, but for what is left to decide",
    async () => {
      expect(await inScratch("typescript/bin/tsc", "--noEmit")).toEqual({ code: 0, out: "" });
      const { code, out } = await inScratch(
        "@biomejs/biome/bin/biome",
        "check",
        "--vcs-enabled=false",
        "playbooks",
        "src",
        "test",
      );
      expect(code, out).toBe(0);
      await inScratch("vitest/vitest.mjs", "run", "--reporter=json", "--outputFile=result.json", ...FAST);
      const { testResults } = JSON.parse(text("result.json")) as {
        testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
      };
      const results = testResults.flatMap(({ assertionResults }) => assertionResults);
      expect(results.filter(({ status }) => status === "passed").length).toBeGreaterThan(100);
      expect(
        results.map(({ title }) => title),
        "the row of the signal",
      ).toContain("nothing is compared yet");
      expect(
        results.map(({ title }) => title),
        "the source",
      ).toContain("every kind of question of 'slow-dns' is one of its operations, and is granted");
      const failed = results.filter(({ status }) => status !== "passed");
      expect(failed.map(({ title }) => title)).toEqual([
        "latency: every pair of causes is told apart, or declared alike",
      ]);
      const neighbours = playbooks
        .find(({ id }) => id === "latency")
        ?.causes.filter(
          // Told apart from all others by what it is.
          ({ standsAlone }) => !standsAlone,
        ).length;
      expect(failed[0]?.failureMessages.join(""), "a pair for each neighbour").toContain(`…(${neighbours})`);
    },
    SLOW,
  );

  it.each([
    ["cause", "slow-dns", undefined, /^playbooks\/causes\/slow-dns\/cause\.ts exists/],
    ["signal", "pods-idle", undefined, /^playbooks\/signals\/pods-idle\.ts exists/],
    ["source", "http", undefined, /^src\/sources\/http exists/],
    ["source", "prometheus", undefined, /^src\/sources\/prometheus exists/],
    ["cause", "../up", undefined, /^"\.\.\/up" is not an id/],
    ["fix", "Slow_DNS", undefined, /is not an id/],
    ["fix", "slow-net", "nowhere", /^there is no playbook nowhere/],
    ["fix", "slow-net", "../../alarms/latency", /^there is no playbook/],
  ] as const)("refuses %s %s %s in one sentence, and writes nothing", async (kind, id, playbook, sentence) => {
    const before = text("playbooks/alarms/latency/playbook.ts");
    await expect(scaffold(root(), kind, id, playbook)).rejects.toThrow(sentence);
    expect(text("playbooks/alarms/latency/playbook.ts")).toBe(before);
    expect(existsSync(new URL("playbooks/fixes/slow-net", root()))).toBe(false);
  });

  it.each([[["dashboard", "x"]], [["cause"]], [["cause", "a", "b"]], [["cause", "a", "--plybook", "tls"]]])(
    "says how it is used for %j",
    async (words) => {
      const { code, out } = await stamped(...words);
      expect(out).toMatch(/^usage: npm run new <playbook\|cause/);
      expect(code).toBe(2);
    },
  );
});

describe("lists", () => {
  it("breaks a line that grows too wide", () => {
    const names = Array.from({ length: 9 }, (_, index) => `playbook${"x".repeat(4)}${index}`).join(", ");
    const grown = withEntry(`const all = [${names}];\n`, "all = ", "oneMore");
    expect(grown?.split("\n").slice(0, 2)).toEqual(["const all = [", "  playbookxxxx0,"]);
    expect(grown).toMatch(/ {2}oneMore,\n\];\n$/);
  });

  it("keeps last what a comment keeps last", () => {
    const list = "  fixes: [\n    one,\n    // Last: …\n    two,\n  ],\n";
    expect(withEntry(list, "  fixes: ", "three")).toBe(
      "  fixes: [\n    one,\n    three,\n    // Last: …\n    two,\n  ],\n",
    );
  });

  it("passes on a module, sorted by its path", () => {
    const text = 'import a from "./z.ts";\nexport * from "./a.ts";\nexport type { C } from "./c.ts";\n';
    expect(withExport(text, "./b.ts").split("\n")[2]).toBe('export * from "./b.ts";');
  });

  it("says so where there is no such list", () => {
    expect(withEntry("const all = other;\n", "fixes: ", "three")).toBeNull();
  });

  it("sorts an import by its path", () => {
    const text = 'import a from "./a.ts";\nimport c from "./c.ts";\n\na(c);\n';
    expect(withImport(text, "b", "./b.ts").split("\n")[1]).toBe('import b from "./b.ts";');
  });
});
