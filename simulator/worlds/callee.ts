import { drawTroubles, rounded, withHistory } from "../families/parts.ts";
import type { Trouble } from "../families/settle.ts";
import { fleetUse, throttledIn } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { OtherService, Scenario } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { GO, java, loop, steady, told, type WorldDraft } from "./kinds.ts";

/** A healthy service that two others of the same load balancer call, once for each of their requests. */
function called(scenario: Scenario, random: Random, rates: readonly [number, number]): Scenario {
  const callers: OtherService[] = scenario.others.slice(0, 2).map((other, index) => ({
    ...other,
    replicas: random.integer(2, 4),
    rate: rates[index] ?? 1,
    latency: random.between(0.02, 0.07),
    cv: 0.4,
    cpu: random.between(0.004, 0.01),
    callsFocus: true,
  }));
  // Mostly nobody else is behind the load balancer: then all that there is rises alike.
  const bystanders = random.chance(0.3) ? scenario.others.slice(2, 3) : [];
  return {
    ...scenario,
    others: [...callers, ...bystanders],
    alarm: { ...scenario.alarm, on: "load balancer" },
  };
}

/** Minutes in which the callers' own clients ask so much more that the called service gets `surplus` above its capacity. */
function rush(scenario: Scenario, troubles: readonly Trouble[], factor: number): Scenario {
  const levels = troubles.map((one) => ({ ...one, factor }));
  return {
    ...scenario,
    others: scenario.others.map((other) => (other.callsFocus ? { ...other, levels } : other)),
  };
}

/** On whole minutes: the rates of other services change there. */
function minutesOnly(troubles: readonly Trouble[]): Trouble[] {
  return troubles.map(({ at, seconds }) => ({ at: Math.round(at / 60) * 60, seconds: Math.ceil(seconds / 60) * 60 }));
}

interface Callee {
  readonly server: ServerSpec;
  readonly replicas: number;
  /** Cores of the whole fleet. */
  readonly all: number;
  readonly efficiency: number;
  readonly cpuRequest: number;
  readonly cpuLimit: number | null;
}

function callee(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  description: string,
  { server, replicas, all, efficiency, cpuRequest, cpuLimit }: Callee,
): Omit<WorldDraft, "holds"> {
  const cpu = Math.max(all / 16, random.between(0.08, 0.25));
  const capacity = all / cpu;
  const direct = capacity * random.between(0.03, 0.1);
  const rates = [capacity * random.between(0.1, 0.2), capacity * random.between(0.1, 0.2)] as const;
  const plain = steady(name, seed, random, {
    server,
    rate: direct,
    cpu,
    wait: 0.01,
    cv: 0.5,
    replicas,
    cpuRequest,
    cpuLimit,
  });
  const drawn = drawTroubles(random, plain.window, { least: 3, most: 7, shortest: 240, longest: 420 });
  const troubles = minutesOnly(drawn);
  const seconds = Math.max(...troubles.map((one) => one.seconds));
  const factor = (capacity * (1 + random.between(8, 18) / seconds) - direct) / (rates[0] + rates[1]);
  const made = told(rush(called(plain, random, rates), troubles, factor), judgement, description, { efficiency });
  return { judgement, scenario: withHistory(made, random), troubles, least: 2 };
}

/** Two services and the one that they call rise by the same seconds: the called one's workers are full. */
export function calleeAtItsCeiling(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["shared-load-balancer", "uneven-pod-load", "cpu-throttling", "deploy-regression", "alarm-too-sensitive"],
    why: "All groups rise by the same seconds, because two wait for the third, whose workers are full; the others idle.",
  };
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 5);
  const all = replicas * server.processes * efficiency;
  const draft = callee(
    "callee-at-its-ceiling",
    seed,
    random,
    judgement,
    "Two services call a third through the same load balancer; its workers are full in the bursts.",
    {
      server,
      replicas,
      all,
      efficiency,
      cpuRequest: rounded(server.processes * random.between(0.7, 1.1)),
      cpuLimit: random.chance(0.4) ? null : rounded(server.processes * random.between(1.3, 2), 0.25),
    },
  );
  return {
    ...draft,
    holds: (world) => fleetUse(world, draft.troubles) > 0.72 * all && throttledIn(world, draft.troubles) < 0.05,
  };
}

/** The same, and it is the called one's CPU limit that is too small. */
export function calleeThrottled(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cpu-throttling",
    accept: [],
    never: ["shared-load-balancer", "uneven-pod-load", "worker-concurrency-ceiling", "deploy-regression"],
    why: "All groups rise by the same seconds, because two wait for the third, whose pods are at their CPU limit.",
  };
  const server = random.chance(0.5) ? java(200) : { ...loop(random, 1), processes: random.integer(3, 5) };
  const replicas = random.integer(2, 5);
  const quota = rounded(random.between(0.4, 1.1), 0.1);
  const all = replicas * (quota - 0.015);
  const draft = callee(
    "callee-throttled",
    seed,
    random,
    judgement,
    "Two services call a third through the same load balancer; its CPU limit is too small for the bursts.",
    { server, replicas, all, efficiency: random.between(0.88, 0.96), cpuRequest: quota / 2, cpuLimit: quota },
  );
  return { ...draft, holds: (world) => throttledIn(world, draft.troubles) > 0.5 };
}

/** Something outside that every service of the load balancer asks for most of its requests. */
export function dependencyOfAll(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "slow-dependency",
    accept: [],
    never: ["worker-concurrency-ceiling", "cpu-throttling", "insufficient-capacity", "uneven-pod-load", "bad-target"],
    why: "Most requests of every group wait by the same seconds; those that need nothing from outside are as fast as ever.",
  };
  const bare = steady("dependency-of-all", seed, random, {
    server: random.pick([GO, java(400)]),
    rate: random.between(2, 6),
    cpu: random.between(0.01, 0.03),
    wait: random.between(0.03, 0.08),
  });
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 7, shortest: 240, longest: 480 });
  const share = random.between(0.7, 0.88);
  const extraWaits = troubles.map((one) => ({ ...one, share, wait: random.between(1, 4), cv: 0.5 }));
  const others = bare.others.slice(0, 2).map((other) => ({ ...other, rate: random.between(1, 4), extraWaits }));
  const made = told(
    bare,
    judgement,
    "A database that all three services ask answers slowly for minutes at a time.",
    {},
    { others, faults: { extraWaits }, alarm: { ...bare.alarm, on: "load balancer" } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => fleetUse(world, troubles) < 0.3 * bare.focus.replicas,
  };
}

/** The load balancer is slow for all: who calls another through it waits twice. */
export function slowForCallers(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "shared-load-balancer",
    accept: [],
    never: ["worker-concurrency-ceiling", "cpu-throttling", "insufficient-capacity", "uneven-pod-load", "bad-target"],
    why: "Every request of every group is slow, the fastest too, and those that call another through it twice as much.",
  };
  const bare = steady("slow-for-callers", seed, random, {
    server: random.pick([GO, java(400)]),
    rate: random.between(1, 4),
    cpu: random.between(0.01, 0.03),
    wait: random.between(0.02, 0.06),
  });
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 7, shortest: 240, longest: 480 });
  const sharedSlowness = troubles.map((one) => ({ ...one, extra: random.between(0.8, 2.5) }));
  const made = told(
    called(bare, random, [random.between(0.8, 2), random.between(0.8, 2)]),
    judgement,
    "The load balancer itself is slow for minutes; two of its services call the third through it.",
    {},
    { sharedSlowness },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => fleetUse(world, troubles) < 0.3 * bare.focus.replicas,
  };
}
