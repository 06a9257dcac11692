/**
 * `npm run mutants [-- SIGNAL]`: loosens and tightens every named threshold of the signals, those of src/analysis/limits.ts
 * that they share, and those of the modules that test/thresholds/rows/ holds; flips every comparison in the signals, and
 * drops every condition from every cause's table; one at a time, and holds the rows of the fast tests against each. A
 * mutant that no row notices survives, and fails the run.
 */
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { compileFunction } from "node:vm";
import { transform } from "esbuild";
import { playbooks } from "../playbooks/index.ts";
import * as limits from "../src/analysis/limits.ts";
import type { CauseDefinition } from "../src/model/playbook.ts";
import type { Condition, Signal } from "../src/model/signal.ts";
import type { Row } from "../test/signals/row.ts";
import type { Held } from "../test/thresholds/row.ts";
import { decisionsOf, isAsDecided } from "../test/verdicts/decided.ts";
import { readingOf } from "../test/verdicts/judged.ts";

/** A threshold is moved by this share of its own: a row must stand closer to it than that. */
const MOVE = 0.1;
/** What counts whole things is moved by one of them at least: 7.2 breaches are eight. */
const COUNTS = /^(ENOUGH|LEAST|LOST_MINUTES|SHIFTED|FURTHEST|FLAPS|CYCLES|STEPS|QUARTERS)/;
/** Constants that decide nothing: a sentence's advice (slower-since-rollout). */
const ADVICE: ReadonlySet<string> = new Set(["COMPARED"]);
const FLIPPED: { readonly [operator: string]: string } = { ">=": "<", "<=": ">", ">": "<=", "<": ">=" };

type Modules = ReadonlyMap<string, object>;
type Exports = { readonly [name: string]: unknown };

interface Mutant {
  readonly what: string;
  readonly text: string;
  /** What it imports instead of what the file does. */
  readonly modules?: Modules;
}

const PLAYBOOK = "../../src/playbook.ts";
const [only] = process.argv.slice(2);
const root = new URL("../", import.meta.url);
const survivors: string[] = [];
let killed = 0;

const signals = new URL("playbooks/signals/", root);
for (const file of readdirSync(signals).sort()) {
  if (only !== undefined && file !== `${only}.ts`) continue;
  const url = new URL(file, signals);
  const source = readFileSync(url, "utf8");
  const modules = await importsOf(source, url);
  const { default: rows } = (await import(`../test/signals/rows/${file}`)) as { default: readonly Row[] };
  const mutants = [...thresholds(source), ...shared(source, modules), ...comparisons(source)];
  await hold(file, source, mutants, modules, async (mutant) => {
    const signal = mutant.default as Signal;
    return rows.every(([, facts, answer]) => readingOf(signal, facts).answer === answer);
  });
}

const held = new URL("test/thresholds/rows/", root);
for (const file of readdirSync(held).sort()) {
  if (only !== undefined && file !== `${only}.ts`) continue;
  const { default: own } = (await import(new URL(file, held).href)) as { default: Held<unknown> };
  const url = new URL(own.module, root);
  const source = readFileSync(url, "utf8");
  await hold(file, source, thresholds(source), await importsOf(source, url), async (mutant) => {
    for (const [, ask, answer] of own.rows) if (!isDeepStrictEqual(await ask(mutant), answer)) return false;
    return true;
  });
}

const causes = [...new Set(playbooks.flatMap((playbook) => playbook.causes))];
for (const cause of only === undefined ? causes : []) {
  const decisions = await decisionsOf(cause);
  let here = 0;
  const mutants = dropped(cause);
  for (const [what, mutant] of mutants) {
    if (decisions.some((decision) => !isAsDecided(mutant, decision))) here += 1;
    else survivors.push(`${cause.cause}: ${what}`);
  }
  killed += here;
  console.log(`${cause.cause.padEnd(32)} ${here} of ${mutants.length} noticed`);
}

for (const survivor of survivors) console.log(`survived: ${survivor}`);
console.log(`${killed} of ${killed + survivors.length} mutants noticed`);
process.exitCode = survivors.length > 0 ? 1 : 0;

/** Every named threshold a little higher, and a little lower. */
function thresholds(source: string): Mutant[] {
  return [...source.matchAll(/^(?:export )?const ([A-Z][A-Z_0-9]*) = ([\d._ */+]+);$/gm)].flatMap((match) => {
    const [whole, name = "", value] = match;
    if (ADVICE.has(name)) return [];
    const move = COUNTS.test(name) ? `Math.max(1, ${MOVE} * (${value}))` : `${MOVE} * (${value})`;
    return ["+", "-"].map((sign) => ({
      what: `${name} ${sign} ${move}`,
      text: replacedAt(source, match.index, whole, whole.replace(";", ` ${sign} ${move};`)),
    }));
  });
}

/** Every limit that the signal shares with others, a little higher and a little lower where it is imported. */
function shared(source: string, modules: Modules): Mutant[] {
  const used = Object.entries(limits).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source));
  return used.flatMap(([name, value]) =>
    [1 + MOVE, 1 - MOVE].map((factor) => ({
      what: `${name} × ${factor}`,
      text: source,
      modules: new Map([...modules, [PLAYBOOK, { ...modules.get(PLAYBOOK), [name]: value * factor }]]),
    })),
  );
}

/** Every comparison the other way round; those within types and arrows are none. */
function comparisons(source: string): Mutant[] {
  return [...source.matchAll(/ (>=|<=|>|<) /g)].flatMap((match) => {
    const [whole, operator = ""] = match;
    const line = source.slice(0, match.index).split("\n").length;
    const text = source.split("\n")[line - 1] ?? "";
    if (/^\s*(\/?\*|\/\/)/.test(text)) return [];
    return [
      {
        what: `line ${line}: ${operator} flipped`,
        text: replacedAt(source, match.index, whole, ` ${FLIPPED[operator]} `),
      },
    ];
  });
}

function replacedAt(source: string, index: number, old: string, fresh: string): string {
  return source.slice(0, index) + fresh + source.slice(index + old.length);
}

/** Counts the mutants of a file that its rows notice. A mutant that throws is noticed; the file itself must fit. */
async function hold(
  file: string,
  source: string,
  mutants: readonly Mutant[],
  modules: Modules,
  fits: (module: Exports) => Promise<boolean>,
): Promise<void> {
  if (!(await fits(await compiled(source, modules)))) throw new Error(`${file}: its rows do not fit it as it is`);
  let here = 0;
  for (const { what, text, modules: own = modules } of mutants) {
    if (await fits(await compiled(text, own)).catch(() => false)) survivors.push(`${file}: ${what}`);
    else here += 1;
  }
  killed += here;
  console.log(`${file.padEnd(32)} ${here} of ${mutants.length} noticed`);
}

async function compiled(text: string, modules: Modules): Promise<Exports> {
  const { code } = await transform(text, { loader: "ts", format: "cjs" });
  const module = { exports: {} };
  compileFunction(code, ["module", "require"])(module, (name: string) => modules.get(name));
  return module.exports;
}

/** What a file imports, by the name under which it does. */
async function importsOf(source: string, url: URL): Promise<Modules> {
  const names = [...source.matchAll(/from "([^"]+)";$/gm)].map(([, name = ""]) => name);
  const loaded = names.map(async (name) => {
    const module = (await import(new URL(name, url).href)) as object;
    return [name, { ...module, __esModule: true }] as const;
  });
  return new Map(await Promise.all(loaded));
}

/** The cause with one condition less, for each of its conditions. */
function dropped(cause: CauseDefinition): [what: string, CauseDefinition][] {
  const parts = ["rejects", "needs", "supports", "blocks"] as const;
  const conditions = parts.flatMap((part) =>
    (cause[part] ?? []).map((condition: Condition): [string, CauseDefinition] => [
      `${part} without ${condition.signal.id}`,
      { ...cause, [part]: cause[part]?.filter((one) => one !== condition) },
    ]),
  );
  const alone: [string, CauseDefinition][] = cause.bringsAbout
    ? [["bringing nothing about", { ...cause, bringsAbout: false }]]
    : [];
  const here: [string, CauseDefinition][] = cause.elsewhere
    ? [["nowhere elsewhere", { ...cause, elsewhere: undefined } as CauseDefinition]]
    : [];
  const shown = cause.specific.map((signal): [string, CauseDefinition] => [
    `specific without ${signal.id}`,
    { ...cause, specific: cause.specific.filter((one) => one !== signal) },
  ]);
  return [...shown, ...conditions, ...alone, ...here];
}
