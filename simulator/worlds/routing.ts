import { drawTroubles, next, rounded, withHistory } from "../families/parts.ts";
import type { Trouble } from "../families/settle.ts";
import { fleetUse } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { FocusService, Scenario } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import type { World } from "../world.ts";
import { loop, lopsided, sameHot, steady, told, type WorldDraft } from "./kinds.ts";

interface Skewed {
  readonly name: string;
  readonly judgement: Judgement;
  readonly description: string;
  /** Share of the whole fleet's capacity that the bursts ask for. */
  readonly load: number;
  readonly replicas: number;
  readonly focus: Partial<FocusService>;
  readonly holds?: (world: World, troubles: readonly Trouble[]) => boolean;
}

/** Bursts that the fleet as a whole could take, and a way of handing them out by which some pods get too many. */
function skewed(seed: number, random: Random, wanted: Skewed): WorldDraft {
  const server = loop(random, 2);
  const perPod = server.processes * random.between(0.86, 0.96);
  const fleet = wanted.replicas * perPod;
  const cpu = Math.max(fleet / 30, random.between(0.08, 0.4));
  const capacity = fleet / cpu;
  const base = capacity * random.between(0.06, 0.14);
  const plain = steady(wanted.name, seed, random, {
    server,
    rate: base,
    cpu,
    wait: 0.02,
    replicas: wanted.replicas,
    cpuRequest: rounded(server.processes * random.between(0.5, 0.9)),
    cpuLimit: random.chance(0.5) ? null : rounded(server.processes * random.between(1.3, 2), 0.25),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 480 });
  const bursts = troubles.map((one) => ({ ...one, rate: capacity * wanted.load - base }));
  const made = told(plain, wanted.judgement, wanted.description, {
    efficiency: perPod / server.processes,
    algorithm: "round_robin",
    traffic: { ...plain.focus.traffic, bursts },
    ...wanted.focus,
  });
  return {
    judgement: wanted.judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    free: true,
    holds: (world) =>
      lopsided(world, troubles, perPod) &&
      fleetUse(world, troubles) < 0.78 * fleet &&
      (wanted.holds?.(world, troubles) ?? true),
  };
}

export function stickyCookie(seed: number, random: Random): WorldDraft {
  return skewed(seed, random, {
    name: "sticky-session-skew",
    judgement: {
      truth: "sticky-session-skew",
      accept: [],
      never: ["uneven-pod-load", "worker-concurrency-ceiling", "insufficient-capacity", "slow-dependency"],
      why: "Cookies pin a few busy clients to the same pods; no algorithm applies while stickiness is on.",
    },
    description: "A few clients send most requests, and the target group's cookie keeps each of them on one pod.",
    load: random.between(0.45, 0.62),
    replicas: random.integer(4, 8),
    focus: { targetType: "ip", stickyClients: random.integer(9, 26) },
    holds: sameHot,
  });
}

export function clientIpAffinity(seed: number, random: Random): WorldDraft {
  return skewed(seed, random, {
    name: "client-ip-affinity",
    judgement: {
      truth: "sticky-session-skew",
      accept: ["connection-pinning"],
      never: ["worker-concurrency-ceiling", "insufficient-capacity", "slow-dependency", "bad-target"],
      why: "The Service's ClientIP affinity takes the load balancer's few addresses for clients, and keeps each on one pod.",
    },
    description: "sessionAffinity ClientIP behind a load balancer: a handful of addresses, each kept on one pod.",
    load: random.between(0.45, 0.62),
    replicas: random.integer(5, 9),
    focus: { targetType: "instance", routing: { clientIpAffinity: true } },
    holds: sameHot,
  });
}

export function connectionPinning(seed: number, random: Random): WorldDraft {
  const replicas = random.integer(4, 7);
  const draft = skewed(seed, random, {
    name: "connection-pinning",
    judgement: {
      truth: "connection-pinning",
      accept: ["uneven-pod-load"],
      never: ["sticky-session-skew", "bad-target", "worker-concurrency-ceiling", "insufficient-capacity"],
      why: "The load balancer's kept-alive connections stay on the pods that they first reached; ip mode ends it.",
    },
    description: "A few kept-alive connections through a NodePort carry everything, and never move.",
    load: random.between(0.45, 0.6),
    replicas,
    focus: { targetType: "instance", routing: { keptAlive: Math.round(replicas * random.between(1, 1.7)) } },
  });
  const { troubles, scenario } = draft;
  const middle = troubles[Math.floor(troubles.length / 2)];
  if (!middle || random.chance(0.5))
    return { ...draft, holds: (world) => draft.holds(world) && sameHot(world, troubles) };
  // A rollout renews all connections: other pods are hot from then on.
  const at = middle.at + middle.seconds + 360;
  const rollouts = [{ at, version: next(scenario.focus.version), cpuFactor: 1, waitFactor: 1 }];
  const before = troubles.filter((one) => one.at < at);
  return {
    ...draft,
    scenario: { ...scenario, focus: { ...scenario.focus, rollouts } },
    holds: (world) => draft.holds(world) && sameHot(world, before),
  };
}

export function localPolicy(seed: number, random: Random): WorldDraft {
  const replicas = random.integer(4, 7);
  return skewed(seed, random, {
    name: "local-policy",
    judgement: {
      truth: "uneven-pod-load",
      accept: ["local-policy-blackhole"],
      never: ["worker-concurrency-ceiling", "insufficient-capacity", "slow-dependency", "sticky-session-skew"],
      why: "Nodes get equal shares and keep them: the pod that is alone on its node does the work of several.",
    },
    description: "externalTrafficPolicy Local: one node holds a single pod, the other all the rest.",
    load: random.between(0.5, 0.66),
    replicas,
    focus: {
      targetType: "instance",
      routing: { localPolicy: true, placement: [1, ...Array.from({ length: replicas - 1 }, () => 0)] },
    },
    holds: sameHot,
  });
}

/** Zones get equal shares, whatever they hold. */
export function crossZone(seed: number, random: Random): WorldDraft {
  const lone = random.integer(1, 2);
  const replicas = lone + random.integer(4, 6);
  const judgement: Judgement = {
    truth: "cross-zone-imbalance",
    accept: [],
    never: [
      "uneven-pod-load",
      "worker-concurrency-ceiling",
      "insufficient-capacity",
      "bad-target",
      "sticky-session-skew",
    ],
    why: "Cross-zone is off and one zone holds fewer pods for the same share of the requests.",
  };
  const draft = skewed(seed, random, {
    name: "cross-zone-imbalance",
    judgement,
    description: `Cross-zone is off; one zone holds ${lone} of ${replicas} pods and gets a full zone's share.`,
    load: random.between(0.5, 0.66),
    replicas,
    focus: { targetType: "ip" },
  });
  const { nodes, place } = draft.scenario;
  const inZone = place.zones.map((zone) => nodes.flatMap((node, index) => (node.zone === zone ? [index] : [])));
  const rest = inZone.slice(1).flat();
  const placement = Array.from({ length: replicas }, (_, index) =>
    index < lone
      ? (inZone[0]?.[index % (inZone[0]?.length ?? 1)] as number)
      : (rest[(index - lone) % Math.max(1, rest.length)] as number),
  );
  const focus = { ...draft.scenario.focus, routing: { crossZoneOff: true, placement } };
  const scenario: Scenario = { ...draft.scenario, focus };
  return { ...draft, scenario };
}
