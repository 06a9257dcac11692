import { drawTroubles } from "../families/parts.ts";
import type { NodeSpec } from "../node-spec.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { behind, besides, perhapsBlind, seeing, watching } from "./fronts.ts";
import { told, type WorldDraft, work } from "./kinds.ts";
import { stays, without } from "./without.ts";

/** Two zones get equal shares: the two pods of the one do the work of six, and turn connections away. */
export function crossZoneOnFlows(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "cross-zone-imbalance",
      accept: [],
      never: ["uneven-pod-load", "bad-target", "deploy-regression", "restarting-pods", "idle-timeout-mismatch"],
      why: "Cross-zone is off: each of 2 pods in one zone gets 25 % of all connections, each of 6 in the other 8.3 %.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const [lone, rest] = [2, 6];
  const cpu = random.between(0.06, 0.12);
  const drawn = behind(
    "cross-zone-on-flows",
    seed,
    random,
    "network",
    { crossZone: false },
    {
      targetType: "ip",
      replicas: lone + rest,
      server: random.pick([
        { flavour: "node", processes: 1, threads: 1 } as const,
        { flavour: "uvicorn", processes: 1, threads: 1 } as const,
      ]),
      cpuRequest: 0.5,
      cpuLimit: null,
      work: work(cpu, 0.01, 0.5),
    },
  );
  const zones = drawn.place.zones.slice(0, 2);
  const nodes: NodeSpec[] = drawn.nodes.map((node, index) => ({ ...node, zone: zones[index % 2] as string }));
  const inZone = (zone: number) => nodes.flatMap((_, index) => (index % 2 === zone ? [index] : []));
  const placement = [
    ...Array.from({ length: lone }, (_, index) => inZone(0)[index % inZone(0).length] as number),
    ...Array.from({ length: rest }, (_, index) => inZone(1)[index % inZone(1).length] as number),
  ];
  const capacity = drawn.focus.efficiency / cpu;
  const troubles = drawTroubles(random, drawn.window, { least: 3, most: 6, shortest: 300, longest: 700 });
  // A quarter of it is more than a pod can do, a twelfth is not.
  const rate = 4 * capacity * random.between(1.1, 1.4);
  const base = capacity * random.between(0.4, 1);
  const plain: Scenario = { ...drawn, place: { ...drawn.place, zones }, nodes };
  const made = told(
    plain,
    judgement,
    "2 pods in one zone and 6 in the other, cross-zone off: the two turn connections away in every burst.",
    {
      routing: { crossZoneOff: true, placement },
      traffic: { ...drawn.focus.traffic, base, bursts: troubles.map((one) => ({ ...one, rate: rate - base })) },
    },
    seeing(plain, missing),
  );
  return {
    judgement,
    scenario: {
      ...made,
      alarm: watching(made, random, {
        metric: "TCP_Target_Reset_Count",
        expected: 60 * 0.25 * (rate / 2 - 2 * capacity),
        usual: 60 * rate * 0.002,
      }),
      faults: { ...besides(made, random), backlog: random.integer(30, 80) },
    },
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => {
      const { crossZoneOff: _, ...routing } = world.scenario.focus.routing ?? {};
      const even = without(world, { routing: { ...routing } });
      const zone = (pod: number) => nodes[world.truth.pods[pod]?.node ?? 0]?.zone;
      const refusing = [...world.truth.refused.keys()].map((request) => zone(world.truth.servedBy[request] ?? 0));
      return refusing.length > 60 && new Set(refusing).size === 1 && stays(even) === 0;
    },
  };
}
