import { workerCeiling } from "../families/cpu.ts";
import { drawTroubles, withHistory } from "../families/parts.ts";
import { fleetUse } from "../families/truths.ts";
import type { Faults } from "../faults.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import type { World } from "../world.ts";
import { loop, steady, told, type WorldDraft } from "./kinds.ts";
import { alarmed, stays, without } from "./without.ts";

/** Bursts above the workers' ceiling, sent by clients of whom some do not wait for ever. */
function impatient(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  { description, retries }: { description: string; retries: NonNullable<Faults["retries"]> },
): Omit<WorldDraft, "holds"> & { readonly full: (world: World) => boolean } {
  const replicas = random.integer(3, 6);
  const server = loop(random, 1);
  const efficiency = random.between(0.88, 0.96);
  const cpu = random.between(0.12, 0.3);
  const capacity = (replicas * efficiency) / cpu;
  const base = capacity * random.between(0.15, 0.3);
  const plain = steady(name, seed, random, { server, rate: base, cpu, wait: 0.03, cv: 0.5, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 150, longest: 210 });
  const bursts = troubles.map((one) => ({ ...one, rate: capacity * random.between(1.12, 1.22) - base }));
  const made = told(
    plain,
    judgement,
    description,
    { efficiency, traffic: { ...plain.focus.traffic, bursts } },
    { loadBalancer: { ...plain.loadBalancer, idleTimeout: 120 }, faults: { retries } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles: troubles.map(({ at, seconds }) => ({ at, seconds: seconds + 60 })),
    least: 2,
    free: true,
    full: (world) => fleetUse(world, troubles) > 0.72 * replicas * efficiency && world.truth.hungUp.size > 100,
  };
}

/** The bursts alone are too much; those who hang up and ask again make it worse. */
export function ceilingWithRetries(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "uneven-pod-load", "deploy-regression", "cpu-throttling", "alarm-too-sensitive"],
    factors: { present: ["retry-storm"], absent: [] },
    why: "The bursts are above the ceiling before anybody asks again; 460s and repeated requests come after latency.",
  };
  const times = random.pick([1, 1, 2]);
  const share = random.between(0.25, 0.4) / times;
  const retries = { after: random.between(3, 8), times, hangUp: true, share };
  const { full, ...draft } = impatient("ceiling-with-retries", seed, random, judgement, {
    description: "Bursts above the workers' ceiling, and clients who hang up after seconds and send the same again.",
    retries,
  });
  return { ...draft, holds: (world) => full(world) && stays(without(world, {}, { faults: {} })) >= stays(world) * 0.7 };
}

/** The same with clients who hang up, and leave it at that. */
export function ceilingWithHangUps(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["client-storm", "slow-dependency", "uneven-pod-load", "deploy-regression", "cpu-throttling"],
    factors: { present: [], absent: ["retry-storm"] },
    why: "460s rise with latency, and the requests do not: whoever hangs up does not ask again.",
  };
  const retries = { after: random.between(3, 10), times: 0, hangUp: true, share: random.between(0.25, 0.6) };
  const { full, ...draft } = impatient("ceiling-with-hang-ups", seed, random, judgement, {
    description: "Bursts above the workers' ceiling; some clients hang up after seconds, and do not come back.",
    retries,
  });
  return { ...draft, holds: full };
}

/** The self-sustaining storm, with clients who hang up: what they no longer wait for is worked on all the same. */
export function stormOfHangUps(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "client-storm",
    accept: ["worker-concurrency-ceiling"],
    never: ["uneven-pod-load", "deploy-regression", "cpu-throttling", "alarm-too-sensitive"],
    factors: { present: ["retry-storm"], absent: [] },
    why: "The usual load would be taken with ease: 460s and repeated requests come after a blip, and keep it overloaded.",
  };
  const replicas = random.integer(3, 5);
  const server = loop(random, 1);
  const efficiency = random.between(0.88, 0.96);
  const cpu = random.between(0.15, 0.3);
  const capacity = (replicas * efficiency) / cpu;
  const rate = capacity * random.between(0.68, 0.76);
  const plain = steady("storm-of-hang-ups", seed, random, { server, rate, cpu, wait: 0.15, cv: 0.4, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 4, shortest: 240, longest: 300 });
  const after = random.between(3, 5);
  const made = told(
    plain,
    judgement,
    "A short blip makes clients hang up and ask again; their repetitions keep the service overloaded.",
    {
      efficiency,
      slowDependency: troubles.map((one) => ({ at: one.at, seconds: 60, factor: (after * 1.6) / 0.15 })),
      traffic: {
        ...plain.focus.traffic,
        wobble: 0.03,
        levels: troubles.map((one) => ({ at: one.at + one.seconds, seconds: 420, factor: 0.2 })),
      },
    },
    {
      loadBalancer: { ...plain.loadBalancer, idleTimeout: 120 },
      faults: { retries: { after, times: 1, hangUp: true, share: random.between(0.65, 0.85) } },
    },
  );
  // Minutes after the blip is over, in which nothing but the repetitions keeps it slow.
  const late = troubles.map(({ at, seconds }) => ({ at: at + 120, seconds: seconds - 120 }));
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles: troubles.map(({ at, seconds }) => ({ at, seconds: seconds + 90 })),
    least: 2,
    free: true,
    holds: (world) =>
      fleetUse(world, late) > 0.85 * replicas * efficiency &&
      alarmed(without(world, {}, { faults: {} })) < alarmed(world) / 2,
  };
}

/** Many 4xx that have nothing to do with it: look-ups of what is not there, and scanners. */
export function harmlessClientErrors(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["client-storm", "slow-dependency", "target-errors", "misrouted-requests", "deploy-regression"],
    factors: { present: [], absent: ["retry-storm", "blocked-by-waf"] },
    why: "4xx are as many a request, or a minute, in the bursts as at all other times; nobody asks again.",
  };
  const draft = workerCeiling(seed, random);
  const { scenario } = draft;
  const loadBalancer = {
    ...scenario.loadBalancer,
    clientErrors: random.between(0.12, 0.4),
    malformed: random.between(2, 25),
  };
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      name: `harmless-client-errors-${seed}`,
      description: `${scenario.description} Many answers are 404, and scanners knock; both have always been so.`,
      loadBalancer,
    },
  };
}
