/**
 * `npx tsx test/fixes/outcomes.ts [N]`: makes every offered fix of N simulated incidents of each cause (5 unless told) in
 * the simulator, all of an incident's fixes together, and prints what the alarm did before and after.
 */
import { fileURLToPath } from "node:url";
import type { Fix } from "../../src/model/judgement.ts";
import { FAMILIES, scenarioFor } from "../incidents/families.ts";
import { solveWorld } from "../incidents/solve.ts";
import { buildWorld, type World } from "../incidents/world.ts";
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
  const usable = fixes.filter(
    ({ changes }) => changes.length > 0 && !changes.some(({ command }) => isNotSimulated(command)),
  );
  const after = usable.length === 0 ? world : buildWorld(usable.reduce(withFix, world.scenario));
  return {
    cause: verdict?.rootCause ?? null,
    fixes: fixes.map(({ id, title }: Fix) => `${id} (${title})`),
    before: seen(world),
    after: seen(after),
  };
}

/** Alarms on metric math, and new alarms beside the old one, are not what the simulator judges. */
function isNotSimulated(command: string): boolean {
  return command.includes("--metrics") || command.includes("delete-alarms");
}

async function main(count: number): Promise<void> {
  for (const family of FAMILIES)
    for (let seed = 1; seed <= count; seed += 1) {
      const { cause, before, after, fixes } = await outcomeOf(buildWorld(scenarioFor(family, seed)));
      const told = ({ cycles, worst }: Seen) => `${cycles} cycles, ${worst.toFixed(2)} × threshold`;
      console.log(
        `${family} ${seed} [${cause}]: ${told(before)} → ${told(after)}\n    ${fixes.join("\n    ") || "nothing offered"}`,
      );
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(Number(process.argv[2] ?? 5));
