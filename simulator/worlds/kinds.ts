import { healthyScenario } from "../families/base.ts";
import type { Draft } from "../families/draft.ts";
import { burstsAbove, drawTroubles } from "../families/parts.ts";
import type { Trouble } from "../families/settle.ts";
import { minutesOf, throttledIn } from "../families/truths.ts";
import type { Seen } from "../faults.ts";
import { podCores } from "../figures.ts";
import type { Random } from "../random.ts";
import type { FocusService, Scenario, Work } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import type { World } from "../world.ts";

/** A drawn world with what may be said of it. */
export interface WorldDraft extends Draft {
  readonly judgement: Judgement;
  /** What the sources show of the scenario that came out, where that is more than is drawn. */
  readonly twin?: (scenario: Scenario) => Seen<Scenario>;
}

export type DrawWorld = (seed: number, random: Random) => WorldDraft;

export const GO: ServerSpec = { flavour: "go", processes: 1, threads: 1 };

export function java(threads: number): ServerSpec {
  return { flavour: "java", processes: 1, threads };
}

/** Interpreted servers whose requests do not hold a worker while they wait. */
export function loop(random: Random, mostProcesses: number): ServerSpec {
  return {
    flavour: random.pick(["gunicorn-args", "gunicorn-config", "gunicorn-env", "uvicorn"] as const),
    processes: random.integer(1, mostProcesses),
    threads: 1,
  };
}

export interface Steady {
  readonly server: ServerSpec;
  /** Requests a second. */
  readonly rate: number;
  readonly cpu: number;
  readonly wait?: number;
  readonly cv?: number;
  readonly replicas?: number;
  readonly cpuRequest?: number;
  readonly cpuLimit?: number | null;
}

/** A healthy load balancer whose focus service takes a steady stream with ease. */
export function steady(name: string, seed: number, random: Random, wanted: Steady): Scenario {
  const bare = healthyScenario(name, seed, random);
  return {
    ...bare,
    focus: {
      ...bare.focus,
      ...(wanted.replicas === undefined ? {} : { replicas: wanted.replicas }),
      server: wanted.server,
      cpuRequest: wanted.cpuRequest ?? 0.5,
      cpuLimit: wanted.cpuLimit ?? null,
      work: work(wanted.cpu, wanted.wait ?? wanted.cpu, wanted.cv ?? random.between(0.4, 0.8)),
      traffic: { base: wanted.rate, wobble: random.between(0.04, 0.12), bursts: [], levels: [] },
    },
  };
}

export function work(cpu: number, wait: number, cv: number): Work {
  return { cpu, cv, cpuMax: 8 * cpu, wait, waitCv: cv, slowShare: 0, slowSeconds: 0 };
}

/** The scenario with another focus service, cause and description. */
export function told(
  scenario: Scenario,
  judgement: Judgement,
  description: string,
  focus: Partial<FocusService> = {},
  rest: Partial<Scenario> = {},
): Scenario {
  return { ...scenario, ...rest, description, cause: judgement.truth, focus: { ...scenario.focus, ...focus } };
}

/** A proxy at a small CPU limit of its own: the bursts take it there. */
export function throttledProxy(name: string, seed: number, random: Random, server: ServerSpec) {
  const replicas = random.integer(2, 5);
  const limit = random.pick([0.1, 0.15, 0.2]);
  const cpu = random.between(0.03, 0.06);
  const capacity = (replicas * (limit - 0.012)) / cpu;
  const base = capacity * random.between(0.15, 0.3);
  const plain = steady(name, seed, random, {
    server,
    rate: base,
    cpu,
    wait: random.between(0.03, 0.08),
    replicas,
    cpuRequest: limit / 2,
    cpuLimit: limit,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 480 });
  const bursts = burstsAbove(random, troubles, capacity, base, [5, 14]);
  const { focus } = plain;
  const scenario: Scenario = { ...plain, focus: { ...focus, traffic: { ...focus.traffic, bursts } } };
  return { scenario, troubles, least: 2, holds: (world: World) => throttledIn(world, troubles) > 0.5 };
}

/** Mean cores of each pod, by index, in a trouble; those that did not live through it are left out. */
function coresOf(world: World, trouble: Trouble): Map<number, number> {
  const minutes = minutesOf([trouble]);
  const found = new Map<number, number>();
  for (const index of world.truth.pods.keys()) {
    const values = minutes.flatMap((minute) => podCores(world, index, minute) ?? []);
    if (values.length > 0) found.set(index, values.reduce((all, one) => all + one, 0) / values.length);
  }
  return found;
}

/** Index of the busiest pod of a trouble. */
function hottest(world: World, trouble: Trouble): number {
  return [...coresOf(world, trouble)].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
}

/** Whether in most troubles the busiest pod is full and the idlest has room. */
export function lopsided(world: World, troubles: readonly Trouble[], perPod: number): boolean {
  const shown = troubles.filter((trouble) => {
    const cores = [...coresOf(world, trouble).values()];
    return Math.max(...cores) > 0.8 * perPod && Math.min(...cores) < 0.55 * perPod;
  });
  return shown.length > 0.6 * troubles.length;
}

/** Whether the same pod is the busiest in all troubles. */
export function sameHot(world: World, troubles: readonly Trouble[]): boolean {
  return new Set(troubles.map((trouble) => hottest(world, trouble))).size === 1;
}
