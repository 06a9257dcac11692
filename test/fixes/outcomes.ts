/**
 * `npm run outcomes [-- N [FIRST [FAMILY]]]`: makes every offered fix of N simulated incidents of each cause (5 unless
 * told), from seed FIRST (1) on, in the simulator, all of an incident's fixes together, and prints what the alarm did
 * before and after. Fixes with a forecast of the alarm are made alone as well, and a table holds what they said against
 * what came of it.
 */
import { fileURLToPath } from "node:url";
import { FAMILIES, type Family, scenarioFor } from "../../simulator/families.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Fix } from "../../src/model/judgement.ts";
import { statesOf } from "./alarms.ts";
import { withFix } from "./apply.ts";

/** What one incident's fixes did in the simulator. */
export interface FixOutcome {
  readonly cause: string | null;
  readonly fixes: readonly string[];
  /** Share of its judged minutes that the alarm was over its threshold, and its cycles: as it was, and with the fixes. */
  readonly before: Seen;
  readonly after: Seen;
}

interface Seen {
  readonly cycles: number;
  readonly worst: number;
}

export function seen(world: World): Seen {
  const cycles = world.changes.filter(({ to }) => to === "ALARM").length;
  return {
    cycles,
    worst: Math.max(0, ...world.alarmMetric.map((value) => value ?? 0)) / world.scenario.alarm.threshold,
  };
}

export async function outcomeOf(world: World): Promise<FixOutcome> {
  const { fixes, verdict } = await solveWorld(world);
  // A steadier alarm would cover up what the service's own fix does.
  const usable = fixes.filter(({ id, changes }) => changes.length > 0 && id !== "steadier-alarm");
  const after = usable.length === 0 ? world : buildWorld(usable.reduce(withFix, world.scenario));
  return {
    cause: verdict?.rootCause ?? null,
    fixes: fixes.map(({ id, title }: Fix) => `${id} (${title})`),
    before: seen(world),
    after: fixes.some(deletes) ? newAlarms(after, fixes) : seen(after),
  };
}

/** Where the old alarm is deleted, the new ones are what counts. */
function deletes({ changes }: Fix): boolean {
  return changes.some(({ command }) => command.startsWith("aws cloudwatch delete-alarms"));
}

/** What became of the alarms that fixes put beside or instead of the old one. */
function newAlarms(world: World, fixes: readonly Fix[]): Seen {
  const states = fixes.filter(deletes).flatMap((fix) => statesOf(world, fix).flatMap((one) => one.states));
  return { cycles: states.filter((state) => state === "ALARM").length, worst: Number.NaN };
}

/** What a fix's own forecast says of the alarm; null where it makes none. */
export type Said = "quiet" | "fires" | "too close";

export function saidOf({ arithmetic = [] }: Fix): Said | null {
  const line = arithmetic.find((one) => one.startsWith("forecast"));
  if (line === undefined) return null;
  if (line.includes("it would have stayed OK")) return "quiet";
  return line.includes("too close to call") ? "too close" : line.includes("would still have fired") ? "fires" : null;
}

/** What each fix with a forecast said, and how often the alarm fired in the simulator with that fix alone. */
export async function forecastsOf(world: World): Promise<{ id: string; said: Said; cycles: number }[]> {
  const { fixes } = await solveWorld(world);
  return fixes.flatMap((fix) => {
    const said = saidOf(fix);
    return said === null ? [] : { id: fix.id, said, cycles: seen(buildWorld(withFix(world.scenario, fix))).cycles };
  });
}

async function main(count: number, first: number, families: readonly Family[]): Promise<void> {
  const table = new Map<string, number>();
  for (const family of families)
    for (let seed = first; seed < first + count; seed += 1) {
      const world = buildWorld(scenarioFor(family, seed));
      const { cause, before, after, fixes } = await outcomeOf(world);
      const told = ({ cycles, worst }: Seen) => `${cycles} cycles, ${worst.toFixed(2)} × threshold`;
      console.log(
        `${family} ${seed} [${cause}]: ${told(before)} → ${told(after)}\n    ${fixes.join("\n    ") || "nothing offered"}`,
      );
      for (const { id, said, cycles } of await forecastsOf(world)) {
        const row = `${id.padEnd(34)} said ${said.padEnd(9)} ${cycles === 0 ? "was quiet" : "fired"}`;
        table.set(row, (table.get(row) ?? 0) + 1);
      }
    }
  console.log("\nforecasts of the alarm, each fix alone");
  for (const [row, found] of [...table].sort()) console.log(`${row.padEnd(64)}${String(found).padStart(4)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , count = "5", first = "1", family] = process.argv;
  await main(
    Number(count),
    Number(first),
    FAMILIES.filter((one) => family === undefined || one === family),
  );
}
