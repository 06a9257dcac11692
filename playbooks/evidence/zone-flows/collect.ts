import { defineStep, plural, type Series, spike, sum, valuesIn } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { areOfOneService } from "../flows/collect.ts";
import { nodesOfTargetsFact } from "../node-endpoints/fact.ts";
import { loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { readWhole } from "../target-groups/read.ts";
import { topologyFact } from "../target-topology/fact.ts";
import { type ZoneLoad, zonesFact } from "../zones/fact.ts";
import { type ZoneTrouble, zoneAddressesFact, zoneTroubleFact } from "./fact.ts";

/** What is read of each zone, by the prefix of the ids; dimensions AvailabilityZone and LoadBalancer. */
const OF_ZONE = {
  begun: "NewFlowCount",
  target: "TCP_Target_Reset_Count",
  balancer: "TCP_ELB_Reset_Count",
  ports: "PortAllocationErrorCount",
} as const;

/** And of the target group in each zone; its dimensions are these and TargetGroup. What most nodes agree on. */
const OF_TARGETS = { healthy: ["HealthyHostCount", "Maximum"], unhealthy: ["UnHealthyHostCount", "Minimum"] } as const;

/** How the connections of a Network Load Balancer spread over its zones, and in which of them they break. */
export default defineStep({
  id: "zone-flows",
  title: "zones",
  needs: { alarm: alarmFact, suspect: suspectFact, episodes: episodesFact, loadBalancer: loadBalancerFact },
  uses: [targetGroupsFact, topologyFact, nodesOfTargetsFact],
  gives: [zonesFact, zoneTroubleFact, zoneAddressesFact],
  async run({ facts: { alarm, suspect, episodes, loadBalancer }, window, ask, use, give, find }) {
    const { zones } = loadBalancer;
    const groups = await use(targetGroupsFact);
    // Connections are counted for the load balancer: of the target groups of several Services they are nobody's own.
    if (!suspect.group || !groups || !areOfOneService(groups)) return;
    if (zones.length < 2 || episodes.episodes.length === 0) return;
    const { namespace, period } = alarm;
    const LoadBalancer = alarm.dimensions.LoadBalancer ?? "";
    const TargetGroup = suspect.group.arn.split(":").at(-1) ?? "";
    const wanted = zones.flatMap((AvailabilityZone, index) => {
      const base = { namespace, dimensions: { AvailabilityZone, LoadBalancer } };
      return [
        ...Object.entries(OF_ZONE).map(([id, metric]) => ({ ...base, id: `${id}${index}`, metric, statistic: "Sum" })),
        ...Object.entries(OF_TARGETS).map(([id, [metric, statistic]]) => ({
          namespace,
          dimensions: { AvailabilityZone, LoadBalancer, TargetGroup },
          id: `${id}${index}`,
          metric,
          statistic,
        })),
      ];
    });
    const read = await readWhole(wanted, window, period, ask);
    if (read === null || read === "part") return;
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const count = (series: Series) => sum(valuesIn(series, bursts));
    const of = (id: keyof typeof OF_ZONE | "unhealthy", index: number) => count(read.of(`${id}${index}`));
    const trouble = zones.map(
      (zone, index): ZoneTrouble => ({
        zone,
        broken: of("target", index) + of("balancer", index) + of("ports", index),
        unhealthy: of("unhealthy", index),
      }),
    );
    give(zoneTroubleFact, trouble);
    give(
      zoneAddressesFact,
      zones.map((zone, index) => ({ zone, begun: read.of(`begun${index}`), healthy: read.of(`healthy${index}`) })),
    );
    const topology = await use(topologyFact);
    if (!topology?.targets) return;
    const nodes = await use(nodesOfTargetsFact);
    const zoneOf = (id: string, told: string | null) => told ?? nodes?.find((one) => one.target === id)?.zone ?? null;
    // A target that has just failed belongs to its zone: what is registered counts, but for what leaves.
    const registered = topology.targets.filter(({ state }) => state !== "draining" && state !== "unused");
    const loads = zones.map((zone, index): ZoneLoad => {
      const targets = registered.filter(({ id, zone: told }) => zoneOf(id, told) === zone).length;
      return { zone, targets, requests: of("begun", index), latency: null };
    });
    const all = sum(loads.map(({ requests }) => requests));
    if (all === 0) return;
    give(zonesFact, loads);
    const parts = loads.map(
      ({ zone, targets, requests }, index) =>
        `${zone}: ${requests} for ${plural(targets, "target")}, ${trouble[index]?.broken ?? 0} broken`,
    );
    find({
      id: "shares",
      statement: `new connections in the ${spike(episodes)}s by zone: ${parts.join("; ")}`,
      measures: Object.fromEntries(loads.map(({ zone, requests }) => [zone, requests / all])),
      proof: read.questions,
    });
  },
});
