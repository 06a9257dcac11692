import {
  attributesChange,
  defineFix,
  percent,
  plural,
  seconds,
  shellQuoted,
  spike,
  sum,
} from "../../../src/playbook.ts";
import { type ZoneLoad, zonesFact } from "../../evidence/zones/fact.ts";

const CROSS_ZONE = "load_balancing.cross_zone.enabled";

/**
 * Cross-zone load balancing on for the target group: every node of the load balancer then sends to the targets of all
 * zones. An Application Load Balancer has it on, and a target group may have it off (Elastic Load Balancing User Guide,
 * "Cross-zone load balancing for target groups"). What a request takes at another load is not measured: no forecast.
 */
export default defineFix({
  id: "cross-zone-on",
  for: ["cross-zone-imbalance"],
  uses: { zones: zonesFact },
  propose({ zones, topology, targetGroups, blame, suspect, service, workload, episodes, loadBalancer }, verdict) {
    const guilty = blame?.guilty ?? suspect?.group;
    const group = targetGroups?.find(({ arn }) => arn === guilty?.arn);
    const isNetwork = loadBalancer?.type === "network";
    const what = isNetwork ? "connection" : "request";
    if (verdict.rootCause !== "cross-zone-imbalance" || !zones || !topology || !group) return null;
    const loads = sharesOf(zones);
    const [most] = loads;
    if (!most) return null;
    const even = 1 / sum(loads.map(({ targets }) => targets));
    const change = attributesChange(
      { group, service, by: workload?.appliedBy ?? "unknown" },
      { [CROSS_ZONE]: "true" },
      { [CROSS_ZONE]: topology.crossZone ?? "use_load_balancer_configuration" },
    );
    const word = spike(episodes);
    return {
      id: "cross-zone-on",
      for: ["cross-zone-imbalance"],
      title: "cross-zone load balancing on for this target group",
      why: `A target in ${most.zone} gets ${percent(most.each)} of the ${word}s' ${what}s; with all zones' targets for all of them each gets ${percent(even)}.`,
      risk: "A failing zone is then no longer isolated: its slow targets also affect the other zones' clients. Whoever turned it off may have wanted that isolation, or requests that stay in their zone.",
      changes: [change.change],
      preconditions: [
        ...change.before,
        isNetwork
          ? "traffic between zones is billed, which may be why it is off (a Network Load Balancer has it off by default)"
          : "whoever turned it off agrees: it is on by default, so somebody chose this",
        "the targets' security group and routes let the load balancer's nodes of every zone reach them",
      ],
      verify: [
        `aws elbv2 describe-target-group-attributes --target-group-arn ${shellQuoted(group.arn)}: ${CROSS_ZONE} is true`,
        isNetwork
          ? "under the next comparable load no zone's connections are reset more than another's (lbdoctor verify)"
          : "under the next comparable load the pods of all zones are equally busy (lbdoctor verify)",
      ],
      rollback: [change.rollback],
      arithmetic: [
        ...loads.map(
          ({ zone, targets, requests, each, latency }) =>
            `${zone}: ${plural(requests, what)} / ${plural(targets, "target")} = ${percent(each)} of all for each${latency === null ? "" : `, ${seconds(latency)} on average`}`,
        ),
        `with cross-zone load balancing: 1 / ${sum(loads.map(({ targets }) => targets))} targets = ${percent(even)} for each, ${percent(even / most.each)} of what one in ${most.zone} gets now`,
        isNetwork
          ? "no forecast of the alarm: how many connections a target takes was not measured"
          : "no forecast of the alarm: how long a request takes at that load was not measured",
      ],
      notOffered: [
        {
          id: "more-pods",
          title: "more pods, wherever they are placed",
          because: `each zone keeps its share of the traffic: only more pods in ${most.zone} would relieve those that are there`,
          evidence: ["zones.shares"],
        },
      ],
    };
  },
});

/** The zones with targets, the busiest target's first; `each` is one target's share of all requests. */
function sharesOf(zones: readonly ZoneLoad[]) {
  const known = zones.filter(({ targets, requests }) => targets > 0 && requests > 0);
  const all = sum(known.map(({ requests }) => requests));
  return known
    .map((zone) => ({ ...zone, each: zone.requests / zone.targets / all }))
    .sort((a, b) => b.each - a.each || (a.zone < b.zone ? -1 : 1));
}
