import type { Random } from "../random.ts";
import type { Rollout, Scenario } from "../scenario.ts";
import { serverOf } from "../servers.ts";
import { healthyScenario } from "./base.ts";
import type { Draft } from "./draft.ts";
import { burstsAbove, drawInterpreted, drawTroubles, next, rounded } from "./parts.ts";
import type { Trouble } from "./settle.ts";

/** Room after the rollout's start in which it replaces the pods. */
const ROLLING = 900;

/** A rollout makes requests cost a multiple: the same bursts that it took before are too much from then on. */
export function deployRegression(seed: number, random: Random): Draft {
  return random.chance(0.75) ? costlier(seed, random) : slower(seed, random);
}

function costlier(seed: number, random: Random): Draft {
  const bare = healthyScenario("deploy-regression", seed, random);
  const spec = drawInterpreted(random, 2);
  const { cores } = serverOf(spec, 8000);
  const replicas = random.integer(2, 6);
  const cpuFactor = random.between(2, 5);
  const all = replicas * cores * bare.focus.efficiency;
  const cpu = Math.max(all / cpuFactor / 14, random.between(0.05, 0.4));
  // What the fleet can take of the new version's requests.
  const capacity = all / (cpu * cpuFactor);
  const at = Math.round(bare.window * random.between(0.35, 0.6));
  const bursts = drawTroubles(random, bare.window, { least: 7, most: 10, shortest: 180, longest: 300 });
  const base = capacity * random.between(0.08, 0.15);
  const load = burstsAbove(random, bursts, capacity, base, [5, 14]);
  const troubles = bursts.filter((one) => one.at > at + ROLLING);
  const clear = load.filter((one) => one.at > at + ROLLING || one.at + one.seconds < at - 120);
  const rollout: Rollout = { at, version: next(bare.focus.version), cpuFactor, waitFactor: 1 };
  const cpuLimit = random.chance(0.3) ? null : rounded(cores * random.between(1.3, 2), 0.25);
  const scenario: Scenario = {
    ...bare,
    description: `The rollout of ${rollout.version} makes a request cost ${cpuFactor.toFixed(1)} times the CPU; the bursts of before are too much since then.`,
    cause: "deploy-regression",
    focus: {
      ...bare.focus,
      replicas,
      server: spec,
      cpuRequest: rounded(cores * random.between(0.8, 1.2)),
      cpuLimit,
      rollouts: [rollout],
      startSeconds: random.between(15, 45),
      work: {
        cpu,
        cv: random.between(0.3, 0.7),
        cpuMax: 6 * cpu,
        wait: cpu * 0.1,
        waitCv: 0.5,
        slowShare: 0,
        slowSeconds: 0,
      },
      traffic: { base, wobble: 0.1, bursts: clear, levels: [] },
    },
  };
  return {
    scenario,
    troubles,
    least: 2,
    holds: (world) => clear.length - troubles.length >= 2 && firstAlarmAfter(world, at),
  };
}

/** A rollout makes each request wait longer (a query in a loop, a cache that is gone). */
function slower(seed: number, random: Random): Draft {
  const bare = healthyScenario("deploy-regression", seed, random);
  const at = Math.round(bare.window * random.between(0.35, 0.65));
  const wait = random.between(0.08, 0.3);
  const waitFactor = random.between(5, 12);
  const rollout: Rollout = { at, version: next(bare.focus.version), cpuFactor: random.between(1, 1.5), waitFactor };
  const troubles: Trouble[] = [{ at, seconds: bare.window - at }];
  const scenario: Scenario = {
    ...bare,
    description: `The rollout of ${rollout.version} makes each request wait ${waitFactor.toFixed(1)} times as long.`,
    cause: "deploy-regression",
    focus: {
      ...bare.focus,
      server: random.pick([
        { flavour: "go", processes: 1, threads: 1 },
        { flavour: "gunicorn-args", processes: 2, threads: 1 },
        { flavour: "node", processes: 1, threads: 1 },
      ] as const),
      cpuLimit: random.chance(0.5) ? 1.5 : null,
      rollouts: [rollout],
      startSeconds: random.between(15, 45),
      work: { cpu: 0.02, cv: 0.5, cpuMax: 0.3, wait, waitCv: random.between(0.5, 1), slowShare: 0, slowSeconds: 0 },
      traffic: { base: random.between(1.5, 6), wobble: 0.12, bursts: [], levels: [] },
    },
  };
  return { scenario, troubles, least: 1, holds: (world) => firstAlarmAfter(world, at) };
}

function firstAlarmAfter(
  world: { readonly changes: readonly { readonly at: number; readonly to: string }[]; readonly scenario: Scenario },
  at: number,
): boolean {
  const start = world.scenario.now - world.scenario.window;
  return world.changes.every((change) => change.to !== "ALARM" || change.at - start > at);
}
