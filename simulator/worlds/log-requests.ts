import { workerCeiling } from "../families/cpu.ts";
import { burstsAbove, drawTroubles, withHistory } from "../families/parts.ts";
import { fleetUse, nodeUse } from "../families/truths.ts";
import { slowDependency } from "../families/waiting.ts";
import type { Random } from "../random.ts";
import type { TrueCause } from "../truth.ts";
import { GO, java, loop, steady, told, type WorldDraft } from "./kinds.ts";
import { drawLogs, endpointBeside, missingOne, usualEndpoints, WITH_LOGS, withLogs } from "./logged.ts";
import { mixShift, uploads } from "./waiting.ts";
import { alarmed, without } from "./without.ts";
import { expensiveEndpoint } from "./work.ts";

/** One path burns CPU, always; in the episodes there is more of it. */
export function loggedExpensiveEndpoint(seed: number, random: Random): WorldDraft {
  return costlyPath("logged-expensive-endpoint", seed, random, expensiveEndpoint(seed, random));
}

/** One path takes seconds of waiting, always; in the episodes there is more of it. */
export function loggedMixShift(seed: number, random: Random): WorldDraft {
  const draft = mixShift(seed, random);
  const judgement = {
    ...draft.judgement,
    truth: "expensive-endpoint" as const,
    accept: [],
    why: "One path takes seconds in and out of the episodes, and makes up more of the requests in them; the others are fast.",
  };
  const scenario = { ...draft.scenario, cause: judgement.truth };
  return costlyPath("logged-mix-shift", seed, random, { ...draft, judgement, scenario });
}

function costlyPath(name: string, seed: number, random: Random, draft: WorldDraft): WorldDraft {
  const { scenario } = draft;
  const endpoints = [...usualEndpoints(scenario, random, true), endpointBeside(scenario, random, null)];
  const endpoint = endpoints.length - 1;
  const bursts = scenario.focus.traffic.bursts.map((_, burst) => ({ burst, endpoint }));
  return missingOne(withLogs(name, seed, draft, drawLogs(scenario, random, { endpoints, bursts })), random, WITH_LOGS);
}

/** One path waits for what is slow in the episodes only; it is as fast as the others else. */
export function onePathWaiting(seed: number, random: Random): WorldDraft {
  const judgement = {
    truth: "slow-dependency" as const,
    accept: [],
    never: [
      "expensive-endpoint",
      "bad-target",
      "client-storm",
      "uneven-pod-load",
      "worker-concurrency-ceiling",
    ] as TrueCause[],
    why: "One path is slow in the episodes, and as fast as the others out of them: what it waits for is slow, not the path.",
  };
  const plain = steady("one-path-waiting", seed, random, {
    server: random.pick([GO, java(300)]),
    rate: random.between(4, 9),
    cpu: random.between(0.01, 0.03),
    wait: random.between(0.03, 0.1),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 7, shortest: 240, longest: 600 });
  const share = random.between(0.15, 0.35);
  const extraWaits = troubles.map((one) => ({ ...one, share, wait: random.between(3, 8), cv: 0.4 }));
  const made = told(
    plain,
    judgement,
    "What one path needs of a dependency is slow for minutes at a time.",
    {},
    { faults: { extraWaits } },
  );
  const endpoints = [...usualEndpoints(made, random), endpointBeside(made, random, "/api/v1/{word}/quote", 0.3)];
  const logs = drawLogs(made, random, { endpoints, waiting: endpoints.length - 1 });
  const draft = { judgement, scenario: withHistory(made, random), troubles, least: 2, holds: () => true };
  return missingOne(withLogs("one-path-waiting", seed, draft, logs), random, WITH_LOGS);
}

/** Large bodies over thin lines: response time follows the size of the request. */
export function loggedUploads(seed: number, random: Random): WorldDraft {
  const draft = uploads(seed, random);
  const endpoints = [
    ...usualEndpoints(draft.scenario, random),
    endpointBeside(draft.scenario, random, "/api/v1/{word}/attachments", 0.02),
  ];
  const uploadRate = random.between(0.3, 2) * 1_000_000;
  const logs = drawLogs(draft.scenario, random, { endpoints, waiting: endpoints.length - 1, uploadRate });
  return missingOne(withLogs("logged-uploads", seed, draft, logs), random, WITH_LOGS);
}

/** Every path waits for the slow dependency. */
export function loggedSlowDependency(seed: number, random: Random): WorldDraft {
  const draft = slowDependency(seed, random);
  const judgement = {
    truth: "slow-dependency" as const,
    accept: [],
    never: [
      "expensive-endpoint",
      "bad-target",
      "client-storm",
      "uneven-pod-load",
      "configuration-change",
    ] as TrueCause[],
    why: "All paths, all targets and all clients are slow alike in the episodes, and the pods idle.",
  };
  const logs = drawLogs(draft.scenario, random);
  return missingOne(withLogs("logged-slow-dependency", seed, { ...draft, judgement }, logs), random, WITH_LOGS);
}

/** Bursts of everybody above the workers' ceiling; one path is always more work, and one client always the busiest. */
export function loggedCrowd(seed: number, random: Random): WorldDraft {
  const draft = workerCeiling(seed, random);
  const judgement = {
    truth: "worker-concurrency-ceiling" as const,
    accept: [],
    never: ["client-storm", "expensive-endpoint", "bad-target", "slow-dependency", "uneven-pod-load"] as TrueCause[],
    why: "In the bursts everybody asks for more of everything: shares of paths and clients are what they are at other times.",
  };
  const logs = drawLogs(draft.scenario, random, {
    clients: { count: random.integer(60, 200), skew: random.between(2.5, 3.5), agents: ["browser", "mobile", "sdk"] },
  });
  return missingOne(withLogs("logged-crowd", seed, { ...draft, judgement }, logs), random, WITH_LOGS);
}

/** One client brings all that is too much. */
export function oneClientStorm(seed: number, random: Random): WorldDraft {
  const draft = stormOfOne("one-client-storm", seed, random);
  const logs = drawLogs(draft.scenario, random);
  const single = { agent: random.pick(["sdk", "bot", "curl"] as const) };
  // Half of them ask for one thing only.
  const endpoint = random.chance(0.5) ? random.integer(0, logs.endpoints.length - 1) : null;
  const bursts = draft.scenario.focus.traffic.bursts.map((_, burst) => ({
    burst,
    single: true,
    ...(endpoint !== null && { endpoint }),
  }));
  const told = { ...logs, clients: { ...logs.clients, single }, bursts };
  return missingOne(withLogs("one-client-storm", seed, draft, told), random, WITH_LOGS);
}

/** The same without logs. */
export function unloggedClientStorm(seed: number, random: Random): WorldDraft {
  return stormOfOne("unlogged-client-storm", seed, random);
}

function stormOfOne(name: string, seed: number, random: Random): WorldDraft {
  const judgement = {
    truth: "client-storm" as const,
    accept: ["worker-concurrency-ceiling"] as TrueCause[],
    never: [
      "slow-dependency",
      "uneven-pod-load",
      "deploy-regression",
      "expensive-endpoint",
      "alarm-too-sensitive",
    ] as TrueCause[],
    why: "One client's job brings several times the usual load in each episode; all others ask for as much as ever.",
  };
  const replicas = random.integer(2, 5);
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const all = replicas * server.processes * efficiency;
  const cpu = Math.max(all / 30, random.between(0.06, 0.2));
  const capacity = all / cpu;
  const base = capacity * random.between(0.15, 0.3);
  const plain = steady(name, seed, random, { server, rate: base, cpu, wait: 0.03, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 200, longest: 400 });
  const bursts = burstsAbove(random, troubles, capacity, base, [6, 14]);
  const made = told(
    plain,
    judgement,
    "One client runs its job, and asks for more than the service can do.",
    { efficiency, traffic: { ...plain.focus.traffic, bursts } },
    { loadBalancer: { ...plain.loadBalancer, idleTimeout: 120 } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) =>
      nodeUse(world, troubles) < 0.95 &&
      fleetUse(world, troubles) > 0.7 * all &&
      alarmed(without(world, { traffic: { ...made.focus.traffic, bursts: [] } })) === 0,
  };
}
