import { drawTroubles } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { FocusService, Scenario } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { errorAlarm, hostAlarm, lossesOf, perMinute, plainRollouts, serving, spreadOut } from "./errors.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { stays, without } from "./without.ts";

const OWN = ["HTTPCode_ELB_502_Count", "HTTPCode_ELB_5XX_Count"] as const;
const KILLED: Partial<FocusService> = {
  memoryLimit: "2Gi",
  probes: { startup: false, liveness: true, readiness: true },
};

/** Seconds until nothing is sent to a pod that is gone: the load balancer learns it later than kube-proxy. */
function noticed(random: Random, { focus }: Scenario): number {
  return focus.targetType === "ip" ? random.between(6, 20) : random.between(4, 9);
}

/** Requests that a pod's end loses. */
function lostWith(scenario: Scenario, noticedAfter: number): number {
  return (perMinute(scenario) / 60 / scenario.focus.replicas) * noticedAfter;
}

/** An alarm that a loss of some seconds is enough for. */
function alarmOnLosses(scenario: Scenario, random: Random, expected: number) {
  const alarm = errorAlarm(scenario, random, random.pick(OWN), { expected });
  return { ...alarm, evaluationPeriods: 1, datapointsToAlarm: 1 };
}

/** Pods that a rollout or a scale-in ends stop at once, while requests are still sent to them. */
export function abruptDeregistration(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "abrupt-deregistration",
    accept: [],
    never: ["deploy-regression", "idle-timeout-mismatch", "restarting-pods", "target-errors", "alarm-too-sensitive"],
    why: "502s for some seconds whenever a pod leaves, whatever the version; none at any other time.",
  };
  const startSeconds = random.between(12, 30);
  const plain = serving("abrupt-deregistration", seed, random, { startSeconds, replicas: random.integer(2, 4) });
  const { replicas } = plain.focus;
  const noticedAfter = noticed(random, plain);
  const scaleIns = random.chance(0.4);
  const starts = spreadOut(random, plain.window, random.integer(3, 5));
  const more = random.integer(1, 3);
  const scaled = starts.flatMap((at) => [
    { at: at - 600, replicas: replicas + more },
    { at, replicas },
  ]);
  const expected = lostWith(plain, noticedAfter) * (scaleIns ? (more * replicas) / (replicas + more) : 1);
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `Pods end at once when they are told to, and requests are sent to them for ${noticedAfter.toFixed(0)} s more: ${starts.length} ${scaleIns ? "scale-ins" : "rollouts"}.`,
      scaleIns ? {} : { rollouts: plainRollouts(plain.focus.version, starts) },
      {
        alarm: alarmOnLosses(plain, random, expected),
        faults: { leavesAtOnce: true, noticedAfter, ...(scaleIns ? { scaled } : {}) },
      },
    ),
    troubles: starts.map((at) => ({
      at,
      seconds: scaleIns ? 60 : 60 + Math.round(1.4 * replicas * (startSeconds + 10)),
    })),
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) < stays(world),
  };
}

/** Containers run out of memory and restart; meanwhile what is sent to them is refused. */
export function errorsWithRestarts(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "restarting-pods",
    accept: [],
    never: [
      "deploy-regression",
      "idle-timeout-mismatch",
      "abrupt-deregistration",
      "slow-dependency",
      "alarm-too-sensitive",
    ],
    why: "502s and refused connections in each minute in which a container was killed for its memory, and in no other.",
  };
  return killing("errors-with-restarts", seed, random, judgement, {});
}

/** Containers that run out of memory take their time to start again; the alarm is on the targets that are missing. */
export function unhealthyWithRestarts(seed: number, random: Random): WorldDraft {
  const draft = killing(
    "unhealthy-with-restarts",
    seed,
    random,
    {
      truth: "restarting-pods",
      accept: [],
      never: [
        "health-check-flapping",
        "health-check-cascade",
        "deploy-regression",
        "blocked-by-network",
        "alarm-too-sensitive",
      ],
      why: "A target is unhealthy from each kill of its container until it serves again; its health check is not at fault.",
    },
    {},
  );
  const { scenario } = draft;
  const focus = { ...scenario.focus, targetType: "ip" as const, startSeconds: random.between(80, 150) };
  const made = { ...scenario, focus };
  return {
    ...draft,
    scenario: { ...made, alarm: hostAlarm(made, random, "UnHealthyHostCount") },
    troubles: draft.troubles.map(({ at }) => ({ at, seconds: Math.round(focus.startSeconds * 1.2) + 60 })),
  };
}

/** The same where the server closes idle connections too early as well; there is so much traffic that none is idle. */
export function restartsBesideKeepAlive(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "restarting-pods",
    accept: [],
    never: [
      "idle-timeout-mismatch",
      "deploy-regression",
      "abrupt-deregistration",
      "slow-dependency",
      "alarm-too-sensitive",
    ],
    why: "502s come with the kills only; the keep-alive is shorter than the idle timeout, and no connection is idle so long.",
  };
  const seconds = random.pick([5, 5, 10, 15]);
  return killing("restarts-beside-keep-alive", seed, random, judgement, { keepAlive: { seconds, connections: 2 } });
}

function killing(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  { keepAlive }: { keepAlive?: { seconds: number; connections: number } },
): WorldDraft {
  const drawn = serving(name, seed, random, {
    ...KILLED,
    replicas: random.integer(2, 4),
    startSeconds: random.between(15, 45),
  });
  const server = keepAlive ? serverThatTells(random, keepAlive.seconds) : drawn.focus.server;
  const rate = keepAlive ? random.between(8, 12) : drawn.focus.traffic.base;
  const plain = { ...drawn, focus: { ...drawn.focus, server, traffic: { ...drawn.focus.traffic, base: rate } } };
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 7, shortest: 90, longest: 120 });
  const noticedAfter = noticed(random, plain);
  const kills = troubles.map(({ at }) => ({
    at,
    pod: random.integer(0, plain.focus.replicas - 1),
    reason: "OOMKilled" as const,
  }));
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `${kills.length} containers are killed for their memory, and refuse what is sent to them until that is noticed.`,
      {},
      {
        alarm: alarmOnLosses(plain, random, lostWith(plain, noticedAfter)),
        faults: { kills, noticedAfter, ...(keepAlive ? { keepAlive } : {}) },
      },
    ),
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: keepAlive ? { keepAlive } : {} })) === 0,
  };
}

/** A server whose arguments tell how long it keeps idle connections. */
function serverThatTells(random: Random, keepAlive: number): ServerSpec {
  const flavour = random.pick(["gunicorn-args", "uvicorn", "gunicorn-gthread"] as const);
  return { flavour, processes: random.integer(2, 3), threads: flavour === "gunicorn-gthread" ? 4 : 1, keepAlive };
}

/** Servers with a default: Node's keepAliveTimeout and uvicorn's timeout-keep-alive are 5 s. */
function serverWithDefault(random: Random): ServerSpec {
  const flavour = random.pick(["node", "uvicorn"] as const);
  return { flavour, processes: flavour === "node" ? 1 : random.integer(1, 3), threads: 1 };
}

/** The server closes idle connections before the load balancer does, and now and then just as it sends a request. */
export function idleTimeoutMismatch(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "idle-timeout-mismatch",
    accept: [],
    never: [
      "deploy-regression",
      "abrupt-deregistration",
      "restarting-pods",
      "target-errors",
      "no-healthy-targets",
      "blocked-by-network",
    ],
    why: "Rare 502s tied to nothing, fewest when it is busy; the server keeps idle connections shorter than the load balancer.",
  };
  const drawn = serving("idle-timeout-mismatch", seed, random, { replicas: random.integer(2, 4) });
  const tells = random.chance(0.5);
  const seconds = tells ? random.pick([2, 5, 5, 10]) : 5;
  const base = random.between(1.5, 4);
  const connections = Math.max(2, Math.round((base * random.between(0.8, 2) * seconds) / drawn.focus.replicas));
  const busy = Math.round(drawn.window * random.between(0.2, 0.6));
  const plain = {
    ...drawn,
    focus: {
      ...drawn.focus,
      server: tells ? serverThatTells(random, seconds) : serverWithDefault(random),
      traffic: { ...drawn.focus.traffic, base, levels: [{ at: busy, seconds: 3600, factor: random.between(5, 8) }] },
    },
  };
  const rollouts = random.chance(0.4) ? plainRollouts(plain.focus.version, spreadOut(random, plain.window, 1)) : [];
  const alarm = errorAlarm(plain, random, random.pick(OWN), { expected: 0.2 });
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `The server closes connections after ${seconds} s, ${tells ? "as its arguments say" : "its default"}; the load balancer keeps them for ${plain.loadBalancer.idleTimeout} s.`,
      { rollouts, startSeconds: random.between(12, 25) },
      { alarm: { ...alarm, period: random.pick([60, 60, 300]) }, faults: { keepAlive: { seconds, connections } } },
    ),
    troubles: [],
    least: 3,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => {
      const { dropped } = lossesOf(world);
      return (
        dropped > 8 &&
        dropped < 0.003 * world.truth.requests.at.length &&
        stays(without(world, {}, { faults: {} })) === 0
      );
    },
  };
}
