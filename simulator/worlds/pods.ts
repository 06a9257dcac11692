import { drawTroubles, next, rounded, withHistory } from "../families/parts.ts";
import { fleetUse, nodeUse } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { GO, java, loop, steady, told, type WorldDraft } from "./kinds.ts";

/** Every rollout's fresh pods are slow for minutes, whatever the version. */
export function coldAfterRollouts(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cold-start",
    accept: [],
    never: [
      "deploy-regression",
      "slow-dependency",
      "insufficient-capacity",
      "worker-concurrency-ceiling",
      "cpu-throttling",
    ],
    why: "Each rollout's slow minutes fade while its version stays: fresh pods are slow, no version is.",
  };
  const replicas = random.integer(2, 4);
  const startSeconds = random.between(20, 45);
  const plain = steady("cold-after-rollouts", seed, random, {
    server: java(200),
    rate: random.between(3, 7),
    cpu: random.between(0.05, 0.12),
    replicas,
  });
  const warmUp = { seconds: random.between(150, 280), factor: random.between(14, 26) };
  const count = random.integer(3, 5);
  const room = (plain.window - 2400) / count;
  const starts = Array.from({ length: count }, (_, index) => Math.round(900 + index * room + random.between(0, 300)));
  const seconds = Math.round(replicas * startSeconds + warmUp.seconds);
  const rollouts = starts.map((at, index) => ({
    at,
    version: starts.slice(0, index + 1).reduce((version) => next(version), plain.focus.version),
    cpuFactor: 1,
    waitFactor: 1,
  }));
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      `Fresh pods are ${warmUp.factor.toFixed(0)} times as slow at first; each of ${count} rollouts shows it.`,
      { rollouts, startSeconds },
      { faults: { warmUp } },
    ),
    troubles: starts.map((at) => ({ at: at + Math.round(startSeconds), seconds: seconds - Math.round(startSeconds) })),
    least: 2,
    free: true,
    holds: (world) => nodeUse(world, [{ at: 0, seconds: plain.window }]) < 0.7,
  };
}

/** The autoscaler brings pods in time, and they are slow at first. */
export function coldAfterScaleOut(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cold-start",
    accept: [],
    never: [
      "slow-dependency",
      "insufficient-capacity",
      "worker-concurrency-ceiling",
      "uneven-pod-load",
      "deploy-regression",
    ],
    why: "The slow minutes follow each scale-out and fade while the load stays; the old pods take theirs with ease.",
  };
  const replicas = random.integer(2, 4);
  const cpu = random.between(0.08, 0.14);
  const cpuRequest = 0.5;
  const rate = (0.35 * cpuRequest * replicas) / cpu;
  const plain = steady("cold-after-scale-out", seed, random, { server: java(200), rate, cpu, replicas, cpuRequest });
  const startSeconds = random.between(25, 50);
  const warmUp = { seconds: random.between(180, 300), factor: random.between(8, 15) };
  const bursts = drawTroubles(random, plain.window, { least: 3, most: 5, shortest: 900, longest: 1200 });
  const made = told(
    plain,
    judgement,
    "Load rises, the autoscaler adds pods, and they are slow while they warm up.",
    {
      startSeconds,
      autoscaler: { name: plain.focus.deployment, min: replicas, max: replicas * 4, target: 60 },
      traffic: {
        ...plain.focus.traffic,
        bursts: bursts.map((one) => ({ ...one, rate: rate * random.between(1.3, 1.8) })),
      },
    },
    { faults: { warmUp } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles: bursts.map(({ at }) => ({
      at: at + 60 + Math.round(startSeconds),
      seconds: Math.round(warmUp.seconds * 0.7),
    })),
    least: 2,
    free: true,
    holds: (world) => Math.max(...world.truth.autoscaler.current) > replicas,
  };
}

/** Containers are killed, and those that are left cannot take it all. */
export function restartingPods(seed: number, random: Random): WorldDraft {
  const reason = random.pick(["OOMKilled", "OOMKilled", "Error"] as const);
  const judgement: Judgement = {
    truth: "restarting-pods",
    accept: [],
    never: ["slow-dependency", "uneven-pod-load", "deploy-regression", "cpu-throttling", "alarm-too-sensitive"],
    why: "Every episode begins with a kill of a container, and ends when it serves again.",
  };
  const replicas = random.integer(2, 3);
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const cpu = random.between(0.2, 0.4);
  const capacity = (replicas * server.processes * efficiency) / cpu;
  const plain = steady("restarting-pods", seed, random, {
    server,
    rate: capacity * (replicas === 2 ? random.between(0.58, 0.66) : random.between(0.72, 0.78)),
    cpu,
    wait: 0.02,
    cv: 0.4,
    replicas,
    cpuRequest: rounded(server.processes * 0.7),
  });
  const startSeconds = random.between(90, 150);
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 300, longest: 420 });
  const kills = troubles.map(({ at }) => ({ at, pod: random.integer(0, replicas - 1), reason }));
  const made = told(
    plain,
    judgement,
    `Containers are killed (${reason}) one after another; meanwhile the others are overloaded.`,
    { efficiency, startSeconds, memoryLimit: "2Gi", probes: { startup: true, liveness: true, readiness: true } },
    { faults: { kills } },
  );
  return {
    judgement,
    scenario: { ...made, focus: { ...made.focus, traffic: { ...made.focus.traffic, wobble: 0.03 } } },
    troubles,
    least: 2,
    free: true,
    holds: (world) => world.truth.pods.some((pod) => pod.restarts.length > 0),
  };
}

/** Overloaded pods fail their checks and leave; the rest get more still. */
export function healthCheckCascade(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "health-check-cascade",
    accept: ["worker-concurrency-ceiling"],
    never: ["slow-dependency", "uneven-pod-load", "health-check-flapping", "deploy-regression"],
    why: "Latency rises first, then pods leave one by one for failing their checks, and come back when load falls.",
  };
  const replicas = random.integer(4, 8);
  const server = loop(random, 1);
  const efficiency = random.between(0.88, 0.96);
  const cpu = random.between(0.15, 0.35);
  const capacity = (replicas * efficiency) / cpu;
  const base = capacity * random.between(0.15, 0.3);
  const plain = steady("health-check-cascade", seed, random, { server, rate: base, cpu, wait: 0.02, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 240, longest: 420 });
  const bursts = troubles.map((one) => ({
    ...one,
    rate: 0,
    callers: { count: Math.round(replicas * random.between(9, 16)), think: random.between(0.2, 0.8) },
  }));
  const readinessProbe = {
    period: random.pick([5, 10]),
    timeout: random.pick([2, 3]),
    failureThreshold: random.pick([2, 3]),
  };
  const made = told(
    plain,
    judgement,
    "In the bursts pods answer their checks too late, leave one by one, and overload the rest.",
    {
      targetType: "ip",
      efficiency,
      readinessProbe,
      probes: { startup: false, liveness: false, readiness: true },
      traffic: { ...plain.focus.traffic, bursts },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) => {
      const outs = world.truth.pods.flatMap((pod) => pod.outs.map(({ from }) => from));
      return outs.length >= troubles.length * 2 && fleetUse(world, troubles) > 0.3 * replicas * efficiency;
    },
  };
}

/** One pod is slow in every episode, with idle CPU: its disk, its node's network, a stuck process. */
export function badTarget(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "bad-target",
    accept: [],
    never: [
      "slow-dependency",
      "uneven-pod-load",
      "worker-concurrency-ceiling",
      "alarm-too-sensitive",
      "sticky-session-skew",
    ],
    why: "One pod of several is slow in each episode while its CPU idles; replacing it ends the alarm.",
  };
  const replicas = random.integer(3, 5);
  const plain = steady("bad-target", seed, random, {
    server: random.pick([GO, java(200)]),
    rate: random.between(3, 8),
    cpu: random.between(0.01, 0.04),
    wait: random.between(0.03, 0.1),
    replicas,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 600 });
  const pod = random.integer(0, replicas - 1);
  const wait = random.between(1.5, 5);
  const extraWaits = troubles.map((one) => ({ ...one, share: random.between(0.6, 1), wait, cv: 0.5, pod }));
  const made = told(
    plain,
    judgement,
    "One pod answers in seconds, the same in every episode; the others are fast.",
    {},
    {
      faults: { extraWaits },
    },
  );
  return { judgement, scenario: withHistory(made, random), troubles, least: 2, free: true, holds: () => true };
}
