import { drawTroubles, withHistory } from "../families/parts.ts";
import { fleetUse } from "../families/truths.ts";
import type { NodeSpec } from "../node-spec.ts";
import type { Random } from "../random.ts";

import type { Judgement } from "../truth.ts";
import { GO, java, steady, told, type WorldDraft } from "./kinds.ts";

/** Cores of a node that are idle for certain: waiting for a disk is idle time, and work comes first. */
export function idleCores({ cores, tenantUse, tenantWobble }: NodeSpec): number {
  return Math.max(0.2, cores - tenantUse * 1.1 * (1 + 3.5 * tenantWobble) - 0.5);
}

/** The nodes' disk stalls: their CPUs wait for it, and so do the requests. */
export function stalledDisk(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: ["bad-target"],
    never: [
      "insufficient-capacity",
      "slow-dependency",
      "worker-concurrency-ceiling",
      "uneven-pod-load",
      "cpu-throttling",
    ],
    why: "The nodes' CPUs wait for a disk: they are not idle, and they are not full either.",
  };
  const plain = steady("stalled-disk", seed, random, {
    server: random.pick([GO, java(300)]),
    rate: random.between(3, 7),
    cpu: random.between(0.01, 0.04),
    wait: 0.05,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 600 });
  const wait = random.between(0.8, 3);
  const share = random.between(0.5, 0.8);
  const nodeTimes = plain.nodes.flatMap((one, node) =>
    troubles.map((trouble) => ({
      ...trouble,
      node,
      mode: "iowait" as const,
      cores: idleCores(one) * share,
    })),
  );
  const extraWaits = troubles.map((one) => ({ ...one, share: 0.9, wait, cv: 0.8 }));
  const made = told(
    plain,
    judgement,
    "The volumes of the nodes stall for minutes; every request reads from them.",
    {},
    {
      faults: { nodeTimes, extraWaits },
    },
  );
  return { judgement, scenario: withHistory(made, random), troubles, least: 2, holds: () => true };
}

/** Burstable nodes whose credits are spent: the hypervisor takes most of their time. */
export function spentCredits(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [
      "slow-dependency",
      "worker-concurrency-ceiling",
      "uneven-pod-load",
      "cpu-throttling",
      "insufficient-capacity",
    ],
    why: "The nodes are held to their baseline (steal): their own work is far below their cores, and other instances end it.",
  };
  const bare = steady("spent-credits", seed, random, { server: java(200), rate: 1, cpu: 0.1 });
  const nodes: NodeSpec[] = bare.nodes.slice(0, random.integer(2, 4)).map((node) => ({
    ...node,
    instanceType: "t3.xlarge",
    cores: 4,
    allocatable: 3920,
    tenantUse: random.between(0.1, 0.3),
    tenantWobble: 0.05,
  }));
  const replicas = nodes.length;
  const left = nodes.reduce((all, node) => all + 1.6 - node.tenantUse, 0);
  const cpu = Math.max(left / 20, random.between(0.1, 0.25));
  const rate = (left * random.between(0.98, 1.1)) / cpu;
  const troubles = drawTroubles(random, bare.window, { least: 2, most: 5, shortest: 240, longest: 480 });
  // Between the troubles there is less to do, and the line drains.
  const bursts = troubles.map((one) => ({ ...one, rate: rate * 0.45 }));
  const nodeTimes = nodes.flatMap((_, node) =>
    troubles.map((trouble) => ({ ...trouble, node, mode: "steal" as const, cores: 2.4 })),
  );
  const made = told(
    bare,
    judgement,
    "t3 nodes have spent their CPU credits whenever it gets busy.",
    {
      replicas,
      spread: true,
      work: { ...bare.focus.work, cpu, cpuMax: 8 * cpu, wait: 0.02 },
      traffic: { ...bare.focus.traffic, base: rate * 0.6, wobble: 0.04, bursts },
    },
    { nodes, faults: { nodeTimes } },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) => fleetUse(world, troubles) > 0.7 * left,
  };
}

/** Somebody else's batch job takes all of one node. */
export function noisyNeighbour(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: ["bad-target"],
    never: [
      "uneven-pod-load",
      "insufficient-capacity",
      "slow-dependency",
      "worker-concurrency-ceiling",
      "cpu-throttling",
    ],
    why: "One node's other tenant takes its CPU; the pod on it starves while all the others have room.",
  };
  const replicas = random.integer(3, 5);
  const perPod = random.between(0.4, 0.7);
  const cpu = random.between(0.15, 0.3);
  const bare = steady("noisy-neighbour", seed, random, {
    server: java(200),
    rate: (replicas * perPod) / cpu,
    cpu,
    wait: 0.02,
    replicas,
    cpuRequest: 0.1,
  });
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 7, shortest: 240, longest: 480 });
  // By their requests the kernel leaves the starved pod somewhat less than it needs.
  const starved = random.between(0.72, 0.9);
  const nodes = bare.nodes.map((node, index) => ({
    ...node,
    tenantBusy: index === 0 ? troubles.map((one) => ({ ...one, cores: node.cores })) : [],
    daemonsetRequest: index === 0 ? 200 : node.daemonsetRequest,
    tenantRequest:
      index === 0 ? Math.round(1000 * ((node.cores * 0.1) / (starved * perPod) - 0.2) - 200) : node.tenantRequest,
  }));
  const placement = Array.from({ length: replicas }, (_, index) => index % nodes.length);
  const made = told(
    bare,
    judgement,
    "A batch job fills one node for minutes at a time; the pod there starves.",
    { routing: { placement }, algorithm: "round_robin" },
    { nodes },
  );
  return { judgement, scenario: withHistory(made, random), troubles, least: 2, free: true, holds: () => true };
}
