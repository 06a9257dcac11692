import { mean } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { serverOf } from "../servers.ts";
import { healthyScenario } from "./base.ts";
import type { Draft } from "./draft.ts";
import {
  drawInterpreted,
  drawParallel,
  drawTroubles,
  overload,
  rounded,
  unreachableAutoscaler,
  withHistory,
  withRedHerrings,
} from "./parts.ts";
import type { Trouble } from "./settle.ts";
import { fleetUse, nodeShares, nodeUse, throttledIn } from "./truths.ts";

/** Requests a second that a simulated service takes at most: more of them say nothing more, and take longer. */
const MOST_REQUESTS = 16;

/** Work per request that keeps a fleet of so many cores below MOST_REQUESTS. */
function cpuPerRequest(random: Random, cores: number): number {
  return Math.max(cores / MOST_REQUESTS, random.between(0.08, 0.9));
}

interface Load {
  /** CPU seconds of a request. */
  readonly cpu: number;
  /** Cores of the whole fleet, and requests that it can have at work. */
  readonly cores: number;
  readonly slots: number;
  /** Highest share of the CPU time that a request waits for something else. */
  readonly waits?: number;
  /** How much longer than usual requests wait in line. */
  readonly line?: number;
}

/** The scenario with bursts of somewhat more than its fleet can take. */
function load(random: Random, scenario: Scenario, troubles: readonly Trouble[], wanted: Load): Scenario {
  const { cpu, cores, slots, waits = 0.2, line = 1 } = wanted;
  const capacity = cores / cpu;
  const waiting = line * Math.max(1.5, cpu * 3) * random.between(1, 2.5);
  const base = capacity * random.between(0.04, 0.2);
  return {
    ...scenario,
    focus: {
      ...scenario.focus,
      work: {
        cpu,
        cv: random.between(0.3, 0.9),
        cpuMax: 8 * cpu,
        wait: cpu * random.between(0.1, 1) * waits,
        waitCv: 0.5,
        slowShare: 0,
        slowSeconds: 0,
      },
      traffic: {
        base,
        wobble: random.between(0.05, 0.2),
        bursts: troubles.map((trouble) => overload(random, trouble, { capacity, base, slots, waiting })),
        levels: [],
      },
    },
  };
}

/** Every pod busy alike, at as many cores as it has interpreter processes, below its quota. */
export function workerCeiling(seed: number, random: Random): Draft {
  const bare = healthyScenario("worker-concurrency-ceiling", seed, random);
  const spec = drawInterpreted(random, 3);
  const { cores, slots, holdsWhileWaiting } = serverOf(spec, 8000);
  const replicas = random.integer(2, 8);
  const { efficiency } = bare.focus;
  const all = replicas * cores * efficiency;
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 10, shortest: 200, longest: 480 });
  const cpuRequest = rounded(cores * random.between(0.7, 1.3));
  const cpuLimit = random.chance(0.25) ? null : rounded(cores * random.between(1.3, 2.2), 0.25);
  const loaded = load(random, bare, troubles, {
    cpu: cpuPerRequest(random, all),
    cores: all,
    slots: replicas * slots,
    // A worker that is kept while its request waits shows less than a core.
    waits: holdsWhileWaiting ? 0.04 : 0.2,
  });
  const scenario: Scenario = {
    ...loaded,
    description: `${replicas} pods with ${cores} interpreter processes each meet more requests than they can work on at once.`,
    cause: "worker-concurrency-ceiling",
    focus: {
      ...loaded.focus,
      replicas,
      server: spec,
      cpuRequest: cpuLimit === null ? cpuRequest : Math.min(cpuRequest, cpuLimit),
      cpuLimit,
      autoscaler: unreachableAutoscaler(bare.focus.deployment, replicas, cores * efficiency + 0.03, cpuRequest, random),
      inFlight: random.chance(0.25) ? { ago: random.integer(25, 50), pod: 1, cores: 0.96 } : null,
    },
  };
  return {
    scenario: withHistory(withRedHerrings(scenario, troubles, random), random),
    troubles,
    least: 2,
    holds: (world) =>
      fleetUse(world, troubles) > 0.72 * replicas * cores * efficiency &&
      nodeUse(world, troubles) < 0.8 &&
      throttledIn(world, troubles) < 0.05,
  };
}

/** A quota well below what the server could use. */
export function cpuThrottling(seed: number, random: Random): Draft {
  const bare = healthyScenario("cpu-throttling", seed, random);
  const parallel = random.chance(0.5);
  const spec = parallel
    ? drawParallel(random)
    : {
        flavour: random.pick(["gunicorn-args", "gunicorn-env", "uvicorn"] as const),
        processes: random.integer(2, 4),
        threads: 1,
      };
  const quota = rounded(parallel ? random.between(0.4, 1.6) : spec.processes * random.between(0.18, 0.45), 0.1);
  const replicas = random.integer(2, 7);
  const all = replicas * quota;
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 9, shortest: 200, longest: 480 });
  const slots = Math.round(replicas * (parallel ? 4 * quota + 2 : spec.processes + 1));
  const loaded = load(random, bare, troubles, { cpu: cpuPerRequest(random, all), cores: all, slots, line: 1.6 });
  const scenario: Scenario = {
    ...loaded,
    description: `${replicas} pods are throttled at a quota of ${quota} cores, while their nodes have room.`,
    cause: "cpu-throttling",
    focus: {
      ...loaded.focus,
      replicas,
      server: spec,
      cpuRequest: rounded(quota * random.between(0.5, 1)),
      cpuLimit: quota,
    },
  };
  return {
    scenario: withHistory(withRedHerrings(scenario, troubles, random), random),
    troubles,
    least: 2,
    holds: (world) =>
      throttledIn(world, troubles) > 0.5 && fleetUse(world, troubles) > 0.86 * all && nodeUse(world, troubles) < 0.7,
  };
}

/** The nodes have no CPU left; no quota and no lack of workers stands in the way. */
export function insufficientCapacity(seed: number, random: Random): Draft {
  const bare = healthyScenario("insufficient-capacity", seed, random);
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 9, shortest: 200, longest: 540 });
  const tenants = random.between(0.15, 0.4);
  const more = random.chance(0.5) ? random.between(0.05, 0.2) : 0;
  const nodes = bare.nodes.slice(0, random.integer(2, 4)).map((node) => ({
    ...node,
    tenantUse: node.cores * tenants * random.between(0.95, 1.05),
    tenantWobble: 0.06,
    tenantBusy: more > 0 ? troubles.map((one) => ({ ...one, cores: node.cores * more })) : [],
  }));
  const replicas = nodes.length * random.integer(1, 2);
  const most = nodes[0]?.cores ?? 4;
  const spec = random.chance(0.7)
    ? drawParallel(random)
    : { flavour: random.pick(["gunicorn-args", "gunicorn-env"] as const), processes: most, threads: 1 };
  const left = nodes.reduce((all, node) => all + node.cores - node.tenantUse - (node.tenantBusy[0]?.cores ?? 0), 0);
  const slots = replicas * (most + 2);
  const loaded = load(random, bare, troubles, {
    cpu: cpuPerRequest(random, left),
    cores: left * 0.93,
    slots,
    line: 1.5,
  });
  const cpuRequest = rounded(random.between(0.4, 1));
  const cpuLimit = random.chance(0.6) ? null : most;
  const scenario: Scenario = {
    ...loaded,
    description: `${replicas} pods use all the CPU that ${nodes.length} nodes have left, and there is nowhere to grow.`,
    cause: "insufficient-capacity",
    nodes,
    focus: {
      ...loaded.focus,
      replicas,
      server: spec,
      cpuRequest,
      cpuLimit,
      autoscaler: random.chance(0.5)
        ? { name: bare.focus.deployment, min: replicas, max: replicas, target: random.pick([50, 60, 70]) }
        : null,
      spread: true,
    },
  };
  return {
    scenario: withHistory(withRedHerrings(scenario, troubles, random), random),
    troubles,
    least: 2,
    holds: (world) =>
      Math.min(...nodeShares(world, troubles)) > 0.85 &&
      mean(nodeShares(world, troubles)) > 0.9 &&
      throttledIn(world, troubles) < 0.05 &&
      fleetUse(world, troubles) > 0.7 * left,
  };
}
