/**
 * `npm run mutants [-- SIGNAL]`: loosens and tightens every named threshold of the signals, flips every comparison in
 * them, and drops every condition from every cause's table, one at a time, and holds the rows of the fast tests against
 * each. A mutant that no row notices survives, and fails the run.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { playbooks } from "../playbooks/index.ts";
import type { Decision } from "../src/model/decision.ts";
import type { CauseDefinition } from "../src/model/playbook.ts";
import type { Condition, Signal } from "../src/model/signal.ts";
import type { Row } from "../test/signals/row.ts";
import { decided } from "../test/verdicts/decided.ts";
import { readingOf } from "../test/verdicts/judged.ts";

/** A threshold is moved by this share of its own: a row must stand closer to it than that. */
const MOVE = 0.1;
/** What counts whole things is moved by one of them at least: 7.2 breaches are eight. */
const COUNTS = /^ENOUGH/;
const FLIPPED: { readonly [operator: string]: string } = { ">=": "<", "<=": ">", ">": "<=", "<": ">=" };

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
  const path = fileURLToPath(new URL(file, folder));
  const source = readFileSync(path, "utf8");
  const { default: rows } = (await import(`../test/signals/rows/${file}`)) as { default: readonly Row[] };
  const mutants = [...thresholds(source), ...comparisons(source)];
  let here = 0;
  for (const { what, text } of mutants) {
    if (await isNoticed(path, text, rows)) here += 1;
    else survivors.push(`${file}: ${what}`);
  }
  killed += here;
  console.log(`${file.padEnd(32)} ${here} of ${mutants.length} noticed`);
}

const causes = [...new Set(playbooks.flatMap((playbook) => playbook.causes))] as CauseDefinition[];
for (const cause of only === undefined ? causes : []) {
  const decisions = (
    (await import(`../playbooks/causes/${cause.cause}/decisions.ts`)) as { default: readonly Decision[] }
  ).default;
  let here = 0;
  const mutants = dropped(cause);
  for (const [what, mutant] of mutants) {
    if (decisions.some((decision) => decided(mutant, decision) !== decision.then)) here += 1;
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
async function isNoticed(path: string, text: string, rows: readonly Row[]): Promise<boolean> {
  const { outputFiles } = await build({
    stdin: { contents: text, sourcefile: path, resolveDir: fileURLToPath(folder), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "silent",
    banner: { js: 'import{createRequire as _cr}from"node:module";const require=_cr(import.meta.url||"file:///");' },
    external: ["node:*"],
  });
  const code = Buffer.from(outputFiles[0]?.text ?? "").toString("base64");
  const { default: signal } = (await import(`data:text/javascript;base64,${code}`)) as { default: Signal };
  return rows.some(([, facts, answer]) => {
    try {
      return readingOf(signal, facts).answer !== answer;
    } catch {
      return true;
    }
  });
}

/** The cause with one condition less, for each of its conditions. */
function dropped(cause: CauseDefinition): [what: string, CauseDefinition][] {
  const parts = ["rejects", "needs", "supports"] as const;
  const conditions = parts.flatMap((part) =>
    cause[part].map((condition: Condition): [string, CauseDefinition] => [
      `${part} without ${condition.signal.id}`,
      { ...cause, [part]: cause[part].filter((one) => one !== condition) },
    ]),
  );
  const shown = cause.specific.map((signal): [string, CauseDefinition] => [
    `specific without ${signal.id}`,
    { ...cause, specific: cause.specific.filter((one) => one !== signal) },
  ]);
  return [...shown, ...conditions];
}
