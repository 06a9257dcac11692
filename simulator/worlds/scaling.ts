import { LEAD, TICK } from "../clock.ts";
import { drawTroubles, rounded, withHistory } from "../families/parts.ts";
import { fleetUse, throttledIn } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { readyAt } from "../world.ts";
import { loop, steady, told, type WorldDraft } from "./kinds.ts";

/** The autoscaler acts, and its pods are ready when the burst is over. */
export function slowScaleOut(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["cold-start", "slow-dependency", "cpu-throttling", "uneven-pod-load", "deploy-regression"],
    factors: { present: ["slow-scale-out"], absent: ["autoscaler-never-triggers"] },
    why: "The pods' workers are full alike below their quota; the pods that the autoscaler adds come after the burst.",
  };
  const server = loop(random, 2);
  const cores = server.processes;
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 4);
  const cpu = Math.max((replicas * cores) / 16, random.between(0.1, 0.4));
  const capacity = (replicas * cores * efficiency) / cpu;
  const base = capacity * random.between(0.08, 0.2);
  const plain = steady("slow-scale-out", seed, random, {
    server,
    rate: base,
    cpu,
    wait: 0.02,
    replicas,
    cpuRequest: rounded(cores * random.between(0.7, 1)),
    cpuLimit: random.chance(0.4) ? null : rounded(cores * random.between(1.3, 2), 0.25),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 5, shortest: 200, longest: 300 });
  const most = random.integer(3, 7) + Math.ceil(capacity);
  const startSeconds = random.between(320, 480);
  const made = told(
    plain,
    judgement,
    `New pods take ${Math.round(startSeconds)} s to be ready, most of it for their image; the bursts are shorter.`,
    {
      efficiency,
      startSeconds,
      pullSeconds: startSeconds * random.between(0.5, 0.8),
      autoscaler: {
        name: plain.focus.deployment,
        min: replicas,
        max: replicas * random.integer(2, 4),
        target: random.pick([50, 55, 60, 65]),
      },
      traffic: {
        ...plain.focus.traffic,
        bursts: troubles.map((one) => ({
          ...one,
          rate: 0,
          callers: { count: replicas * cores + 2 * most, think: random.between(0.2, 0.8) },
        })),
      },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) => {
      const { pods, autoscaler } = world.truth;
      const late = troubles.filter(({ at, seconds }) => {
        const end = LEAD + at + seconds;
        const asked = Math.max(...autoscaler.desired.slice((LEAD + at) / TICK, end / TICK)) > replicas;
        return asked && pods.filter((pod) => readyAt(pod, end - 15)).length <= replicas;
      });
      return (
        late.length > 0.7 * troubles.length &&
        fleetUse(world, troubles) > 0.7 * replicas * cores * efficiency &&
        throttledIn(world, troubles) < 0.05
      );
    },
  };
}

/** The autoscaler's pods are there within half a minute; the bursts are more than even its maximum can take. */
export function scaleOutInTime(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: ["insufficient-capacity"],
    never: ["cold-start", "slow-dependency", "cpu-throttling", "uneven-pod-load", "deploy-regression"],
    factors: { present: [], absent: ["slow-scale-out", "autoscaler-never-triggers"] },
    why: "The autoscaler is at its maximum for most of each burst, and all pods, old and new, are full alike.",
  };
  const server = loop(random, 2);
  const cores = server.processes;
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 3);
  const max = replicas + random.integer(1, 3);
  const all = max * cores * efficiency;
  const cpu = Math.max(all / 16, random.between(0.1, 0.4));
  const base = ((replicas * cores * efficiency) / cpu) * random.between(0.08, 0.2);
  const plain = steady("scale-out-in-time", seed, random, {
    server,
    rate: base,
    cpu,
    wait: 0.02,
    replicas,
    cpuRequest: rounded(cores * random.between(0.7, 1)),
    cpuLimit: random.chance(0.4) ? null : rounded(cores * random.between(1.3, 2), 0.25),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 5, shortest: 480, longest: 720 });
  const count = max * cores + Math.round((all / cpu) * random.between(4, 8));
  const made = told(plain, judgement, "Pods are added within half a minute, and even the most of them are too few.", {
    efficiency,
    startSeconds: random.between(12, 25),
    autoscaler: { name: plain.focus.deployment, min: replicas, max, target: random.pick([50, 55, 60]) },
    traffic: {
      ...plain.focus.traffic,
      bursts: troubles.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.2, 0.8) } })),
    },
  });
  const later = troubles.map(({ at, seconds }) => ({ at: at + 180, seconds: seconds - 180 }));
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) => fleetUse(world, later) > 0.85 * all && throttledIn(world, later) < 0.05,
  };
}
