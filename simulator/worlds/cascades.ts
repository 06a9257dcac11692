import { workerCeiling } from "../families/cpu.ts";
import { drawTroubles, next, withHistory } from "../families/parts.ts";
import { fleetUse } from "../families/truths.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { loop, steady, told, type WorldDraft } from "./kinds.ts";
import { alarmed, without } from "./without.ts";

/** Checks that nothing fails: nobody waits an hour for an answer. */
const UNNOTICED = { period: 10, timeout: 3600, failureThreshold: 3 };

/** Load that all pods together could just take, if none of them left for answering a check too late. */
export function cascadeBelowCapacity(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "health-check-cascade",
    accept: ["worker-concurrency-ceiling"],
    never: ["slow-dependency", "deploy-regression", "health-check-flapping", "cpu-throttling", "configuration-change"],
    why: "All pods together can take the load; it is too much only for those that are left when some fail their checks.",
  };
  const replicas = random.integer(4, 7);
  const server = loop(random, 1);
  const efficiency = random.between(0.88, 0.96);
  const cpu = random.between(0.15, 0.3);
  const capacity = (replicas * efficiency) / cpu;
  const base = capacity * random.between(0.3, 0.45);
  const plain = steady("cascade-below-capacity", seed, random, { server, rate: base, cpu, wait: 0.02, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 4, shortest: 240, longest: 420 });
  const bursts = troubles.map((one) => ({ ...one, rate: capacity * random.between(0.93, 0.98) - base }));
  const period = random.pick([5, 10]);
  const readinessProbe = { period, timeout: random.pick([1, 2]), failureThreshold: random.pick([1, 2]) };
  const made = told(
    plain,
    judgement,
    "Load near what the pods can take makes one fail its check; the others get its share, and fail theirs.",
    {
      targetType: "ip",
      algorithm: "round_robin",
      efficiency,
      readinessProbe,
      probes: { startup: false, liveness: false, readiness: true },
      traffic: { ...plain.focus.traffic, wobble: 0.03, bursts },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) => {
      const outs = world.truth.pods.flatMap((pod) => pod.outs);
      return (
        outs.length >= 2 * troubles.length &&
        fleetUse(world, troubles) > 0.5 * replicas * efficiency &&
        alarmed(without(world, { readinessProbe: UNNOTICED })) < alarmed(world) / 3
      );
    },
  };
}

/** Targets leave in some of the overloads, because a rollout replaces the pods; the overloads are older. */
export function rolloutInOverload(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["health-check-cascade", "health-check-flapping", "deploy-regression", "slow-dependency", "cold-start"],
    why: "The first overloads come with all targets there; later ones meet a rollout that takes a pod away at a time.",
  };
  const draft = workerCeiling(seed, random);
  const { scenario, troubles } = draft;
  const { focus } = scenario;
  const startSeconds = random.between(15, 30);
  const met = troubles.slice(2).filter(() => random.chance(0.6));
  const rollouts = met.map(({ at }, index) => ({
    at: at + random.integer(30, 60),
    version: met.slice(0, index + 1).reduce((version) => next(version), focus.version),
    cpuFactor: 1,
    waitFactor: 1,
  }));
  return {
    ...draft,
    judgement,
    free: true,
    scenario: {
      ...scenario,
      name: `rollout-in-overload-${seed}`,
      description: `${scenario.description} Rollouts take targets away in some of the bursts.`,
      focus: {
        ...focus,
        targetType: "ip",
        algorithm: "round_robin",
        inFlight: null,
        startSeconds,
        maxUnavailable: 1,
        rollouts,
      },
    },
    holds: (world) => {
      const first = world.scenario.now - world.scenario.window + (rollouts[0]?.at ?? 0);
      const older = figuresOf(world).episodes.filter(({ alarmAt }) => alarmAt < first);
      return rollouts.length > 0 && older.length >= 2 && draft.holds(world);
    },
  };
}
