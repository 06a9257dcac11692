import { drawTroubles, next } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { weighted } from "./canary.ts";
import { errorAlarm, firstOther, lossesOf, perMinute, plainRollouts, serving, usualErrors } from "./errors.ts";
import { told, type WorldDraft } from "./kinds.ts";

const TARGET = "HTTPCode_Target_5XX_Count";

/** A version answers a share of the requests 5xx. */
export function errorsSinceRollout(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "deploy-regression",
    accept: [],
    never: ["abrupt-deregistration", "slow-dependency", "alarm-too-sensitive", "restarting-pods", "blocked-by-network"],
    why: "The errors begin with the rollout and stay with its version; before it there were next to none.",
  };
  const plain = serving("errors-since-rollout", seed, random, { startSeconds: random.between(12, 30) });
  const at = Math.round(plain.window * random.between(0.3, 0.75));
  const errorShare = random.between(0.04, 0.6);
  const rollout = { at, version: next(plain.focus.version), cpuFactor: 1, waitFactor: 1, errorShare };
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `A rollout brings a version that answers ${Math.round(errorShare * 100)} % of the requests 5xx.`,
      { rollouts: [rollout] },
      {
        alarm: errorAlarm(plain, random, TARGET, {
          expected: perMinute(plain) * errorShare,
          usual: usualErrors(plain),
        }),
      },
    ),
    troubles: [{ at, seconds: plain.window - at }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).failed > 30 && world.state === "ALARM",
  };
}

/** The service answers 5xx for minutes, again and again; rollouts come when they like. */
export function errorsOlderThanRollout(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "target-errors",
    accept: [],
    never: [
      "deploy-regression",
      "abrupt-deregistration",
      "alarm-too-sensitive",
      "restarting-pods",
      "shared-load-balancer",
    ],
    why: "The same errors came and went before the first rollout as after the last; no version makes a difference.",
  };
  const draft = failingInPeriods("errors-older-than-rollout", seed, random, judgement);
  const { scenario, troubles } = draft;
  const quiet = troubles.slice(1, -1).flatMap(({ at, seconds }, index) => {
    const from = at + seconds + 420;
    const to = (troubles[index + 2]?.at ?? scenario.window) - 600;
    return to > from ? [Math.round(random.between(from, to))] : [];
  });
  const rollouts = plainRollouts(scenario.focus.version, quiet.slice(0, random.integer(1, 2)));
  return {
    ...draft,
    scenario: { ...scenario, focus: { ...scenario.focus, startSeconds: random.between(12, 25), rollouts } },
    holds: (world) => rollouts.length > 0 && draft.holds(world),
  };
}

/** All pods answer 5xx in periods: what they need fails. */
export function errorsInPeriods(seed: number, random: Random): WorldDraft {
  return failingInPeriods("errors-in-periods", seed, random, {
    truth: "target-errors",
    accept: ["slow-dependency"],
    never: ["deploy-regression", "abrupt-deregistration", "bad-target", "alarm-too-sensitive", "shared-load-balancer"],
    why: "All pods of one service answer 5xx in the same minutes; nothing was rolled out, nothing restarted.",
  });
}

function failingInPeriods(name: string, seed: number, random: Random, judgement: Judgement): WorldDraft {
  const plain = serving(name, seed, random);
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 7, shortest: 240, longest: 600 });
  const share = random.between(0.1, 0.9);
  const alarm = errorAlarm(plain, random, TARGET, { expected: perMinute(plain) * share, usual: usualErrors(plain) });
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `For minutes at a time ${Math.round(share * 100)} % of the requests are answered 5xx, by every pod alike.`,
      {},
      { alarm, faults: { errors: troubles.map((one) => ({ ...one, share })) } },
    ),
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).failed > 30,
  };
}

/** One pod answers 5xx, in periods; the others are well. */
export function errorsOfOnePod(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "bad-target",
    accept: ["target-errors"],
    never: [
      "deploy-regression",
      "slow-dependency",
      "abrupt-deregistration",
      "alarm-too-sensitive",
      "shared-load-balancer",
    ],
    why: "Only one pod's answers are errors, in every episode; the others answer the same requests well.",
  };
  const replicas = random.integer(3, 5);
  const plain = serving("errors-of-one-pod", seed, random, { replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 300, longest: 700 });
  const pod = random.integer(0, replicas - 1);
  const share = random.between(0.6, 1);
  const expected = (perMinute(plain) * share) / replicas;
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      "One pod of several answers 5xx, the same in every episode.",
      {},
      {
        alarm: errorAlarm(plain, random, TARGET, { expected, usual: usualErrors(plain) }),
        faults: { errors: troubles.map((one) => ({ ...one, share, pod })) },
      },
    ),
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => new Set([...world.truth.failed].map((request) => world.truth.servedBy[request])).size === 1,
  };
}

/** Another service of the load balancer answers 5xx; this one is rolled out as it begins. */
export function errorsOfAnother(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "target-errors",
    accept: [],
    never: [
      "deploy-regression",
      "abrupt-deregistration",
      "shared-load-balancer",
      "alarm-too-sensitive",
      "restarting-pods",
    ],
    why: "The errors are another target group's; the service that was rolled out meanwhile answers as ever.",
  };
  const plain = serving("errors-of-another", seed, random, { startSeconds: random.between(12, 25) });
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 5, shortest: 300, longest: 700 });
  const share = random.between(0.3, 0.9);
  const rate = random.between(1, 4);
  const others = firstOther(plain, { rate, errors: troubles.map((one) => ({ ...one, share })) });
  const rollouts = plainRollouts(plain.focus.version, [(troubles[0]?.at ?? 0) - random.integer(0, 90)]);
  const alarm = errorAlarm(plain, random, TARGET, {
    expected: 60 * rate * share,
    usual: usualErrors({ ...plain, others }),
  });
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      "Another service of the same load balancer answers 5xx for minutes; the busiest one was just rolled out.",
      { rollouts },
      {
        others,
        alarm: { ...alarm, name: `${plain.place.cluster}-${plain.loadBalancer.group}-5xx`, on: "load balancer" },
      },
    ),
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).failed === 0,
  };
}

/** The light group of a weighted rule answers 5xx in periods, at a weight that is old and no more than its pods' share. */
export function canaryAsEver(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "target-errors",
    accept: [],
    never: ["canary-weight", "deploy-regression", "misrouted-requests", "alarm-too-sensitive", "shared-load-balancer"],
    why: "The weight is as old as the window, and its pods have more than their share: what fails there comes and goes by itself.",
  };
  const plain = serving("canary-as-ever", seed, random, { replicas: 3 });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 7, shortest: 300, longest: 600 });
  const share = random.between(0.3, 0.9);
  const [weight, total] = [random.pick([10, 15, 20]), random.between(8, 14)];
  const made = weighted(plain, weight, total, 0);
  const [stable, ...rest] = made.others;
  const others = stable ? [{ ...stable, replicas: random.integer(3, 6) }, ...rest] : [];
  const scenario = { ...made, others };
  const expected = 60 * total * (weight / 100) * share;
  return {
    judgement,
    scenario: told(
      scenario,
      judgement,
      `A canary that gets ${weight} % of the requests for days fails for minutes at a time.`,
      {},
      {
        alarm: {
          ...errorAlarm(scenario, random, TARGET, { expected, usual: usualErrors(scenario) }),
          on: "load balancer",
        },
        faults: { errors: troubles.map((one) => ({ ...one, share })) },
      },
    ),
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).failed > 30,
  };
}

/** The light group of a weighted rule answers 5xx. */
export function canaryErrors(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "canary-weight",
    accept: ["deploy-regression", "target-errors"],
    never: ["slow-dependency", "abrupt-deregistration", "alarm-too-sensitive", "shared-load-balancer"],
    why: "Only the light group of the weighted rule answers 5xx, since it gets requests; the heavy one is well.",
  };
  const weight = random.pick([5, 10, 10, 15, 20]);
  const total = random.between(6, 14);
  const plain = serving("canary-errors", seed, random, { replicas: random.integer(1, 2) });
  const at = Math.round(plain.window * random.between(0.3, 0.65));
  const share = random.between(0.3, 0.9);
  const made = weighted(plain, weight, total, at);
  const expected = 60 * total * (weight / 100) * share;
  return {
    judgement,
    scenario: told(
      made,
      judgement,
      `A canary gets ${weight} % of the requests, and answers most of them 5xx.`,
      {},
      {
        alarm: { ...errorAlarm(made, random, TARGET, { expected, usual: usualErrors(made) }), on: "load balancer" },
        faults: { errors: [{ at, seconds: made.window - at, share }] },
      },
    ),
    troubles: [{ at, seconds: made.window - at }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).failed > 20,
  };
}
