import { drawTroubles } from "../families/parts.ts";
import { figuresOf } from "../figures.ts";
import type { BalancerType } from "../front.ts";
import type { Random } from "../random.ts";
import type { FocusService } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { hostAlarm, perMinute, plainRollouts, rolledOutOnce } from "./errors.ts";
import { behind, besides, onInstances, perhapsBlind, seeing, watching } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { checksSet, nextDoor } from "./trails.ts";
import { alarmed, stays, without } from "./without.ts";

type Type = Exclude<BalancerType, "application">;

function sourcesOf(type: Type, inCluster: boolean): readonly string[] {
  const api = type === "classic" ? "elb" : "elbv2";
  return inCluster ? [api, "kubernetes", "prometheus"] : [api];
}

const FLAPPING: Judgement = {
  truth: "health-check-flapping",
  accept: [],
  never: [
    "health-check-cascade",
    "deploy-regression",
    "no-healthy-targets",
    "blocked-by-network",
    "insufficient-capacity",
    "bad-target",
    "restarting-pods",
  ],
  why: "Single targets leave and come back at any time, all of them in turn; the check's time-out is as long as its endpoint takes.",
};

/** Two checks in a row that come late are enough, and the endpoint takes about as long as the time-out. */
function flapping(name: string, type: Type, seed: number, random: Random): WorldDraft {
  const inCluster = type !== "gateway" && random.chance(type === "network" ? 1 : 0.5);
  const { judgement, missing } = perhapsBlind(random, FLAPPING, {
    sources: sourcesOf(type, inCluster),
  });
  const timeout = random.integer(2, 4);
  const front = type === "network" ? { standing: random.integer(0, 200) } : {};
  const startSeconds = random.between(12, 25);
  const drawn = behind(name, seed, random, type, front, { replicas: random.integer(3, 6), startSeconds });
  const plain = inCluster ? drawn : onInstances(drawn, random);
  const slowChecks = { mean: timeout * random.between(0.5, 0.65), cv: random.between(0.35, 0.5) };
  const healthCheck = {
    ...plain.focus.healthCheck,
    protocol: "HTTP" as const,
    timeout,
    interval: random.pick([5, 10]),
    unhealthyAfter: 2,
    healthyAfter: 2,
  };
  const rollouts = inCluster ? rolledOutOnce(plain, random) : [];
  const made = told(
    plain,
    judgement,
    `The check's endpoint takes ${slowChecks.mean.toFixed(1)} s on average, its time-out is ${timeout} s, and 2 in a row are enough.`,
    { healthCheck, rollouts },
    seeing(plain, missing),
  );
  return {
    judgement,
    scenario: {
      ...made,
      alarm: hostAlarm(made, random, "UnHealthyHostCount"),
      faults: { ...besides(made, random), slowChecks },
    },
    troubles: [],
    least: 3,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => figuresOf(world).episodes.length <= 70 && alarmed(without(world, {}, { faults: {} })) === 0,
  };
}

export function flappingOnNetwork(seed: number, random: Random): WorldDraft {
  return flapping("flapping-on-network", "network", seed, random);
}

export function flappingOnClassic(seed: number, random: Random): WorldDraft {
  return flapping("flapping-on-classic", "classic", seed, random);
}

const NO_TARGETS: Judgement = {
  truth: "no-healthy-targets",
  accept: [],
  never: [
    "deploy-regression",
    "blocked-by-network",
    "idle-timeout-mismatch",
    "alarm-too-sensitive",
    "slow-dependency",
    "health-check-flapping",
  ],
  why: "No target is left that could take a request, because there is no replica; before and after it all are healthy.",
};

/** Somebody scales the deployment to nothing for a while. */
function scaledToNothing(name: string, type: "network" | "classic", seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(random, NO_TARGETS, { sources: sourcesOf(type, true) });
  const targetType: FocusService["targetType"] = type === "network" ? random.pick(["ip", "instance"]) : "instance";
  const startSeconds = random.between(12, 40);
  const plain = behind(name, seed, random, type, {}, { targetType, startSeconds });
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 3, shortest: 300, longest: 900 });
  const { replicas, healthCheck } = plain.focus;
  const scaled = troubles.flatMap(({ at, seconds }) => [
    { at, replicas: 0 },
    { at: at + seconds, replicas },
  ]);
  const open = random.chance(0.3);
  const last = troubles.at(-1);
  const made = told(
    plain,
    judgement,
    `Somebody scales the deployment to 0, ${troubles.length} times in all${open ? ", and it still is" : ""}.`,
    { rollouts: random.chance(0.3) ? plainRollouts(plain.focus.version, [400]) : [] },
    seeing(plain, missing),
  );
  const alarm =
    type === "classic" && random.chance(0.5)
      ? watching(made, random, { metric: "HTTPCode_ELB_5XX", expected: perMinute(plain), words: ["elb-5xx", "503"] })
      : hostAlarm(made, random, "HealthyHostCount");
  const { interval, healthyAfter = 2 } = healthCheck;
  const back = Math.round(startSeconds * 1.2) + interval * healthyAfter + 180;
  return {
    judgement,
    scenario: { ...made, alarm, faults: { scaled: open ? scaled.slice(0, -1) : scaled } },
    troubles: troubles.map((one) => ({
      at: one.at,
      seconds: open && one === last ? plain.window - one.at : one.seconds + back,
    })),
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

export function noTargetsOnNetwork(seed: number, random: Random): WorldDraft {
  return scaledToNothing("no-targets-on-network", "network", seed, random);
}

export function noTargetsOnClassic(seed: number, random: Random): WorldDraft {
  return scaledToNothing("no-targets-on-classic", "classic", seed, random);
}

/** All instances fail their checks at once: appliances of a Gateway Load Balancer, or servers of a classic one. */
export function noTargetsOnInstances(seed: number, random: Random): WorldDraft {
  const type = random.pick(["gateway", "gateway", "classic"] as const);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      ...NO_TARGETS,
      accept: ["blocked-by-network"],
      never: NO_TARGETS.never.filter((cause) => cause !== "blocked-by-network"),
      why: "All instances fail their checks in the same minutes; no other one is registered.",
    },
    { sources: sourcesOf(type, false) },
  );
  const drawn = behind("no-targets-on-instances", seed, random, type, {}, { replicas: random.integer(2, 4) });
  const plain = onInstances(drawn, random);
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 3, shortest: 300, longest: 1200 });
  const made = told(
    plain,
    judgement,
    `All ${plain.focus.replicas} instances are out of service, ${troubles.length} times in all.`,
    {},
    seeing(plain, missing),
  );
  return {
    judgement,
    scenario: { ...made, alarm: hostAlarm(made, random, "HealthyHostCount"), faults: { sick: troubles } },
    troubles,
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** Somebody lets a Classic Load Balancer check a path that its instances do not have. */
export function checkChangedOnClassic(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      ...NO_TARGETS,
      accept: ["blocked-by-network"],
      never: NO_TARGETS.never.filter((cause) => cause !== "blocked-by-network"),
      why: "All instances fail their checks since the minute in which the check was changed.",
    },
    { sources: ["elb", "cloudtrail"] },
  );
  const drawn = behind("check-changed-on-classic", seed, random, "classic", {}, { replicas: random.integer(2, 4) });
  const [before, after] = random.pick([
    ["/healthz", "/health"],
    ["/", "/status"],
    ["/ready", "/readyz"],
  ] as const);
  const healthCheck = { ...drawn.focus.healthCheck, protocol: "HTTP" as const, path: after };
  const plain = onInstances({ ...drawn, focus: { ...drawn.focus, healthCheck } }, random);
  const at = Math.round(plain.window * random.between(0.4, 0.8));
  const { interval, unhealthyAfter = 2 } = healthCheck;
  const trouble = { at, seconds: plain.window - at };
  const made = told(plain, judgement, `The check is changed from ${before} to ${after}.`, {}, seeing(plain, missing));
  return {
    judgement,
    scenario: {
      ...made,
      alarm: hostAlarm(made, random, "HealthyHostCount"),
      faults: { sick: [trouble] },
      trail: [
        ...checksSet(made, at - interval * unhealthyAfter, [before, after]),
        ...nextDoor(made, at - interval * unhealthyAfter),
      ],
    },
    troubles: [trouble],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}
