import { INCIDENTS } from "../../simulator/catalogue.ts";
import { Random } from "../../simulator/random.ts";
import type { Scenario } from "../../simulator/scenario.ts";

/** What one incident of the main incident's shape is made of; see ceilingLike. */
export interface Shape {
  readonly seed: number;
  readonly pods: number;
  readonly workers: number;
  /** Mean CPU seconds of a request and its coefficient of variation. */
  readonly cpu: number;
  readonly cv: number;
  /** Work that the bursts bring, as a share of what the fleet can do. */
  readonly load: number;
  readonly burstSeconds: number;
}

const WINDOW = 3 * 3600;

/**
 * The main incident's place, workload and alarm with bursts of independent requests (an open queue): the load is what is
 * said, whatever the answers do. Used where a fix must be able to end the alarm, and where forecasts are measured.
 */
export function ceilingLike({ seed, pods, workers, cpu, cv, load, burstSeconds }: Shape): Scenario {
  const base = INCIDENTS["worker-ceiling"]();
  const { focus } = base;
  const rate = (load * pods * workers * focus.efficiency) / cpu;
  const starts = [1500, 3300, 5100, 6900, 8700];
  return {
    ...base,
    name: `ceiling-like-${seed}`,
    seed,
    window: WINDOW,
    focus: {
      ...focus,
      replicas: pods,
      server: { ...focus.server, processes: workers },
      cpuLimit: workers + 0.5,
      cpuRequest: workers + 0.2,
      autoscaler: { name: focus.deployment, min: pods, max: 2 * pods - 1, target: 80 },
      rollouts: [],
      inFlight: null,
      work: { ...focus.work, cpu, cv, cpuMax: 12 * cpu, wait: 0.02, slowShare: 0 },
      traffic: {
        base: Math.min(0.3 * rate, (0.06 * pods * workers) / cpu),
        wobble: 0.1,
        levels: [],
        bursts: starts.map((at) => ({ at, seconds: burstSeconds, rate })),
      },
    },
  };
}

/** A shape drawn for a seed. */
export function drawnShape(seed: number, load: readonly [low: number, high: number]): Shape {
  const random = new Random(seed, "shape");
  return {
    seed,
    pods: random.integer(3, 8),
    workers: random.integer(1, 2),
    cpu: random.between(0.2, 0.5),
    cv: random.between(0.3, 1),
    load: random.between(...load),
    burstSeconds: random.integer(180, 400),
  };
}
