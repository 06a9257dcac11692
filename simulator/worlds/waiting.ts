import { burstsAbove, drawTroubles, withHistory } from "../families/parts.ts";
import { fleetUse } from "../families/truths.ts";
import type { Faults } from "../faults.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { GO, java, steady, told, type WorldDraft, work } from "./kinds.ts";

/** What CPU and queues cannot tell: everything that would be blamed because nothing else is left. */
const LEFT_OVER = [
  "slow-dependency",
  "uneven-pod-load",
  "worker-concurrency-ceiling",
  "insufficient-capacity",
  "deploy-regression",
  "alarm-too-sensitive",
] as const;

/** An idle service in which a share of the requests waits in the troubles. */
function someWait(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  description: string,
  each: { share: number; wait: number; cv: number },
): WorldDraft {
  const plain = steady(name, seed, random, {
    server: random.pick([GO, java(300)]),
    rate: random.between(2.5, 7),
    cpu: random.between(0.01, 0.04),
    wait: random.between(0.03, 0.12),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 600 });
  const faults: Faults = { extraWaits: troubles.map((one) => ({ ...one, ...each })) };
  const made = told(plain, judgement, description, {}, { faults });
  return { judgement, scenario: withHistory(made, random), troubles, least: 2, holds: () => true };
}

export function dnsTimeouts(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: LEFT_OVER,
    why: "A share of the requests waits 5 s for a name, to the tick; the rest are as fast as ever, so no dependency is slow.",
  };
  const each = { share: random.between(0.15, 0.4), wait: 5.005, cv: 0.002 };
  return someWait(
    "dns-timeouts",
    seed,
    random,
    judgement,
    "One of the name servers is gone: 5 s for some requests.",
    each,
  );
}

export function uploads(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: ["expensive-endpoint"],
    never: LEFT_OVER,
    why: "Clients send large bodies over thin lines, and the metric counts it; the service waits for nobody else.",
  };
  const each = { share: random.between(0.05, 0.15), wait: random.between(9, 25), cv: 0.5 };
  return someWait("uploads", seed, random, judgement, "Stretches with many large uploads from slow clients.", each);
}

export function mixShift(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: ["expensive-endpoint"],
    never: LEFT_OVER,
    why: "Requests that always took seconds make up more of the mix for a while; each kind is as fast as ever.",
  };
  const rate = random.between(3, 8);
  const share = random.between(0.15, 0.35);
  const plain = steady("mix-shift", seed, random, {
    server: random.pick([GO, java(300)]),
    rate,
    cpu: random.between(0.01, 0.03),
    wait: random.between(0.03, 0.1),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 300, longest: 720 });
  const slow = work(0.02, random.between(3, 7), 0.3);
  const bursts = [
    ...troubles.map((one) => ({ ...one, rate: rate * share, work: slow })),
    { at: 0, seconds: plain.window, rate: rate * share * 0.06, work: slow },
  ];
  const levels = troubles.map((one) => ({ ...one, factor: 1 - share }));
  const made = told(plain, judgement, "The mix shifts towards reports that always take seconds.", {
    traffic: { ...plain.focus.traffic, bursts, levels },
  });
  return { judgement, scenario: withHistory(made, random), troubles, least: 2, holds: () => true };
}

/** Requests that hold one of few things of their pod while they wait: a lock, a connection of a pool. */
function contended(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  description: string,
  wanted: { server: ServerSpec; size: number; hold: number },
): WorldDraft {
  const replicas = random.integer(2, 5);
  const { size, hold } = wanted;
  const capacity = (replicas * size) / hold;
  const base = capacity * random.between(0.15, 0.3);
  const plain = steady(name, seed, random, { server: wanted.server, rate: base, cpu: 0.008, wait: 0.01, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 200, longest: 420 });
  const bursts = burstsAbove(random, troubles, capacity, base, [5, 14]);
  const made = told(
    plain,
    judgement,
    description,
    { traffic: { ...plain.focus.traffic, bursts } },
    {
      faults: { pool: { size, hold, cv: 0.3 } },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => fleetUse(world, troubles) < 0.4 * replicas,
  };
}

export function lockContention(seed: number, random: Random): WorldDraft {
  const few = random.chance(0.4);
  const judgement: Judgement = {
    truth: null,
    accept: few ? ["worker-concurrency-ceiling"] : [],
    never: few ? LEFT_OVER.filter((one) => one !== "worker-concurrency-ceiling") : LEFT_OVER,
    why: "Requests stand in line for one lock of the process: CPU idles, and the line grows with the arrivals.",
  };
  const server: ServerSpec = few
    ? { flavour: "gunicorn-gthread", processes: random.integer(1, 2), threads: random.pick([8, 16]) }
    : java(400);
  const description = "All threads of a pod wait for one lock, which is held while a file is written.";
  return contended("lock-contention", seed, random, judgement, description, {
    server,
    size: 1,
    hold: random.between(0.25, 0.6),
  });
}

export function poolExhaustion(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: LEFT_OVER,
    why: "The database is as fast as ever; the pods' own pool of connections is what runs out when requests come.",
  };
  return contended(
    "pool-exhaustion",
    seed,
    random,
    judgement,
    "Each pod's pool of connections is too small for bursts.",
    {
      server: java(400),
      size: random.integer(2, 5),
      hold: random.between(0.4, 0.9),
    },
  );
}

/** Synchronous workers that are all waiting: the dependency is as ever, there are too few of them. */
export function blockedWorkers(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "uneven-pod-load", "insufficient-capacity", "cpu-throttling", "long-poll-held-open"],
    why: "Each worker waits out its call, which takes as long as ever; demand is above their number.",
  };
  const replicas = random.integer(2, 5);
  const processes = random.integer(2, 4);
  const wait = random.between(0.6, 1.6);
  const slots = replicas * processes;
  const capacity = slots / (wait + 0.02);
  const base = capacity * random.between(0.1, 0.25);
  const plain = steady("blocked-workers", seed, random, {
    server: { flavour: "gunicorn-sync", processes, threads: 1 },
    rate: base,
    cpu: 0.02,
    wait,
    cv: 0.25,
    replicas,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 200, longest: 420 });
  const bursts = troubles.map((one) => ({
    ...one,
    rate: 0,
    callers: { count: Math.round(slots * random.between(3, 6)), think: random.between(0.2, 1) },
  }));
  const made = told(
    plain,
    judgement,
    `${slots} synchronous workers each wait ${wait.toFixed(1)} s for a call; bursts bring more.`,
    {
      traffic: { ...plain.focus.traffic, bursts },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => fleetUse(world, troubles) < 0.3 * slots,
  };
}

/** Nine plain steps of the latency, ten minutes each. */
export function levelShift(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: ["slow-dependency"],
    never: ["alarm-too-sensitive", "low-traffic-artifact", "uneven-pod-load", "worker-concurrency-ceiling"],
    why: "Ten minutes at 1.6 times the usual, nine times, is no tail of a stationary metric.",
  };
  const wait = random.between(0.2, 0.5);
  const plain = steady("level-shift", seed, random, {
    server: GO,
    rate: random.between(9, 14),
    cpu: 0.01,
    wait,
    cv: 0.4,
  });
  const room = (plain.window - 1800) / 9;
  const troubles = Array.from({ length: 9 }, (_, index) => ({
    at: Math.round(900 + index * room + random.between(0, room - 600 - 300)),
    seconds: 600,
  }));
  const made: Scenario = told(
    plain,
    judgement,
    "The latency steps up to 1.6 times its usual for ten minutes, nine times.",
    {
      slowDependency: troubles.map((one) => ({ ...one, factor: 1.6 })),
    },
  );
  const threshold = Math.round((wait + 0.012) * 1.3 * 1000) / 1000;
  return {
    judgement,
    scenario: {
      ...made,
      alarm: {
        ...made.alarm,
        on: "target group",
        statistic: "Average",
        threshold,
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
      },
    },
    troubles,
    least: 6,
    thresholdSet: true,
    holds: () => true,
  };
}
