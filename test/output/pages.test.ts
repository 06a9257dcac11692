import { readdirSync, readFileSync } from "node:fs";
import { lint } from "markdownlint/sync";
import { describe, expect, it } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import { contents, explained, neighbours } from "../../src/cli/commands/explain.ts";
import { pageText } from "../../src/cli/page-text.ts";
import { type Page, pageCalled, readPages } from "../../src/cli/pages.ts";
import { signalsOf } from "../../src/engine/judge.ts";

const PLAYBOOKS = new URL("../../playbooks/", import.meta.url);
const pages = await readPages(PLAYBOOKS);

const PARTS = ["What it is", "How it shows", "How lbdoctor judges it", "What it is confused with", "What to do"];

/** The units in which a page may write a constant of the code: "60 %" for 0.6, "2 h" for 7200. */
const UNIT: { readonly [unit: string]: number } = { "%": 0.01, s: 1, min: 60, h: 3600, days: 86_400 };

/** The ids of the units of a kind: the names of their folders. */
function units(kind: string): string[] {
  const entries = readdirSync(new URL(`${kind}/`, PLAYBOOKS), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

const tables = [...new Set(playbooks.flatMap(({ causes }) => causes))];

/** Limits that several judgements share; a unit takes those that it imports. */
const SHARED = readFileSync(new URL("../src/analysis/limits.ts", PLAYBOOKS), "utf8");

/** The thresholds of a unit, its own and the shared ones that it imports: name → values. */
function thresholdsOf(source: string): Map<string, number[]> {
  const imported = new Set(
    /^import \{([^}]*)\}/m
      .exec(source)?.[1]
      ?.split(",")
      .map((name) => name.trim()),
  );
  const shared = [...constantsOf(SHARED)].filter(([name]) => imported.has(name));
  return new Map([...constantsOf(source), ...shared]);
}

/** Numeric constants at the top level of a module. Regular expressions and texts have none. */
function constantsOf(source: string): Map<string, number[]> {
  const found = [...source.matchAll(/^(?:export )?const ([A-Z][A-Z_0-9]*) = ([\d._ */+[\],-]+)(?: as const)?;$/gm)];
  return new Map(
    found.map(([, name = "", value = ""]) => [
      name,
      value
        .replace(/[[\]]/g, "")
        .split(",")
        .map((one) => one.split("*").reduce((product, factor) => product * Number(factor.replaceAll("_", "")), 1)),
    ]),
  );
}

/** The constants that a page tells, each `NAME = value unit` in code, as numbers of the code's unit. */
function toldOn(page: string): [name: string, values: number[]][] {
  return [...page.replace(/\s+/g, " ").matchAll(/`([A-Z][A-Z_0-9]*) = ([^`]+)`/g)].map(([, name = "", told = ""]) => {
    const [, value = "", unit = ""] = /^([\d.–]+) ?(%|s|min|h|days)?$/.exec(told) ?? [];
    return [name, value.split("–").map((one) => Number(one) * (UNIT[unit] ?? 1))];
  });
}

/** Whether a page tells this constant: its name may stand there several times, for the constants of several signals. */
function isTold(told: readonly [string, readonly number[]][], name: string, values: readonly number[]): boolean {
  return told.some(
    ([one, figures]) =>
      one === name &&
      figures.length === values.length &&
      values.every((value, index) => Math.abs((figures[index] ?? Number.NaN) - value) < 1e-6),
  );
}

const textOf = (kind: string, id: string, file: string) =>
  readFileSync(new URL(`${kind}/${id}/${file}`, PLAYBOOKS), "utf8");

/** The thresholds of signals and of the signals that these read: each with its name; several may share one. */
function thresholdsOfSignals(ids: readonly string[], seen = new Set<string>()): [name: string, values: number[]][] {
  return ids.flatMap((id) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const source = readFileSync(new URL(`signals/${id}.ts`, PLAYBOOKS), "utf8");
    const read = [...source.matchAll(/from "\.\/([a-z-]+)\.ts"/g)].map(([, name = ""]) => name);
    return [...thresholdsOf(source), ...thresholdsOfSignals(read, seen)];
  });
}

describe.each(["causes", "factors"])("every unit of playbooks/%s", (kind) => {
  it.each(units(kind))("%s has a page with the same parts, in the same order", (id) => {
    const page = textOf(kind, id, "page.md");
    expect(page).toMatch(new RegExp(`^# ${id}\n`));
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(PARTS);
  });
});

it.each(units("factors"))("factor %s: the page tells every threshold of the code, and none besides", (id) => {
  const source = textOf("factors", id, "factor.ts");
  const read = [...source.matchAll(/from "\.\.\/\.\.\/signals\/([a-z-]+)\.ts"/g)].map(([, name = ""]) => name);
  const thresholds = [...thresholdsOf(source), ...thresholdsOfSignals(read)];
  const told = toldOn(textOf("factors", id, "page.md"));
  for (const [name, values] of thresholds) expect(isTold(told, name, values), `${name} = ${values}`).toBe(true);
  const gone = told.filter(([name, values]) => !isTold(thresholds, name, values));
  expect(gone, `${id}: on the page, not in the code`).toEqual([]);
});

/** A cause has one page, whatever kinds of alarms judge it, each by a table of its own. */
describe.each(units("causes").map((id) => [id, tables.filter(({ cause }) => cause === id)] as const))(
  "the page of %s",
  (id, judged) => {
    const told = toldOn(textOf("causes", id, "page.md"));
    const own = judged.flatMap(({ table }) => [...thresholdsOf(textOf("causes", id, `${table ?? "cause"}.ts`))]);

    it("tells every threshold of the signals that show it, and the cause's own", () => {
      const shown = thresholdsOfSignals(judged.flatMap(({ specific }) => specific.map((signal) => signal.id)));
      const missing = [...own, ...shown].filter(([name, values]) => !isTold(told, name, values));
      expect(missing).toEqual([]);
    });

    it("tells no threshold that none of its signals has", () => {
      const known = [...own, ...thresholdsOfSignals(judged.flatMap(signalsOf).map((signal) => signal.id))];
      expect(told.filter(([name, values]) => !isTold(known, name, values))).toEqual([]);
    });
  },
);

it("every page is clean markdown", () => {
  const strings = Object.fromEntries(pages.map(({ kind, id, markdown }) => [`${kind} ${id}`, markdown]));
  const found = lint({ strings, config: { default: true, MD013: { line_length: 105, code_blocks: false } } });
  const told = Object.entries(found).flatMap(([page, faults]) =>
    faults.map(
      ({ lineNumber, ruleNames, errorDetail }) => `${page}:${lineNumber} ${ruleNames[0]} ${errorDetail ?? ""}`,
    ),
  );
  expect(told).toEqual([]);
});

it("every page that a page names is there", () => {
  const ids = new Set(pages.map(({ id }) => id));
  const broken = pages.flatMap(({ id, markdown }) =>
    [...markdown.replace(/\s+/g, " ").matchAll(/\bsee `([a-z-]+)`/gi)].flatMap(([, named = ""]) =>
      ids.has(named) ? [] : [`${id} → ${named}`],
    ),
  );
  expect(broken).toEqual([]);
});

it("no two pages answer to the same name", () => {
  const owner = new Map<string, Page>();
  const twice = pages.flatMap((page) =>
    page.names.flatMap((name) => {
      const key = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
      const other = owner.get(key);
      owner.set(key, page);
      return other && other.id !== page.id ? [`${name}: ${other.id} and ${page.id}`] : [];
    }),
  );
  expect(twice).toEqual([]);
});

describe("explain", () => {
  it.each([
    ["worker-concurrency-ceiling", "worker-concurrency-ceiling"],
    ["TargetResponseTime", "target-response-time"],
    ["HPA", "horizontal-pod-autoscaler"],
    ["round robin", "round-robin"],
    ["GIL", "interpreter-lock"],
    ["cpu.max", "throttling"],
    ["ip mode", "target-type"],
    ["Jain's index", "evenness"],
    ["LOR", "least-outstanding-requests"],
    ["long poll", "long-poll-held-open"],
  ])("finds %s on the page %s", (wanted, id) => {
    expect(pageCalled(pages, wanted)?.id).toBe(id);
  });

  it("offers near names for one that nothing is called", () => {
    expect(() => explained(pages, "worker-concurency-ceilin")).toThrow(
      /^unknown name "worker-concurency-ceilin"; did you mean worker-concurrency-ceiling, /,
    );
    expect(() => explained(pages, "autoscal")).toThrow(/did you mean .*autoscaler-never-triggers/);
  });

  it("tells a known cause that has no page yet from an unknown word", () => {
    const before = pages.filter(({ id }) => id !== "blocked-by-waf");
    expect(() => explained(before, "blocked-by-waf")).toThrow(/known name, but this version does not judge it yet/);
  });

  it("tells a cause from a neighbour by a signal's question and the answers of both", () => {
    const told = neighbours({ kind: "cause", id: "uneven-pod-load" });
    expect(told).toMatch(/^\n## What separates it from similar causes\n\n- `/);
    expect(told).toMatch(/^- `sticky-session-skew`: .+\? \((?:no here, yes|yes here, not yes) there\)$/m);
    const lines = tables.flatMap(({ cause }) => neighbours({ kind: "cause", id: cause }).match(/^- .+$/gm) ?? []);
    for (const line of lines) expect(line).toMatch(/^- `[a-z-]+`: [A-Z].+\? \([a-z ]+ here, [a-z ]+ there\)$/);
  });

  it("has no neighbours for what is no cause", () => {
    expect(neighbours({ kind: "term", id: "round-robin" })).toBe("");
    expect(neighbours(undefined)).toBe("");
  });

  it("shows nothing that a terminal would obey in its message", () => {
    expect(() => explained(pages, "a\u001b[31mb")).toThrow(/unknown name "a\\u\{1b\}\[31mb/);
  });

  it("leads from a word that no page is called to the pages that speak of it", () => {
    expect(() => explained(pages, "502")).toThrow(
      /^no page is called "502"; it is mentioned in .*: lbdoctor explain [a-z-]+$/,
    );
    expect(() => explained(pages, "Envoy*(")).toThrow(/^unknown name/);
  });

  it.each([60, 80, 120])("lists every page without a name, each in one line of %i columns", (width) => {
    const listed = contents(pages, { width }).split("\n");
    for (const { id } of pages) {
      const [line = ""] = listed.filter((one) => one.startsWith(`  ${id} `));
      expect([id, line.slice(id.length + 2).trim().length > 10]).toEqual([id, true]);
    }
    expect(listed.slice(0, -3).filter((line) => line.length > width)).toEqual([]);
  });

  it.each([60, 88])("prints a page without the signs of markdown, in %i columns", (width) => {
    for (const { id, markdown } of pages) {
      const lines = pageText(markdown, { width, color: false }).split("\n");
      expect([id, lines.filter((line) => /^#|\*\*|`/.test(line))]).toEqual([id, []]);
      expect([id, lines.filter((line) => line.length > width && !/^ {2}\S/.test(line))]).toEqual([id, []]);
    }
  });
});
