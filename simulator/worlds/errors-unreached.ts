import { drawTroubles } from "../families/parts.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { FocusService } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { errorAlarm, hostAlarm, lossesOf, perMinute, plainRollouts, serving, spreadOut } from "./errors.ts";
import { GO, java, told, type WorldDraft } from "./kinds.ts";
import { healthCheckCascade } from "./pods.ts";
import { wayBarred } from "./trails.ts";
import { alarmed, without } from "./without.ts";

/** What people would look for instead, where a service has no pod. */
const NOT_FOR_WANT_OF_PODS: Judgement["never"] = [
  "deploy-regression",
  "blocked-by-network",
  "idle-timeout-mismatch",
  "alarm-too-sensitive",
  "slow-dependency",
  "shared-load-balancer",
];

/** The deployment is scaled to nothing for a while, and its target group is empty. */
export function noHealthyTargets(seed: number, random: Random): WorldDraft {
  const why =
    "503s while the target group has no target, because the deployment has no replica; there are none otherwise.";
  return scaledToNothing("no-healthy-targets", seed, random, "ip", why);
}

/** The same behind a NodePort: the nodes stay registered, fail their checks, and refuse what is sent to them. */
export function noPodsBehindNodes(seed: number, random: Random): WorldDraft {
  const why = "502s of refused connections while every node fails its check, because the deployment has no replica.";
  return scaledToNothing("no-pods-behind-nodes", seed, random, "instance", why);
}

function scaledToNothing(
  name: string,
  seed: number,
  random: Random,
  targetType: FocusService["targetType"],
  why: string,
): WorldDraft {
  const judgement: Judgement = {
    truth: "no-healthy-targets",
    accept: [],
    never: [...NOT_FOR_WANT_OF_PODS],
    why,
  };
  const plain = serving(name, seed, random, { targetType, startSeconds: random.between(12, 40) });
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 3, shortest: 240, longest: 900 });
  const { replicas, startSeconds } = plain.focus;
  const scaled = troubles.flatMap(({ at, seconds }) => [
    { at, replicas: 0 },
    { at: at + seconds, replicas },
  ]);
  const open = random.chance(0.3);
  const last = troubles.at(-1);
  const metric = random.pick([
    targetType === "ip" ? "HTTPCode_ELB_503_Count" : "HTTPCode_ELB_502_Count",
    "HTTPCode_ELB_5XX_Count",
    "HealthyHostCount",
  ] as const);
  const alarm =
    metric === "HealthyHostCount"
      ? hostAlarm(plain, random, metric)
      : errorAlarm(plain, random, metric, { expected: perMinute(plain) });
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `${troubles.length} times somebody scales the deployment to 0${open ? ", and it still is" : ""}.`,
      {},
      { alarm, faults: { scaled: open ? scaled.slice(0, -1) : scaled } },
    ),
    troubles: troubles.map((one) => ({
      at: one.at,
      seconds: open && one === last ? plain.window - one.at : one.seconds + Math.round(startSeconds * 1.2) + 120,
    })),
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => {
      const { dropped, unserved } = lossesOf(world);
      return targetType === "ip" ? unserved > 60 && dropped === 0 : dropped > 60 && unserved === 0;
    },
  };
}

/** From one moment on the load balancer's packets do not reach the targets. */
export function blockedByNetwork(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "blocked-by-network",
    accept: ["configuration-change"],
    never: [
      "slow-dependency",
      "insufficient-capacity",
      "deploy-regression",
      "health-check-flapping",
      "idle-timeout-mismatch",
      "alarm-too-sensitive",
    ],
    why: "From one minute to the next all targets time out and every request ends in a 504, while the pods are ready and idle.",
  };
  const plain = serving("blocked-by-network", seed, random);
  const at = Math.round(plain.window * random.between(0.35, 0.85));
  const mended = random.chance(0.4);
  const seconds = mended ? Math.min(plain.window - at - 900, random.integer(15, 50) * 60) : plain.window - at;
  const metric = random.pick([
    "HTTPCode_ELB_504_Count",
    "HTTPCode_ELB_5XX_Count",
    "UnHealthyHostCount",
    "HealthyHostCount",
  ] as const);
  const alarm =
    metric === "UnHealthyHostCount" || metric === "HealthyHostCount"
      ? hostAlarm(plain, random, metric)
      : errorAlarm(plain, random, metric, { expected: perMinute(plain) });
  const rollouts = random.chance(0.3)
    ? plainRollouts(plain.focus.version, [Math.round(at * random.between(0.3, 0.8))])
    : [];
  const made = told(
    plain,
    judgement,
    `A rule drops the load balancer's packets${mended ? ` for ${Math.round(seconds / 60)} minutes` : ", and still does"}.`,
    { rollouts, startSeconds: random.between(12, 25) },
    { alarm, faults: { blocked: [{ at, seconds }] } },
  );
  return {
    judgement,
    scenario: { ...made, trail: wayBarred(made) },
    troubles: [{ at, seconds: seconds + 120 }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).timedOut > 100,
  };
}

/** What the pods wait for does not answer within the load balancer's idle timeout. */
export function timeoutsOfDependency(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "slow-dependency",
    accept: [],
    never: [
      "blocked-by-network",
      "no-healthy-targets",
      "deploy-regression",
      "idle-timeout-mismatch",
      "health-check-flapping",
      "alarm-too-sensitive",
    ],
    why: "504s of requests that wait longer than the idle timeout, with idle CPU; the targets stay healthy, others are answered.",
  };
  const drawn = serving("timeouts-of-dependency", seed, random, { server: random.pick([GO, java(400)]) });
  const plain = {
    ...drawn,
    focus: { ...drawn.focus, traffic: { ...drawn.focus.traffic, base: random.between(2, 5) } },
  };
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 240, longest: 600 });
  const { idleTimeout } = plain.loadBalancer;
  const share = random.between(0.2, 0.7);
  const wait = idleTimeout * random.between(1.4, 2);
  const metric = random.pick(["HTTPCode_ELB_504_Count", "HTTPCode_ELB_5XX_Count"]);
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `For minutes ${Math.round(share * 100)} % of the requests wait for a dependency until the load balancer gives up.`,
      {},
      {
        alarm: errorAlarm(plain, random, metric, { expected: 0.7 * perMinute(plain) * share }),
        faults: { extraWaits: troubles.map((one) => ({ ...one, share, wait, cv: 0.25 })) },
      },
    ),
    troubles: troubles.map(({ at, seconds }) => ({ at: at + idleTimeout - 10, seconds: seconds + 60 })),
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => lossesOf(world).timedOut > 60,
  };
}

/** Overloaded pods fail their checks and leave; the alarm is on the targets that are missing. */
export function unhealthyInOverload(seed: number, random: Random): WorldDraft {
  const draft = healthCheckCascade(seed, random);
  const { truth, accept, never, why } = draft.judgement;
  return {
    ...draft,
    judgement: { truth, accept, never: [...never, "blocked-by-network", "no-healthy-targets"], why },
    scenario: {
      ...draft.scenario,
      name: `unhealthy-in-overload-${seed}`,
      alarm: { ...hostAlarm(draft.scenario, random, "UnHealthyHostCount"), earlier: [] },
    },
    thresholdSet: true,
  };
}

/** The health check's time-out is close to what its endpoint takes: targets go in and out, though they serve. */
export function healthCheckFlapping(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
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
    why: "Single targets leave and come back at any time, all of them in turn, while load, latency and errors are as ever.",
  };
  const timeout = random.integer(2, 4);
  const plain = serving("health-check-flapping", seed, random, { replicas: random.integer(3, 6) });
  const { healthCheck, version } = plain.focus;
  const rollouts = random.chance(0.4) ? plainRollouts(version, spreadOut(random, plain.window, 1)) : [];
  const slowChecks = { mean: timeout * random.between(0.5, 0.65), cv: random.between(0.35, 0.5) };
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `The health check's endpoint takes ${slowChecks.mean.toFixed(1)} s on average, and its time-out is ${timeout} s.`,
      {
        healthCheck: { ...healthCheck, timeout, interval: random.pick([10, 15]) },
        rollouts,
        startSeconds: random.between(12, 25),
      },
      { alarm: hostAlarm(plain, random, "UnHealthyHostCount"), faults: { slowChecks } },
    ),
    troubles: [],
    least: 3,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => {
      const { dropped, unserved, timedOut } = lossesOf(world);
      const cured = alarmed(without(world, {}, { faults: {} }));
      return figuresOf(world).episodes.length <= 60 && dropped + unserved + timedOut === 0 && cured === 0;
    },
  };
}
