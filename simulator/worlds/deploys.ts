import { workerCeiling } from "../families/cpu.ts";
import { next } from "../families/parts.ts";
import { nodeUse } from "../families/truths.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { java, steady, told, type WorldDraft } from "./kinds.ts";

/** Rollout after rollout makes a slow minute or two, and loses no request: a tight alarm tells of each. */
export function deployNoise(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cold-start",
    accept: ["alarm-too-sensitive"],
    never: ["deploy-regression", "slow-dependency", "worker-concurrency-ceiling", "insufficient-capacity"],
    factors: { present: ["deploy-noise"], absent: ["retry-storm"] },
    why: "Each rollout has its slow minute, whatever it brings; the versions are as fast as ever, and nothing is lost.",
  };
  const replicas = random.integer(2, 5);
  const startSeconds = random.between(12, 25);
  const plain = steady("deploy-noise", seed, random, {
    server: java(200),
    rate: random.between(4, 9),
    cpu: random.between(0.04, 0.08),
    wait: random.between(0.01, 0.04),
    cv: 0.4,
    replicas,
    cpuRequest: 1,
  });
  const warmUp = { seconds: random.between(45, 90), factor: random.between(6, 12) };
  const count = random.integer(5, 8);
  const room = (plain.window - 1800) / count;
  const starts = Array.from({ length: count }, (_, index) =>
    Math.round(900 + index * room + random.between(0, room * 0.4)),
  );
  const rollouts = starts.map((at, index) => ({
    at,
    version: starts.slice(0, index + 1).reduce((version) => next(version), plain.focus.version),
    cpuFactor: 1,
    waitFactor: 1,
  }));
  const rolling = Math.round(replicas * startSeconds * 1.2);
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `${count} rollouts in ${Math.round(plain.window / 3600)} hours; fresh pods are slow for a minute, and none loses a request.`,
      { rollouts, startSeconds, probes: { startup: false, liveness: true, readiness: true } },
      {
        faults: { warmUp },
        loadBalancer: { ...plain.loadBalancer, targetErrors: 0 },
        alarm: { ...plain.alarm, evaluationPeriods: 1, datapointsToAlarm: 1 },
      },
    ),
    troubles: starts.map((at) => ({
      at: at + Math.round(startSeconds),
      seconds: rolling + Math.round(warmUp.seconds * 0.6),
    })),
    least: Math.ceil(count * 0.6),
    free: true,
    holds: (world) => {
      const [own] = world.groups;
      const lost = [...(own?.timedOut ?? []), ...(own?.dropped ?? [])].some((one) => one > 0);
      return !lost && figuresOf(world).longest < 480 && nodeUse(world, [{ at: 0, seconds: plain.window }]) < 0.7;
    },
  };
}

/** As many rollouts, none of which anybody notices, and bursts that come when they like. */
export function rolloutsBeside(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["deploy-regression", "cold-start", "slow-dependency", "configuration-change", "alarm-too-sensitive"],
    factors: { present: [], absent: ["deploy-noise", "retry-storm"] },
    why: "The episodes are bursts with full workers; the rollouts between them are as fast as ever, before and after.",
  };
  const draft = workerCeiling(seed, random);
  const { scenario, troubles } = draft;
  const quiet = troubles.flatMap(({ at, seconds }, index) => {
    const from = at + seconds + 420;
    const to = (troubles[index + 1]?.at ?? scenario.window) - 900;
    return to > from ? [Math.round(random.between(from, to))] : [];
  });
  const rollouts = quiet.map((at, index) => ({
    at,
    version: quiet.slice(0, index + 1).reduce((version) => next(version), scenario.focus.version),
    cpuFactor: 1,
    waitFactor: 1,
  }));
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      name: `rollouts-beside-${seed}`,
      description: `${scenario.description} Between the bursts there are ${rollouts.length} rollouts.`,
      focus: { ...scenario.focus, startSeconds: random.between(15, 25), inFlight: null, rollouts },
    },
    holds: (world) => rollouts.length >= 3 && draft.holds(world),
  };
}
