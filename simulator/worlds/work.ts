import { burstsAbove, drawTroubles, rounded, withHistory } from "../families/parts.ts";
import { fleetUse, nodeUse, throttledIn } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { java, loop, steady, told, type WorldDraft, work } from "./kinds.ts";

/** A few requests burn many CPU seconds each; nobody waits in line for them. */
export function expensiveEndpoint(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "expensive-endpoint",
    accept: [],
    never: [
      "uneven-pod-load",
      "insufficient-capacity",
      "cpu-throttling",
      "slow-dependency",
      "worker-concurrency-ceiling",
    ],
    why: "About 2 % of the requests burn 15 s of CPU each, in and out of the episodes; all others are as fast as ever.",
  };
  const rate = random.between(4, 8);
  const burn = random.between(11, 18);
  const share = random.between(0.015, 0.03);
  const plain = steady("expensive-endpoint", seed, random, {
    server: java(200),
    rate,
    cpu: random.between(0.01, 0.03),
    wait: random.between(0.03, 0.08),
    replicas: random.integer(4, 6),
    cpuRequest: 1,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 7, shortest: 300, longest: 600 });
  const heavy = { ...work(burn, 0, 0.2), cpuMax: 2 * burn };
  const bursts = [
    ...troubles.map((one) => ({ ...one, rate: rate * share, work: heavy })),
    { at: 0, seconds: plain.window, rate: rate * share * 0.08, work: heavy },
  ];
  const made = told(
    plain,
    judgement,
    `${(100 * share).toFixed(1)} % of the requests burn ${burn.toFixed(0)} s of CPU each.`,
    {
      traffic: { ...plain.focus.traffic, bursts },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => nodeUse(world, troubles) < 0.75,
  };
}

/** A blip, and then clients who ask again keep the service overloaded. */
export function retryStorm(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "client-storm",
    accept: ["worker-concurrency-ceiling"],
    never: ["uneven-pod-load", "deploy-regression", "cpu-throttling", "alarm-too-sensitive"],
    why: "Requests double after latency rose, not before: impatient clients send everything again.",
  };
  const replicas = random.integer(3, 5);
  const server = loop(random, 1);
  const efficiency = random.between(0.88, 0.96);
  const cpu = random.between(0.15, 0.3);
  const capacity = (replicas * efficiency) / cpu;
  const plain = steady("retry-storm", seed, random, {
    server,
    rate: capacity * random.between(0.6, 0.7),
    cpu,
    wait: 0.15,
    cv: 0.4,
    replicas,
  });
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 4, shortest: 300, longest: 420 });
  const after = random.between(2, 4);
  const levels = troubles.map((one) => ({ at: one.at + one.seconds, seconds: 400, factor: 0.25 }));
  const slowDependency = troubles.map((one) => ({ at: one.at, seconds: 60, factor: (after * 1.6) / 0.15 }));
  const made = told(
    plain,
    judgement,
    "A short blip makes clients ask again, and their repetitions keep the service overloaded long after it.",
    { efficiency, slowDependency, traffic: { ...plain.focus.traffic, wobble: 0.03, levels } },
    { faults: { retries: { after, times: 1, hangUp: true, share: 0.75 } } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles: troubles.map((one) => ({ at: one.at, seconds: one.seconds + 120 })),
    least: 2,
    free: true,
    holds: (world) => fleetUse(world, troubles) > 0.75 * replicas * efficiency,
  };
}

/** Garbage collection: the same requests cost a multiple of CPU, and there is CPU enough for it. */
export function collection(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [
      "worker-concurrency-ceiling",
      "insufficient-capacity",
      "uneven-pod-load",
      "slow-dependency",
      "cpu-throttling",
      "client-storm",
      "deploy-regression",
    ],
    why: "The work of a request grew at flat arrivals; nothing is full, and nothing of the vocabulary is wrong.",
  };
  const rate = random.between(3, 8);
  const cpu = random.between(0.04, 0.12);
  const replicas = random.integer(3, 6);
  const plain = steady("garbage-collection", seed, random, { server: java(200), rate, cpu, replicas, cpuRequest: 0.8 });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 540 });
  const costlier = troubles.map((one) => ({ ...one, factor: random.between(3, 6) }));
  const made = told(
    plain,
    judgement,
    "The heap is full: collection multiplies the CPU of each request, at flat arrivals.",
    {},
    {
      faults: { costlier },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => nodeUse(world, troubles) < 0.7,
  };
}

/** The same in interpreted workers, which are full then. */
export function costlierWork(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: ["worker-concurrency-ceiling"],
    never: ["slow-dependency", "uneven-pod-load", "client-storm", "deploy-regression", "cpu-throttling"],
    why: "The work of a request grew at flat arrivals until the workers were full: more demand is not what happened.",
  };
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(3, 6);
  const cpu = random.between(0.08, 0.2);
  const usual = random.between(0.3, 0.42);
  const rate = (usual * replicas * server.processes * efficiency) / cpu;
  const plain = steady("costlier-work", seed, random, { server, rate, cpu, wait: 0.02, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 240, longest: 420 });
  const costlier = troubles.map((one) => ({ ...one, factor: random.between(1.02, 1.12) / usual }));
  const made = told(
    plain,
    judgement,
    "A scheduler inside the workers makes each request cost a multiple, at flat arrivals.",
    {
      efficiency,
      cpuRequest: rounded(server.processes * 0.8),
      traffic: { ...plain.focus.traffic, wobble: 0.03 },
    },
    { faults: { costlier } },
  );
  return { judgement, scenario: withHistory(made, random), troubles, least: 2, free: true, holds: () => true };
}

/** Many threads spend each period's budget at once: throttled at a low average. */
export function throttledAtLowAverage(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cpu-throttling",
    accept: [],
    never: ["slow-dependency", "worker-concurrency-ceiling", "uneven-pod-load", "insufficient-capacity"],
    why: "A third to two thirds of the periods are throttled, although the average stays at half of the limit.",
  };
  const replicas = random.integer(2, 5);
  const quota = random.pick([1, 1.5, 2]);
  const spentAtOnce = random.between(0.34, 0.56);
  const fleet = replicas * quota * spentAtOnce;
  const cpu = Math.max(fleet / 20, random.between(0.05, 0.15));
  const capacity = fleet / cpu;
  const base = capacity * random.between(0.08, 0.16);
  const plain = steady("throttled-at-low-average", seed, random, {
    server: java(200),
    rate: base,
    cpu,
    replicas,
    cpuRequest: rounded(quota * 0.5),
    cpuLimit: quota,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 420 });
  const bursts = burstsAbove(random, troubles, capacity, base, [4, 10]);
  const made = told(
    plain,
    judgement,
    "Dozens of threads spend a period's budget in its first milliseconds, and wait for the next.",
    {
      traffic: { ...plain.focus.traffic, bursts },
    },
    { faults: { spentAtOnce } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => {
      const share = throttledIn(world, troubles);
      const used = fleetUse(world, troubles) / (replicas * quota);
      return share > 0.3 && share < 0.75 && used > 0.28 && used < 0.62;
    },
  };
}

/** A runtime of many threads that one hot thread holds at about a core a pod. */
export function plateauOfThreads(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [
      "worker-concurrency-ceiling",
      "insufficient-capacity",
      "uneven-pod-load",
      "cpu-throttling",
      "slow-dependency",
    ],
    why: "Pods of 200 threads flatten near one core: one hot thread, which no number of workers explains.",
  };
  const replicas = random.integer(3, 6);
  const mostCores = random.pick([1, 1, 2]);
  const efficiency = random.between(0.88, 0.96);
  const fleet = replicas * mostCores * efficiency;
  const cpu = Math.max(fleet / 20, random.between(0.08, 0.3));
  const capacity = fleet / cpu;
  const base = capacity * random.between(0.08, 0.16);
  const plain = steady("plateau-of-threads", seed, random, {
    server: { ...java(200), mostCores },
    rate: base,
    cpu,
    replicas,
    cpuRequest: 1,
    cpuLimit: random.pick([2.5, 3, null]),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 420 });
  const bursts = burstsAbove(random, troubles, capacity, base, [6, 14]);
  const made = told(
    plain,
    judgement,
    `Java with 200 threads flattens at ${mostCores} core(s): a lock that is held while it works.`,
    {
      efficiency,
      traffic: { ...plain.focus.traffic, bursts },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => nodeUse(world, troubles) < 0.8,
  };
}
