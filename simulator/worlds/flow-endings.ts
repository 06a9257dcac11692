import { drawTroubles } from "../families/parts.ts";
import { mean } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { hostAlarm, plainRollouts, rolledOutOnce, spreadOut } from "./errors.ts";
import { behind, besides, perhapsBlind, seeing, watching } from "./fronts.ts";
import { GO, java, told, type WorldDraft } from "./kinds.ts";
import { stays, without } from "./without.ts";

const SOURCES = ["elbv2", "kubernetes", "prometheus"] as const;

/** The load balancer keeps idle connections for 350 s; one of the two sides forgets them earlier. */
export function idleTimeoutOnFlows(seed: number, random: Random): WorldDraft {
  const by = random.chance(0.7) ? ("target" as const) : ("balancer" as const);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: by === "target" ? "idle-timeout-mismatch" : null,
      accept: by === "target" ? [] : ["idle-timeout-mismatch"],
      never: [
        "deploy-regression",
        "abrupt-deregistration",
        "restarting-pods",
        "no-healthy-targets",
        "blocked-by-network",
      ],
      why:
        by === "target"
          ? "Resets of targets while it is quiet, hardly any while it is busy; the server closes idle connections after 120 s."
          : "Resets of the load balancer while it is quiet; who keeps connections for more than its 350 s is not to be seen.",
    },
    { sources: SOURCES },
  );
  const standing = by === "target" ? random.integer(60, 300) : random.integer(150, 400);
  const seconds = by === "target" ? 120 : 350;
  const base = (standing / seconds) * random.between(0.6, 1.6);
  const front = { standing, fresh: random.between(0.01, 0.05) };
  const drawn = behind("idle-timeout-on-flows", seed, random, "network", front);
  const flavour = random.pick(["gunicorn-args", "uvicorn", "gunicorn-gthread"] as const);
  const keepAlive = by === "target" ? 120 : 900;
  const server = {
    flavour,
    processes: random.integer(2, 3),
    threads: flavour === "gunicorn-gthread" ? 4 : 1,
    keepAlive,
  };
  const busy = Math.round(drawn.window * random.between(0.2, 0.6));
  const levels = [{ at: busy, seconds: random.integer(3600, 5400), factor: random.between(6, 10) }];
  const plain: Scenario = {
    ...drawn,
    focus: { ...drawn.focus, server, traffic: { ...drawn.focus.traffic, base, levels } },
  };
  const made = told(
    plain,
    judgement,
    `The load balancer keeps idle connections for 350 s, ${by === "target" ? "the server for 120 s" : "their clients for longer"}.`,
    { rollouts: rolledOutOnce(plain, random), startSeconds: random.between(12, 25) },
    seeing(plain, missing),
  );
  const expected = 60 * base * Math.exp((-base / standing) * seconds);
  const metric = by === "target" ? "TCP_Target_Reset_Count" : "TCP_ELB_Reset_Count";
  return {
    judgement,
    scenario: {
      ...made,
      alarm: { ...watching(made, random, { metric, expected, usual: 0.5 }), earlier: [] },
      faults: { ...besides(made, random), idleFlows: { seconds, by } },
    },
    troubles: [],
    least: 1,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => {
      const values = world.alarmMetric.map((value) => value ?? 0);
      const from = (busy + 1800) / 60;
      const calm = mean(values.filter((_, minute) => minute < from || minute > from + 90));
      return stays(without(world, {}, { faults: {} })) === 0 && mean(values.slice(from, from + 50)) < 0.5 * calm;
    },
  };
}

/** Five seconds after a target is told to go, the load balancer cuts off what is still connected to it. */
export function abruptOnFlows(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "abrupt-deregistration",
      accept: [],
      never: ["deploy-regression", "idle-timeout-mismatch", "restarting-pods", "target-errors", "alarm-too-sensitive"],
      why: "The load balancer resets hundreds of connections whenever a target leaves, 5 s after it; at no other time.",
    },
    { sources: SOURCES },
  );
  const replicas = random.integer(2, 4);
  const front = {
    standing: random.integer(200, 2000),
    fresh: random.between(0.05, 0.3),
    deregistration: { delay: 5, terminates: true },
  };
  const startSeconds = random.between(20, 40);
  const plain = behind("abrupt-on-flows", seed, random, "network", front, { targetType: "ip", replicas, startSeconds });
  const scaleIns = random.chance(0.3);
  const starts = spreadOut(random, plain.window, random.integer(3, 5));
  const more = random.integer(1, 3);
  const scaled = starts.flatMap((at) => [
    { at: at - 600, replicas: replicas + more },
    { at, replicas },
  ]);
  const made = told(
    plain,
    judgement,
    `Deregistration cuts connections off after 5 s: ${starts.length} ${scaleIns ? "scale-ins" : "rollouts"}.`,
    scaleIns ? {} : { rollouts: plainRollouts(plain.focus.version, starts) },
    seeing(plain, missing),
  );
  const expected = front.standing / (replicas + (scaleIns ? more : 1));
  return {
    judgement,
    scenario: {
      ...made,
      alarm: {
        ...watching(made, random, { metric: "TCP_ELB_Reset_Count", expected, usual: 1 }),
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      },
      faults: { ...besides(made, random), ...(scaleIns ? { scaled } : {}) },
    },
    troubles: starts.map((at) => ({
      at,
      seconds: scaleIns ? 120 : 120 + Math.round(1.4 * replicas * (startSeconds + 10)),
    })),
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => {
      const { deregistration: _, ...kept } = world.scenario.loadBalancer;
      return stays(without(world, {}, { loadBalancer: kept })) === 0;
    },
  };
}

/** Containers behind an NLB run out of memory: their connections end with them. */
export function restartsOnFlows(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "restarting-pods",
      accept: [],
      never: [
        "deploy-regression",
        "idle-timeout-mismatch",
        "abrupt-deregistration",
        "health-check-flapping",
        "blocked-by-network",
      ],
      why: "Targets reset connections in each minute in which a container was killed for its memory, and in no other.",
    },
    { sources: SOURCES },
  );
  const replicas = random.integer(2, 4);
  const front = { standing: random.integer(100, 1200), fresh: random.between(0.1, 0.5) };
  const plain = behind("restarts-on-flows", seed, random, "network", front, {
    targetType: "ip",
    replicas,
    server: random.pick([GO, java(100)]),
    memoryLimit: "2Gi",
    probes: { startup: false, liveness: true, readiness: true },
    startSeconds: random.between(80, 140),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 90, longest: 120 });
  const kills = troubles.map(({ at }) => ({ at, pod: random.integer(0, replicas - 1), reason: "OOMKilled" as const }));
  const made = told(
    plain,
    judgement,
    `${kills.length} containers are killed for their memory.`,
    {},
    seeing(plain, missing),
  );
  const alarm = random.chance(0.4)
    ? hostAlarm(made, random, "UnHealthyHostCount")
    : {
        ...watching(made, random, { metric: "TCP_Target_Reset_Count", expected: front.standing / replicas, usual: 1 }),
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
      };
  return {
    judgement,
    scenario: { ...made, alarm, faults: { kills, noticedAfter: random.between(8, 25) } },
    troubles: troubles.map(({ at }) => ({ at, seconds: Math.round(plain.focus.startSeconds * 1.2) + 60 })),
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}
