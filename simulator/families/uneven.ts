import type { Random } from "../random.ts";
import type { Burst, Scenario } from "../scenario.ts";
import { healthyScenario } from "./base.ts";
import type { Draft } from "./draft.ts";
import { drawTroubles, rounded, withHistory, withRedHerrings } from "./parts.ts";
import type { Trouble } from "./settle.ts";
import { coresIn, fleetUse, minutesOf } from "./truths.ts";

/** Some pods pinned while others idle, others each time, and room in the fleet as a whole. */
export function unevenPods(seed: number, random: Random): Draft {
  const bare = healthyScenario("uneven-pod-load", seed, random);
  const processes = random.integer(1, 2);
  const replicas = random.integer(5, 10);
  const { efficiency } = bare.focus;
  const perPod = processes * efficiency;
  const troubles = drawTroubles(random, bare.window, { least: 4, most: 9, shortest: 200, longest: 420 });
  const kept = random.chance(0.6);
  const cpu = kept ? random.between(0.35, 1.2) : random.between(0.1, 0.4);
  const bursts = kept
    ? troubles.map((trouble) => keptAlive(random, trouble, { cpu, perPod, replicas }))
    : troubles.map((trouble) => monsters(random, trouble, { replicas, processes, efficiency }));
  const capacity = (replicas * perPod) / cpu;
  const cpuLimit = random.chance(0.3) ? null : rounded(processes * random.between(1.2, 2), 0.25);
  const scenario: Scenario = {
    ...bare,
    description: kept
      ? "A few kept-alive connections carry the bursts; where two of them meet in one pod it queues while others idle."
      : "Now and then a request takes the better part of a minute; what lands behind it waits, while other pods idle.",
    cause: "uneven-pod-load",
    focus: {
      ...bare.focus,
      // Kept-alive connections end at pods only behind a NodePort; in ip mode round robin alone is blind to the queue.
      targetType: kept ? "instance" : bare.focus.targetType,
      algorithm: "round_robin",
      replicas,
      server: {
        flavour: random.pick(["gunicorn-args", "gunicorn-config", "uvicorn", "gunicorn-sync"] as const),
        processes,
        threads: 1,
      },
      cpuRequest: rounded(processes * random.between(0.5, 1)),
      cpuLimit,
      work: {
        cpu,
        cv: random.between(0.4, 0.9),
        cpuMax: 6 * cpu,
        wait: 0.02,
        waitCv: 0.5,
        slowShare: 0,
        slowSeconds: 0,
      },
      traffic: { base: capacity * random.between(0.03, kept ? 0.1 : 0.2), wobble: 0.1, bursts, levels: [] },
    },
  };
  return {
    scenario: withHistory(withRedHerrings(scenario, troubles, random), random),
    troubles,
    least: 2,
    holds: (world) => {
      const minutes = minutesOf(troubles);
      const clumped = minutes.filter((minute) => {
        const cores = coresIn(world, minute);
        return Math.max(...cores) > 0.85 * perPod && Math.min(...cores) < 0.35 * perPod;
      });
      const hottest = troubles.map((trouble) => hottestIn(world, trouble));
      return (
        clumped.length > 0.5 * minutes.length &&
        fleetUse(world, troubles) < 0.55 * replicas * perPod &&
        new Set(hottest).size > 1
      );
    },
  };
}

/** Connections of a bulk client, each about half of what a pod can do. */
function keptAlive(random: Random, trouble: Trouble, fleet: { cpu: number; perPod: number; replicas: number }): Burst {
  const each = random.between(0.5, 0.6);
  const count = Math.max(2, Math.round((fleet.replicas * random.between(0.28, 0.42)) / each));
  return {
    ...trouble,
    rate: (count * each * fleet.perPod) / fleet.cpu,
    connections: { count, life: random.between(60, 110) },
  };
}

/** Requests that keep a pod's workers for the better part of a minute. */
function monsters(
  random: Random,
  trouble: Trouble,
  fleet: { replicas: number; processes: number; efficiency: number },
): Burst {
  const cpu = random.between(20, 32);
  const busy = fleet.replicas * fleet.processes * random.between(0.25, 0.38);
  return {
    ...trouble,
    rate: (busy * fleet.efficiency) / cpu,
    work: { cpu, cv: 0.3, cpuMax: 45, wait: 0, waitCv: 0, slowShare: 0, slowSeconds: 0 },
  };
}

function hottestIn(world: Parameters<typeof coresIn>[0], trouble: Trouble): number {
  const sums = minutesOf([trouble]).map((minute) => coresIn(world, minute));
  const totals = (sums[0] ?? []).map((_, pod) => sums.reduce((all, cores) => all + (cores[pod] ?? 0), 0));
  return totals.indexOf(Math.max(...totals));
}
