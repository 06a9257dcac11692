import { burstsAbove, drawTroubles, withHistory } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { GO, java, loop, steady, told, type WorldDraft } from "./kinds.ts";

/** The focus service becomes the canary of `others[0]`, which takes the rest of the same rule. */
export function weighted(scenario: Scenario, weight: number, total: number, at: number): Scenario {
  const { focus, others } = scenario;
  const [stable, ...rest] = others;
  if (!stable) return scenario;
  const share = weight / 100;
  // Nothing goes to the canary before the rule is weighted.
  const levels = at > 0 ? [{ at: -7200, seconds: 7200 + at, factor: 0 }] : [];
  return {
    ...scenario,
    canary: { weight, stableWeight: 100 - weight },
    others: [{ ...stable, host: focus.host, rate: total * (1 - share) }, ...rest],
    focus: {
      ...focus,
      service: `${stable.service}-canary`,
      deployment: `${stable.service}-canary`,
      versionDays: at > 0 ? (scenario.window - at + 900) / 86_400 : focus.versionDays,
      traffic: { ...focus.traffic, base: total * share, levels },
    },
  };
}

/** The light group of a weighted rule is much slower than the heavy one. */
export function canaryWorse(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "canary-weight",
    accept: ["deploy-regression"],
    never: ["slow-dependency", "worker-concurrency-ceiling", "uneven-pod-load", "alarm-too-sensitive"],
    why: "Only the light group of the weighted rule is slow, since it gets requests; setting its weight to 0 ends it.",
  };
  const weight = random.pick([5, 10, 10, 15, 20]);
  const total = random.between(5, 12);
  const plain = steady("canary-worse", seed, random, {
    server: random.pick([GO, java(100)]),
    rate: 1,
    cpu: random.between(0.01, 0.03),
    wait: random.between(2, 6) / (weight / 10),
    replicas: 1,
  });
  const at = Math.round(plain.window * random.between(0.3, 0.65));
  const made = weighted(plain, weight, total, at);
  return {
    judgement,
    scenario: told(
      made,
      judgement,
      `A canary gets ${weight} % of the requests, and takes seconds for each.`,
      {},
      {
        alarm: { ...made.alarm, on: "load balancer" },
      },
    ),
    troubles: [{ at, seconds: made.window - at }],
    least: 1,
    free: true,
    holds: (world) => world.groups.length > 1 && (world.scenario.focus.inFlight ?? null) === null,
  };
}

/** A single canary pod gets half of the requests. */
export function canaryOverweight(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "canary-weight",
    accept: ["worker-concurrency-ceiling"],
    never: ["slow-dependency", "uneven-pod-load", "deploy-regression", "insufficient-capacity"],
    why: "The weights give half of the requests to one pod, and the stable group with all the others has room.",
  };
  const server = loop(random, 1);
  const efficiency = random.between(0.86, 0.96);
  const cpu = random.between(0.08, 0.3);
  const capacity = efficiency / cpu;
  const share = 0.5;
  const base = (capacity * random.between(0.15, 0.3)) / share;
  const plain = steady("canary-overweight", seed, random, { server, rate: base, cpu, wait: 0.02, replicas: 1 });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 200, longest: 420 });
  const made = weighted(plain, 50, base, 0);
  const bursts = burstsAbove(random, troubles, capacity, made.focus.traffic.base, [8, 20]);
  const [stable, ...rest] = made.others;
  const factor = capacity / made.focus.traffic.base;
  return {
    judgement,
    scenario: withHistory(
      told(
        made,
        judgement,
        "A weighted rule sends half of all requests to a single canary pod.",
        {
          efficiency,
          traffic: { ...made.focus.traffic, bursts },
        },
        {
          others: stable
            ? [{ ...stable, replicas: 6, levels: troubles.map((one) => ({ ...one, factor })) }, ...rest]
            : made.others,
        },
      ),
      random,
    ),
    troubles,
    least: 2,
    free: true,
    holds: () => true,
  };
}
