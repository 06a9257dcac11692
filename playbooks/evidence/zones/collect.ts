import {
  defineStep,
  type MetricWanted,
  metricData,
  plural,
  type Series,
  seconds,
  spike,
  sum,
  type TargetFact,
  valuesIn,
  weightedAverage,
  within,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { nodesFact } from "../nodes/fact.ts";
import { loadBalancerFact, suspectFact } from "../target-groups/fact.ts";
import { topologyFact } from "../target-topology/fact.ts";
import { type ZoneLoad, zonesFact } from "./fact.ts";

/** How the requests of the target group in question spread over the zones, and over the targets in each. */
export default defineStep({
  id: "zones",
  title: "zones",
  needs: { alarm: alarmFact, suspect: suspectFact, episodes: episodesFact, loadBalancer: loadBalancerFact },
  uses: [topologyFact, nodesFact],
  gives: [zonesFact],
  async run({ facts: { alarm, suspect, episodes, loadBalancer }, window, ask, use, give, find, lack }) {
    const guilty = suspect.group;
    const { zones } = loadBalancer;
    if (!guilty || zones.length < 2 || episodes.episodes.length === 0) return;
    const group = {
      LoadBalancer: alarm.dimensions.LoadBalancer ?? "",
      TargetGroup: guilty.arn.split(":").at(-1) ?? "",
    };
    const wanted = zones.flatMap((zone, index): MetricWanted[] => {
      const dimensions = { AvailabilityZone: zone, ...group };
      const base = { namespace: alarm.namespace, dimensions };
      return [
        { ...base, id: `n${index}`, metric: "RequestCount", statistic: "Sum" },
        { ...base, id: `a${index}`, metric: "TargetResponseTime", statistic: "Average" },
      ];
    });
    const asked = metricData(window, alarm.period, wanted);
    const answer = await ask(asked);
    if (!answer.ok) return;
    const topology = await use(topologyFact);
    if (!topology?.targets) return;
    const nodes = await use(nodesFact);
    const zoneOf = (target: TargetFact) =>
      target.zone ?? nodes?.find(({ instanceId }) => instanceId === target.id)?.zone ?? null;
    const healthy = topology.targets.filter(({ state }) => state === "healthy");
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const inside = (at: number) => within(bursts, at);
    const loads = zones.map((zone, index): ZoneLoad => {
      const none: Series = { start: window.start, step: alarm.period, values: [] };
      const [requests, average] = [answer.value.get(`n${index}`) ?? none, answer.value.get(`a${index}`) ?? none];
      return {
        zone,
        targets: healthy.filter((target) => zoneOf(target) === zone).length,
        requests: sum(valuesIn(requests, bursts)),
        latency: weightedAverage(average, requests, inside),
      };
    });
    if (loads.every(({ requests }) => requests === 0)) {
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: `no zone of ${guilty.name} has a request in the episodes by its own metric (AvailabilityZone)`,
        remedy: "run the command yourself; one-minute metrics are kept for 15 days",
      });
      return;
    }
    give(zonesFact, loads);
    find({ id: "shares", ...inWords(loads, spike(episodes)), proof: [asked.question] });
  },
});

function inWords(loads: readonly ZoneLoad[], word: string) {
  const told = loads.map(({ zone, targets, requests, latency }) => {
    const slow = latency === null ? "" : `, ${seconds(latency)} on average`;
    return `${zone}: ${plural(requests, "request")} for ${plural(targets, "target")}${slow}`;
  });
  const all = sum(loads.map(({ requests }) => requests));
  const each = loads.map(({ zone, targets, requests }) => ({ zone, each: targets === 0 ? null : requests / targets }));
  // One target's share of all requests, by zone.
  const shares = each.flatMap((one) => (one.each === null || all === 0 ? [] : [one.each / all]));
  const served = shares.filter((share) => share > 0);
  const ratio = served.length > 1 ? Math.max(...served) / Math.min(...served) : null;
  return {
    statement: `in the ${word}s ${told.join("; ")}`,
    measures: { ...Object.fromEntries(each.map((one) => [one.zone, one.each])), shares, ratio },
  };
}
