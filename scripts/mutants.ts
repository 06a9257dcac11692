/**
 * `npm run mutants [-- SIGNAL]`: loosens and tightens every named threshold of the signals, flips every comparison in
 * them, and drops every condition from every cause's table, one at a time, and holds the rows of the fast tests against
 * each. A mutant that no row notices survives, and fails the run.
 */
import { readdirSync, readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { transform } from "esbuild";
import { playbooks } from "../playbooks/index.ts";
import type { Decision } from "../src/model/decision.ts";
import type { CauseDefinition } from "../src/model/playbook.ts";
import type { Condition, Signal } from "../src/model/signal.ts";
import type { Row } from "../test/signals/row.ts";
import { isAsDecided } from "../test/verdicts/decided.ts";
import { readingOf } from "../test/verdicts/judged.ts";

/** A threshold is moved by this share of its own: a row must stand closer to it than that. */
const MOVE = 0.1;
/** What counts whole things is moved by one of them at least: 7.2 breaches are eight. */
const COUNTS = /^ENOUGH/;
const FLIPPED: { readonly [operator: string]: string } = { ">=": "<", "<=": ">", ">": "<=", "<": ">=" };

type Modules = ReadonlyMap<string, object>;

interface Mutant {
  readonly what: string;
  readonly text: string;
}

const [only] = process.argv.slice(2);
const folder = new URL("../playbooks/signals/", import.meta.url);
const survivors: string[] = [];
let killed = 0;

for (const file of readdirSync(folder).sort()) {
  if (only !== undefined && file !== `${only}.ts`) continue;
  const source = readFileSync(new URL(file, folder), "utf8");
  const modules = await importsOf(source);
  const { default: rows } = (await import(`../test/signals/rows/${file}`)) as { default: readonly Row[] };
  const mutants = [...thresholds(source), ...comparisons(source)];
  let here = 0;
  for (const { what, text } of mutants) {
    if (await isNoticed(text, modules, rows)) here += 1;
    else survivors.push(`${file}: ${what}`);
  }
  killed += here;
  console.log(`${file.padEnd(32)} ${here} of ${mutants.length} noticed`);
}

const causes = [...new Set(playbooks.flatMap((playbook) => playbook.causes))];
for (const cause of only === undefined ? causes : []) {
  const decisions = (
    (await import(`../playbooks/causes/${cause.cause}/decisions.ts`)) as { default: readonly Decision[] }
  ).default;
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
  return [...source.matchAll(/^export const ([A-Z][A-Z_0-9]*) = ([\d._ */+]+);$/gm)].flatMap((match) => {
    const [whole, name = "", value] = match;
    const move = COUNTS.test(name) ? `Math.max(1, ${MOVE} * (${value}))` : `${MOVE} * (${value})`;
    return ["+", "-"].map((sign) => ({
      what: `${name} ${sign} ${move}`,
      text: replacedAt(source, match.index, whole, `export const ${name} = ${value} ${sign} ${move};`),
    }));
  });
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

/** Whether a row of the signal's own test says something else of the mutant. A mutant that throws is noticed. */
async function isNoticed(text: string, modules: Modules, rows: readonly Row[]): Promise<boolean> {
  const { code } = await transform(text, { loader: "ts", format: "cjs" });
  const module: { exports: { default?: Signal } } = { exports: {} };
  compileFunction(code, ["module", "require"])(module, (name: string) => modules.get(name));
  const signal = module.exports.default;
  return rows.some(([, facts, answer]) => {
    try {
      return signal === undefined || readingOf(signal, facts).answer !== answer;
    } catch {
      return true;
    }
  });
}

/** What a signal's file imports, by the name under which it does. */
async function importsOf(source: string): Promise<Modules> {
  const names = [...source.matchAll(/from "([^"]+)";$/gm)].map(([, name = ""]) => name);
  const loaded = names.map(async (name) => {
    const module = (await import(new URL(name, folder).href)) as object;
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
  const shown = cause.specific.map((signal): [string, CauseDefinition] => [
    `specific without ${signal.id}`,
    { ...cause, specific: cause.specific.filter((one) => one !== signal) },
  ]);
  return [...shown, ...conditions, ...alone];
}
