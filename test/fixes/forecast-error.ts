/**
 * `npx tsx test/fixes/forecast-error.ts [N]`: forecasts what a change would make of N simulated incidents (60 unless
 * told), makes the change in the simulator, and prints how far the forecast was off, by change and by utilisation.
 */
import { fileURLToPath } from "node:url";
import type { FocusService, Scenario } from "../../simulator/scenario.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import { median, quantile } from "../../src/analysis/series.ts";
import { forecastFacts } from "../../src/remedy/alarm-forecast.ts";
import { type Fleet, forecast } from "../../src/remedy/what-if.ts";
import { ceilingLike, drawnShape } from "./shapes.ts";

interface Change {
  readonly name: string;
  readonly fleet: (now: Fleet) => Fleet;
  readonly focus: (focus: FocusService) => Partial<FocusService>;
}

const CHANGES: readonly Change[] = [
  { name: "as it is", fleet: (now) => now, focus: () => ({}) },
  {
    name: "one worker more",
    fleet: (now) => ({ ...now, workers: now.workers + 1, quota: now.workers + 1 }),
    focus: ({ server }) => ({ server: { ...server, processes: server.processes + 1 }, cpuLimit: server.processes + 1 }),
  },
  {
    name: "a worker more on the old quota",
    fleet: (now) => ({ ...now, workers: now.workers + 1 }),
    focus: ({ server }) => ({ server: { ...server, processes: server.processes + 1 } }),
  },
  {
    name: "half as many pods more",
    fleet: (now) => ({ ...now, pods: Math.ceil(now.pods * 1.5) }),
    focus: ({ replicas }) => ({ replicas: Math.ceil(replicas * 1.5) }),
  },
  {
    name: "ip targets, round robin",
    fleet: (now) => ({ ...now, dispatch: "round robin" }),
    focus: () => ({ targetType: "ip" }),
  },
  {
    name: "ip targets, least outstanding",
    fleet: (now) => ({ ...now, dispatch: "shared" }),
    focus: () => ({ targetType: "ip", algorithm: "least_outstanding_requests" }),
  },
];

export interface Outcome {
  readonly change: string;
  readonly utilisation: number;
  readonly predicted: number;
  readonly measured: number;
  readonly predictedP95: number;
  readonly measuredP95: number;
}

/** Every burst of one incident under every change. The autoscaler stays out of it: its path is another formula's. */
export async function outcomesOf(scenario: Scenario): Promise<Outcome[]> {
  const still: Scenario = { ...scenario, focus: { ...scenario.focus, autoscaler: null } };
  const facts = forecastFacts((await solveWorld(buildWorld(still))).facts);
  if (!facts) return [];
  const { request, present: now } = facts;
  return CHANGES.flatMap(({ name, fleet, focus }) => {
    const world = buildWorld({ ...still, focus: { ...still.focus, ...focus(still.focus) } });
    return facts.bursts.flatMap((burst) => {
      const said = forecast(request, fleet(now), burst, null);
      const first = said.stretches[0]?.start ?? 0;
      const last = said.stretches.at(-1)?.end ?? 0;
      const found = latencies(world, first, last);
      if (found.length < 30) return [];
      const measured = found.reduce((all, one) => all + one, 0) / found.length;
      return {
        change: name,
        utilisation: said.utilisation,
        predicted: said.mean,
        measured,
        predictedP95: said.p95,
        measuredP95: quantile(found, 0.95) ?? measured,
      };
    });
  });
}

function latencies(world: World, from: number, to: number): number[] {
  const { requests, done } = world.truth;
  const found: number[] = [];
  for (let index = 0; index < requests.at.length; index += 1) {
    const at = requests.at[index] as number;
    const end = done[index] as number;
    if (world.start + at >= from && world.start + at < to && Number.isFinite(end)) found.push(end - at);
  }
  return found;
}

/** Relative error of the mean, signed: above 0 the forecast was too slow. */
export function errorOf({ predicted, measured }: Outcome): number {
  return (predicted - measured) / measured;
}

function line(name: string, outcomes: readonly Outcome[]): string {
  const signed = outcomes.map(errorOf);
  const size = signed.map(Math.abs);
  const tails = outcomes.map((one) => Math.abs(one.predictedP95 - one.measuredP95) / one.measuredP95);
  const percent = (value: number | null) => `${((value ?? 0) * 100).toFixed(0)} %`.padStart(7);
  return `${name.padEnd(32)}${String(outcomes.length).padStart(6)}${percent(median(signed))}${percent(median(size))}${percent(quantile(size, 0.9))}${percent(median(tails))}`;
}

async function main(count: number): Promise<void> {
  const outcomes: Outcome[] = [];
  for (let seed = 0; seed < count; seed += 1)
    outcomes.push(...(await outcomesOf(ceilingLike(drawnShape(90_000 + seed, [1, 1.15])))));
  console.log(`${count} incidents under ${CHANGES.length} changes; relative error of a burst's mean latency\n`);
  console.log(`${"".padEnd(32)}bursts   bias median    90 %    p95`);
  for (const { name } of CHANGES)
    console.log(
      line(
        name,
        outcomes.filter((one) => one.change === name),
      ),
    );
  console.log();
  for (const [low, high] of [
    [0, 0.5],
    [0.5, 0.7],
    [0.7, 0.85],
    [0.85, 0.95],
    [0.95, 9],
  ] as const)
    console.log(
      line(
        `utilisation ${low}–${high === 9 ? "…" : high}`,
        outcomes.filter(({ utilisation: u }) => u >= low && u < high),
      ),
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(Number(process.argv[2] ?? 60));
