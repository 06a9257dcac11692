import { drawTroubles, withHistory } from "../families/parts.ts";
import { fleetUse } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { FocusService } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { java, steady, told, type WorldDraft } from "./kinds.ts";
import { idleCores } from "./nodes.ts";

/** One pod's volume stalls: its requests wait, its CPU idles, and its node's CPUs wait for the disk. */
function badDisk(targetType: FocusService["targetType"], seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "bad-target",
    accept: [],
    never: [
      "slow-dependency",
      "uneven-pod-load",
      "worker-concurrency-ceiling",
      "insufficient-capacity",
      "sticky-session-skew",
      "alarm-too-sensitive",
    ],
    why: "One share of the requests, a pod's, waits in every episode, while one node, the same, waits for its disk.",
  };
  const name = targetType === "ip" ? "bad-disk-behind-addresses" : "bad-disk-behind-nodes";
  const bare = steady(name, seed, random, {
    server: java(200),
    rate: random.between(4, 9),
    cpu: random.between(0.01, 0.04),
    wait: random.between(0.03, 0.08),
  });
  const replicas = random.integer(3, Math.min(5, Math.max(3, bare.nodes.length)));
  const placement = Array.from({ length: replicas }, (_, index) => index % bare.nodes.length);
  const troubles = drawTroubles(random, bare.window, { least: 3, most: 7, shortest: 240, longest: 600 });
  const pod = random.integer(0, replicas - 1);
  const wait = random.between(1.5, 5);
  const share = random.between(0.75, 1);
  const node = bare.nodes[placement[pod] ?? 0];
  // A CPU waits for a disk only while it has nothing else to do, and at most as many as there are requests that wait.
  const waiting = (bare.focus.traffic.base / replicas) * share * wait;
  const cores = node ? Math.min(idleCores(node), waiting) : 0;
  const made = told(
    bare,
    judgement,
    "The volume of one pod stalls for minutes; the pods beside it read from theirs as ever.",
    { targetType, algorithm: "round_robin", replicas, routing: { placement } },
    {
      faults: {
        extraWaits: troubles.map((one) => ({ ...one, share, wait, cv: 0.6, pod })),
        nodeTimes: troubles.map((one) => ({ ...one, node: placement[pod] ?? 0, mode: "iowait" as const, cores })),
      },
    },
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) => new Set(placement).size === replicas && fleetUse(world, troubles) < 0.3 * replicas,
  };
}

export function badDiskBehindNodes(seed: number, random: Random): WorldDraft {
  return badDisk("instance", seed, random);
}

export function badDiskBehindAddresses(seed: number, random: Random): WorldDraft {
  return badDisk("ip", seed, random);
}
