import { workerCeiling } from "../families/cpu.ts";
import { deployRegression } from "../families/deploy.ts";
import { next } from "../families/parts.ts";
import { tooSensitive } from "../families/quiet.ts";
import { quantile } from "../families/settle.ts";
import { fleetUse, nodeUse } from "../families/truths.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import { serverOf } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { buildWorld } from "../world.ts";
import type { WorldDraft } from "./kinds.ts";

/** An hour of health at the same load lies between the rollout and the first episode. */
export function innocentRollout(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["deploy-regression", "slow-dependency", "uneven-pod-load", "configuration-change"],
    why: "The new version took the same load for an hour; it is the bursts that grew.",
  };
  const draft = workerCeiling(seed, random);
  const { scenario } = draft;
  const { focus, window } = scenario;
  const { cores } = serverOf(focus.server, 8000);
  const all = focus.replicas * cores * focus.efficiency;
  const capacity = all / focus.work.cpu;
  const at = random.integer(900, 2400);
  const healthy = at + 900 + 3600;
  const troubles = draft.troubles.filter((one) => one.at > healthy);
  const heavy = focus.traffic.bursts.filter((one) => one.at > healthy);
  // Until then the bursts leave a tenth of the fleet free, before the rollout and after it.
  const light = [];
  for (let start = 120; start + 300 < healthy; start += 900)
    light.push({ at: start, seconds: 300, rate: capacity * random.between(0.4, 0.55) });
  return {
    ...draft,
    judgement,
    free: true,
    troubles,
    scenario: {
      ...scenario,
      description: "A rollout, an hour of health at the usual load, and then bursts above the workers' ceiling.",
      alarm: { ...scenario.alarm, earlier: [] },
      focus: {
        ...focus,
        rollouts: [{ at, version: next(focus.version), cpuFactor: 1, waitFactor: 1 }],
        inFlight: null,
        traffic: { ...focus.traffic, bursts: [...light, ...heavy] },
      },
    },
    holds: (world) =>
      troubles.length >= 2 &&
      window > healthy &&
      fleetUse(world, troubles) > 0.7 * all &&
      // Full nodes would be a cause of their own.
      nodeUse(world, troubles) < 0.8,
  };
}

/** The rollout is guilty, although the alarm flapped once long before it. */
export function guiltyRolloutAfterOldFlap(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "deploy-regression",
    accept: [],
    never: ["slow-dependency", "uneven-pod-load", "alarm-too-sensitive", "insufficient-capacity"],
    why: "One old flap clears no rollout: at equal load the new version is slower.",
  };
  const draft = deployRegression(seed, random);
  const { scenario } = draft;
  const ago = Math.round(scenario.window + 3600 * random.between(2, 90));
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      description: `${scenario.description} The alarm had flapped once, long before.`,
      alarm: { ...scenario.alarm, earlier: [{ ago, seconds: 60 * random.integer(2, 6) }] },
    },
  };
}

/** Somebody lowered the threshold into the usual range; the service is as it was. */
export function loweredThreshold(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "configuration-change",
    accept: ["alarm-too-sensitive"],
    never: [
      "slow-dependency",
      "deploy-regression",
      "worker-concurrency-ceiling",
      "uneven-pod-load",
      "shared-load-balancer",
    ],
    why: "The metric is the same before and after; the alarm flaps since its threshold was lowered.",
  };
  const draft = tooSensitive(seed, random);
  const { scenario } = draft;
  const world = buildWorld(scenario);
  const values = world.alarmMetric.filter((value) => value !== null);
  const threshold = Math.round(quantile(values, random.between(0.9, 0.96)) * 100) / 100;
  const before = Math.round(Math.max(...values) * random.between(1.3, 2.5) * 100) / 100;
  const at = Math.round(scenario.window * random.between(0.3, 0.6));
  const changed = { at, before: { threshold: before } };
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      cause: judgement.truth,
      description: `The threshold was lowered from ${before} s to ${threshold} s, into the usual range of the metric.`,
      alarm: { ...scenario.alarm, threshold, changed },
    },
    holds: (judged) => {
      const start = judged.scenario.now - judged.scenario.window;
      const { episodes } = figuresOf(judged);
      return episodes.length >= 3 && episodes.every((one) => one.alarmAt - start > at);
    },
  };
}
