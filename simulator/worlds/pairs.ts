import { drawTroubles, rounded, withHistory } from "../families/parts.ts";
import type { Trouble } from "../families/settle.ts";
import { fleetUse, nodeUse, throttledIn } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { java, loop, steady, told, type WorldDraft } from "./kinds.ts";
import { stays, without } from "./without.ts";

/** A stretch in each gap between troubles that is wide enough to keep apart from both. */
function between(random: Random, troubles: readonly Trouble[]): Trouble[] {
  return troubles.flatMap(({ at, seconds }, index) => {
    const from = at + seconds + 480;
    const to = (troubles[index + 1]?.at ?? from) - 240;
    const long = Math.min(random.integer(240, 420), to - from);
    return long < 180
      ? []
      : [{ at: Math.round(from + random.between(0, to - from - long)), seconds: Math.round(long) }];
  });
}

/** Bursts fill the workers; at other times a dependency is somewhat slow, which alarms nobody. */
export function ceilingAndSlowDependency(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "uneven-pod-load", "cpu-throttling", "deploy-regression", "alarm-too-sensitive"],
    why: "Every episode is a burst with full workers; the dependency's slow stretches breach nothing, and end none.",
  };
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 5);
  const all = replicas * server.processes * efficiency;
  const cpu = Math.max(all / 16, random.between(0.1, 0.3));
  const base = (all / cpu) * random.between(0.1, 0.2);
  const wait = random.between(0.05, 0.15);
  const plain = steady("ceiling-and-slow-dependency", seed, random, { server, rate: base, cpu, wait, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 200, longest: 360 });
  const lesser = between(random, troubles);
  const count = replicas * server.processes + Math.round((all / cpu) * random.between(4, 8));
  const made = told(
    plain,
    judgement,
    "Bursts above the workers' ceiling; between them a dependency that is a little slow.",
    {
      efficiency,
      traffic: {
        ...plain.focus.traffic,
        bursts: troubles.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.3, 1) } })),
      },
      slowDependency: lesser.map((one) => ({ ...one, factor: random.between(3, 6) })),
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) =>
      lesser.length > 0 &&
      fleetUse(world, troubles) > 0.72 * all &&
      // Full nodes would be a cause of their own.
      nodeUse(world, troubles) < 0.8 &&
      stays(without(world, { traffic: { ...made.focus.traffic, bursts: [] } })) === 0 &&
      stays(without(world, { slowDependency: [] })) === stays(world),
  };
}

/** A dependency makes the episodes; at other times short bursts run into the CPU limit, which alarms nobody. */
export function dependencyAndThrottling(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "slow-dependency",
    accept: [],
    never: ["cpu-throttling", "worker-concurrency-ceiling", "insufficient-capacity", "uneven-pod-load"],
    why: "In every episode the pods wait with idle CPU; they are throttled at other times, for a few tenths of a second.",
  };
  const replicas = random.integer(2, 5);
  const quota = random.pick([1.5, 2, 2.5]);
  const wait = random.between(0.06, 0.2);
  const cpu = (replicas * quota) / random.between(10, 16);
  const plain = steady("dependency-and-throttling", seed, random, {
    server: java(300),
    rate: ((replicas * quota) / cpu) * random.between(0.08, 0.15),
    cpu,
    wait,
    replicas,
    cpuRequest: rounded(quota / 2),
    cpuLimit: quota,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 240, longest: 480 });
  const lesser = between(random, troubles);
  const factor = random.between(2.5, 6) / wait;
  const made = told(
    plain,
    judgement,
    "A dependency is slow for minutes; at other times bursts run into the CPU limit.",
    {
      slowDependency: troubles.map((one) => ({ ...one, factor: factor * random.between(0.8, 1.25) })),
      traffic: {
        ...plain.focus.traffic,
        bursts: lesser.map((one) => ({ ...one, rate: 0, callers: { count: 6 * replicas, think: 0.3 } })),
      },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) =>
      lesser.length > 0 &&
      throttledIn(world, lesser) > 0.3 &&
      throttledIn(world, troubles) < 0.15 &&
      stays(without(world, { slowDependency: [] })) === 0,
  };
}

/** All episodes but one are bursts with full workers; in that one a dependency stalled. */
export function mostlyCeiling(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["uneven-pod-load", "cpu-throttling", "deploy-regression", "alarm-too-sensitive", "insufficient-capacity"],
    why: "In all episodes but one the workers are full; more of them would end the alarm but for that one.",
  };
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 5);
  const all = replicas * server.processes * efficiency;
  const cpu = Math.max(all / 16, random.between(0.1, 0.3));
  const base = (all / cpu) * random.between(0.1, 0.2);
  const wait = random.between(0.05, 0.15);
  const plain = steady("mostly-ceiling", seed, random, { server, rate: base, cpu, wait, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 5, most: 8, shortest: 200, longest: 360 });
  const other = random.integer(1, troubles.length - 2);
  const full = troubles.filter((_, index) => index !== other);
  const stalled = troubles.filter((_, index) => index === other);
  const count = replicas * server.processes + Math.round((all / cpu) * random.between(2, 5));
  const made = told(plain, judgement, "Bursts above the workers' ceiling, and once a dependency that stalls.", {
    efficiency,
    traffic: {
      ...plain.focus.traffic,
      bursts: full.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.3, 1) } })),
    },
    slowDependency: stalled.map((one) => ({ ...one, factor: random.between(2.5, 5) / wait })),
  });
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 4,
    holds: (world) =>
      fleetUse(world, full) > 0.72 * all &&
      fleetUse(world, stalled) < 0.35 * all &&
      stays(without(world, { traffic: { ...made.focus.traffic, bursts: [] } })) === 1,
  };
}
