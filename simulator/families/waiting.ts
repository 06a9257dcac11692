import { windowMinutes } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import { healthyScenario } from "./base.ts";
import type { Draft } from "./draft.ts";
import { drawTroubles, rounded, withHistory, withRedHerrings } from "./parts.ts";
import { fleetUse, nodeUse } from "./truths.ts";

/** A service that mostly waits for something else, and has workers enough to do so. */
function waitingService(bare: Scenario, random: Random, mostLatency: number): Scenario {
  const rate = random.between(1, 4);
  const cpu = random.between(0.005, 0.05);
  const wait = random.between(0.05, 0.25);
  // So many requests wait at once in the whole fleet when the dependency is at its slowest.
  const waiting = rate * mostLatency * 1.8;
  const { replicas } = bare.focus;
  const server: ServerSpec = random.pick([
    { flavour: "gunicorn-args", processes: random.integer(1, 3), threads: 1 },
    { flavour: "node", processes: 1, threads: 1 },
    { flavour: "go", processes: 1, threads: 1 },
    { flavour: "java", processes: 1, threads: Math.max(50, Math.ceil(waiting / replicas)) },
    { flavour: "gunicorn-sync", processes: Math.max(3, Math.ceil(waiting / replicas)), threads: 1 },
    { flavour: "puma", processes: 2, threads: Math.max(5, Math.ceil(waiting / replicas / 2)) },
  ] as const);
  return {
    ...bare,
    focus: {
      ...bare.focus,
      server,
      cpuRequest: rounded(random.between(0.2, 1)),
      cpuLimit: random.chance(0.4) ? null : rounded(random.between(1.5, 3), 0.5),
      work: { cpu, cv: 0.6, cpuMax: 10 * cpu, wait, waitCv: random.between(0.4, 0.9), slowShare: 0, slowSeconds: 0 },
      traffic: { base: rate, wobble: random.between(0.05, 0.15), bursts: [], levels: [] },
    },
  };
}

/** Latency up in periods, CPU not; sometimes a second service shares the dependency. */
export function slowDependency(seed: number, random: Random): Draft {
  const bare = healthyScenario("slow-dependency", seed, random);
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 9, shortest: 180, longest: 600 });
  const latency = random.between(1, 5);
  const made = waitingService(bare, random, latency);
  const shared = bare.others.length >= 3 && random.chance(0.45) ? random.integer(0, 1) : -1;
  const scenario: Scenario = {
    ...made,
    description:
      "A dependency answers slowly for minutes at a time; the pods wait for it, and their CPU does not rise.",
    cause: "slow-dependency",
    others: made.others.map((other, index) => (index === shared ? { ...other, sharesDependency: true } : other)),
    focus: {
      ...made.focus,
      slowDependency: troubles.map((one) => ({
        ...one,
        factor: (latency / made.focus.work.wait) * random.between(0.8, 1.3),
      })),
    },
  };
  return {
    scenario: withHistory(withRedHerrings(scenario, troubles, random), random),
    troubles,
    least: 2,
    holds: (world) => fleetUse(world, troubles) < 1.35 * wholeUse(world) && nodeUse(world, troubles) < 0.7,
  };
}

function wholeUse(world: Parameters<typeof fleetUse>[0]): number {
  return fleetUse(world, [{ at: 0, seconds: windowMinutes(world).length * 60 }]);
}

/** Something in front of all target groups is slow. */
export function sharedLoadBalancer(seed: number, random: Random): Draft {
  const bare = healthyScenario("shared-load-balancer", seed, random);
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 9, shortest: 180, longest: 540 });
  const extra = random.between(0.8, 3);
  const made = waitingService(bare, random, extra);
  const scenario: Scenario = {
    ...made,
    description: "Every target group behind the load balancer gets slower at the same times and by the same amount.",
    cause: "shared-load-balancer",
    alarm: { ...made.alarm, on: "load balancer" },
    sharedSlowness: troubles.map((one) => ({ ...one, extra: extra * random.between(0.8, 1.25) })),
  };
  return {
    scenario: withHistory(withRedHerrings(scenario, troubles, random), random),
    troubles,
    least: 2,
    holds: (world) => world.groups.length >= 3 && fleetUse(world, troubles) < 1.35 * wholeUse(world),
  };
}

/** Requests held open by design. The alarm is on for ever, or flaps because minutes without an answer have no datapoint. */
export function longPoll(seed: number, random: Random): Draft {
  const bare = healthyScenario("long-poll-held-open", seed, random);
  const idle = random.pick([60, 65, 90, 120, 300, 300, 350]);
  const ceiling = idle - random.between(0.5, Math.max(1, idle * 0.08));
  const flapping = random.chance(0.45) && ceiling > 80;
  const clients = flapping ? random.integer(1, 2) : Math.max(4, Math.round((ceiling / 60) * random.between(2, 7)));
  const alone = flapping || random.chance(0.5);
  const evaluationPeriods = flapping ? 1 : bare.alarm.evaluationPeriods;
  const scenario: Scenario = {
    ...bare,
    description: `${clients} clients long-poll with a ceiling of ${ceiling.toFixed(0)} s; the latency alarm counts the wait.`,
    cause: "long-poll-held-open",
    loadBalancer: { ...bare.loadBalancer, idleTimeout: idle, targetErrors: 0 },
    alarm: {
      ...bare.alarm,
      on: alone ? "load balancer" : random.pick(["load balancer", "target group"]),
      statistic: "Average",
      threshold: random.pick([0.5, 0.8, 1, 1.5, 2]),
      evaluationPeriods,
      datapointsToAlarm: flapping ? 1 : bare.alarm.datapointsToAlarm,
      treatMissingData: flapping ? "notBreaching" : random.pick(["missing", "ignore"]),
      initially: flapping ? "OK" : "ALARM",
      since: random.integer(2, 28) * 86_400,
    },
    others: alone ? [] : bare.others.slice(0, 2).map((other) => ({ ...other, rate: random.between(0.05, 0.3) })),
    focus: {
      ...bare.focus,
      replicas: random.integer(1, 3),
      server: random.chance(0.7)
        ? { flavour: "go", processes: 1, threads: 1 }
        : { flavour: "node", processes: 1, threads: 1 },
      cpuRequest: 0.25,
      cpuLimit: random.chance(0.5) ? 1 : null,
      work: { cpu: random.between(0.003, 0.03), cv: 0, cpuMax: 1, wait: 0, waitCv: 0, slowShare: 0, slowSeconds: 0 },
      traffic: { base: 0, wobble: 0, bursts: [], levels: [] },
      longPoll: {
        clients,
        ceiling,
        jitter: random.between(0.3, 0.03 * ceiling),
        early: random.chance(0.5) ? 0 : 0.02,
        pause: random.between(0.1, 2),
      },
    },
  };
  return { scenario, troubles: [], least: 1, anywhere: true, thresholdSet: true, holds: () => true };
}
