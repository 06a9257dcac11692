import type { Random } from "../random.ts";
import type { Burst, FocusService, Scenario } from "../scenario.ts";
import type { Flavour, ServerSpec } from "../servers.ts";
import type { Trouble } from "./settle.ts";

/** Between `least` and `most` troubles, spread over the window with room between them. */
export function drawTroubles(
  random: Random,
  window: number,
  {
    least,
    most,
    shortest,
    longest,
    from = 900,
  }: { least: number; most: number; shortest: number; longest: number; from?: number },
): Trouble[] {
  const count = random.integer(least, most);
  const room = (window - from - 900) / count;
  return Array.from({ length: count }, (_, index) => {
    const seconds = Math.round(random.between(shortest, Math.min(longest, room * 0.6)));
    return { at: Math.round(from + index * room + random.between(0, room - seconds - 240)), seconds };
  });
}

/** Interpreted servers: one process keeps at most one core busy. */
export function drawInterpreted(random: Random, mostProcesses: number): ServerSpec {
  const flavour: Flavour = random.pick([
    "gunicorn-config",
    "gunicorn-args",
    "gunicorn-env",
    "gunicorn-sync",
    "gunicorn-gthread",
    "uvicorn",
    "node",
    "puma",
  ]);
  const processes = flavour === "node" ? 1 : random.integer(1, mostProcesses);
  const threads = flavour === "gunicorn-gthread" || flavour === "puma" ? random.pick([2, 4, 5]) : 1;
  return { flavour, processes, threads };
}

/** Servers that use as many cores as they get. */
export function drawParallel(random: Random): ServerSpec {
  return random.chance(0.5)
    ? { flavour: "java", processes: 1, threads: random.pick([50, 100, 200]) }
    : { flavour: "go", processes: 1, threads: 1 };
}

/** Cores to the steps in which people write them. */
export function rounded(cores: number, step = 0.05): number {
  return Math.round(Math.round(cores / step) * step * 1000) / 1000;
}

/**
 * Load for troubles: either callers of a fixed number (so many requests in flight), or a stream a little above the
 * `capacity` requests a second, less the `base` that is there anyway. `waiting`: about how long a request waits at worst.
 */
export function overload(
  random: Random,
  trouble: Trouble,
  { capacity, base, slots, waiting }: { capacity: number; base: number; slots: number; waiting: number },
): Burst {
  if (random.chance(0.75)) {
    const count = Math.max(slots + 2, Math.round(capacity * waiting * random.between(0.7, 1.2)));
    return { ...trouble, rate: 0, callers: { count, think: random.between(0.1, 1) } };
  }
  // What cannot be worked on piles up: at the end of the burst it takes `waiting` seconds.
  const excess = Math.min(0.25, (waiting * random.between(0.6, 1.2)) / trouble.seconds);
  return { ...trouble, rate: capacity * (1 + excess) - base };
}

/**
 * Bursts above the `capacity` requests a second, with the `base` that is there anyway: at the end of each about as many
 * seconds of work are left over as are drawn between `least` and `most`.
 */
export function burstsAbove(
  random: Random,
  troubles: readonly Trouble[],
  capacity: number,
  base: number,
  [least, most]: readonly [least: number, most: number],
): Burst[] {
  return troubles.map((one) => ({ ...one, rate: capacity * (1 + random.between(least, most) / one.seconds) - base }));
}

/** Things that look like causes and are none. `troubles` are over when the red herring of a deploy comes. */
export function withRedHerrings(scenario: Scenario, troubles: readonly Trouble[], random: Random): Scenario {
  const { focus, others, window } = scenario;
  const changed: { -readonly [K in keyof FocusService]?: FocusService[K] } = {};
  const middle = troubles[Math.floor(troubles.length * random.between(0.4, 0.8))];
  if (middle && troubles.length >= 3 && random.chance(0.45)) {
    const at = Math.min(window - 600, middle.at + middle.seconds + 300);
    changed.rollouts = [{ at, version: next(focus.version), cpuFactor: 1, waitFactor: 1 }];
  } else if (random.chance(0.2)) {
    changed.rollouts = [
      { at: window - random.integer(420, 900), version: next(focus.version), cpuFactor: 1, waitFactor: 1 },
    ];
  }
  if (random.chance(0.3)) changed.spuriousThrottling = random.between(0.005, 0.03);
  const slower = random.chance(0.3) ? random.integer(0, others.length - 1) : -1;
  return {
    ...scenario,
    focus: { ...focus, ...changed },
    others: others.map((other, index) => (index === slower ? { ...other, latency: other.latency * 2.5 } : other)),
  };
}

/** The next patch version. */
export function next(version: string): string {
  return version.replace(/(\d+)(?!.*\d)/, (last) => String(Number(last) + 1));
}

/** Stays in ALARM on the days before: the trouble is older than the window. */
export function withHistory(scenario: Scenario, random: Random): Scenario {
  if (random.chance(0.35)) return scenario;
  const count = random.chance(0.2) ? random.integer(50, 90) : random.integer(3, 25);
  const earlier = Array.from({ length: count }, () => ({
    ago: scenario.window + 3600 + Math.round(random.between(0, 12 * 86_400)),
    seconds: 60 * random.integer(1, 7),
  })).sort((a, b) => b.ago - a.ago);
  // One stay at a time.
  const apart = earlier.filter((one, index) => index === 0 || (earlier[index - 1]?.ago ?? 0) - one.ago > 900);
  return { ...scenario, alarm: { ...scenario.alarm, earlier: apart } };
}

/** An autoscaler that cannot act: the most that its pods can show stays within the tolerance of its target. */
export function unreachableAutoscaler(name: string, replicas: number, most: number, request: number, random: Random) {
  const reachable = (100 * most) / request;
  const target = [70, 75, 80, 85, 90].find((percent) => reachable <= percent * 1.08);
  if (target === undefined || random.chance(0.3)) return null;
  return { name, min: replicas, max: replicas + random.integer(2, 8), target };
}
