/**
 * `npm run accuracy [-- N]`: investigates N simulated incidents of each cause (20 unless told) and as many healthy ones,
 * and prints how often the verdict was right, wrong, or none; and the same for parts of their windows. Their seeds are
 * used here and nowhere else: no threshold was set on them.
 */
import { iso } from "../src/model/time.ts";
import { FAMILIES, scenarioFor } from "./families.ts";
import { partsOf } from "./parts.ts";
import { solveWorld } from "./solve.ts";
import { buildWorld } from "./world.ts";

/** Development looks at small seeds; these are held out. */
const HELD_OUT = 5_000_000;

const count = Number(process.argv[2] ?? 20);
const table = new Map<string, Map<string, number>>();
const mistakes: string[] = [];
let right = 0;
let wrong = 0;
let none = 0;
const parts = { right: 0, wrong: 0, none: 0 };

for (const family of FAMILIES) {
  const row = new Map<string, number>();
  table.set(family, row);
  for (let index = 0; index < count; index += 1) {
    const seed = HELD_OUT + index;
    const scenario = scenarioFor(family, seed);
    const world = buildWorld(scenario);
    const { verdict } = await solveWorld(world);
    const found = verdict?.rootCause ?? null;
    const said = found ?? "none";
    row.set(said, (row.get(said) ?? 0) + 1);
    if (found === scenario.cause) right += 1;
    else if (found === null) none += 1;
    else wrong += 1;
    if (found !== scenario.cause) mistakes.push(`${family} ${seed}: ${said}`);
    for (const part of partsOf(scenario)) {
      const partly = (await solveWorld(world, undefined, undefined, part)).verdict?.rootCause ?? null;
      if (partly === scenario.cause) parts.right += 1;
      else if (partly === null) parts.none += 1;
      else parts.wrong += 1;
      if (partly !== null && partly !== scenario.cause)
        mistakes.push(`${family} ${seed}, ${iso(part.start)} to ${iso(part.end)}: ${partly}`);
    }
  }
}

const said = [...new Set([...table.values()].flatMap((row) => [...row.keys()]))].sort();
const width = Math.max(...[...table.keys()].map((name) => name.length));
console.log(`truth (rows) against verdict (columns), ${count} incidents each\n`);
for (const [index, name] of said.entries()) console.log(`  ${String.fromCharCode(65 + index)} = ${name}`);
console.log(`\n${"".padEnd(width)}${said.map((_, index) => String.fromCharCode(65 + index).padStart(5)).join("")}`);
for (const [family, row] of table)
  console.log(`${family.padEnd(width)}${said.map((name) => String(row.get(name) ?? "·").padStart(5)).join("")}`);
const all = right + wrong + none;
const share = (part: number) => `${part} (${((100 * part) / all).toFixed(1)} %)`;
console.log(`\nright ${share(right)}, wrong ${share(wrong)}, undetermined ${share(none)} of ${all}`);
console.log(
  `with parts of their windows: right ${parts.right}, wrong ${parts.wrong}, undetermined ${parts.none} of ${parts.right + parts.wrong + parts.none}`,
);
for (const mistake of mistakes) console.log(`  ${mistake}`);
