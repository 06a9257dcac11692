import { defineSignal, no, percent, times, unclear, unknown, yes } from "../../src/playbook.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { loadBalancerFact } from "../evidence/target-groups/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import { zonesFact } from "../evidence/zones/fact.ts";
import crossZoneOff from "./cross-zone-off.ts";

/** A target of one zone gets this many times the requests of a target of another from which the zones are unequal. */
export const UNEQUAL = 1.5;
/** Up to this factor they are equal: zones never get the same to the request. */
export const EQUAL = 1.2;

/**
 * Does a target get more requests in one zone than in another (001 part 5)? The metrics count where the load balancer
 * took a request: with cross-zone load balancing on, that says nothing of the targets, and each gets the same. Behind nodes
 * with externalTrafficPolicy Cluster it says nothing of the pods: kube-proxy picks among all of them, whatever the zone.
 */
export default defineSignal({
  id: "zones-unequal",
  question: "Does a target get more requests in one zone than in another?",
  needs: { zones: zonesFact },
  uses: { topology: topologyFact, loadBalancer: loadBalancerFact, service: serviceFact },
  read({ zones, topology, loadBalancer, service }) {
    const evidence = ["zones.shares"];
    const off = topology ? crossZoneOff.read({ topology, ...(loadBalancer ? { loadBalancer } : {}) }) : null;
    if (off?.answer === "no") return no(off.statement, off.evidence);
    const each = zones.filter(({ targets, requests }) => targets > 0 && requests > 0);
    if (each.length < 2) return unknown("needs targets with requests in two zones", evidence);
    const all = each.reduce((total, { requests }) => total + requests, 0);
    const loads = each.map(({ zone, requests, targets }) => ({ zone, share: requests / targets / all }));
    const most = loads.reduce((best, one) => (one.share > best.share ? one : best));
    const least = loads.reduce((best, one) => (one.share < best.share ? one : best));
    const ratio = most.share / least.share;
    const figure = `a target in ${most.zone} gets ${percent(most.share)} of the requests, one in ${least.zone} ${percent(least.share)}: ${times(ratio)}`;
    if (ratio > EQUAL && topology?.targetType === "instance" && service?.externalTrafficPolicy === "Cluster")
      return unclear(`${figure}, and kube-proxy forwards them to pods in all zones`, evidence, ratio);
    if (ratio >= UNEQUAL && off?.answer !== "yes") return unclear(figure, evidence, ratio);
    if (ratio >= UNEQUAL) return yes(figure, evidence, ratio);
    return ratio <= EQUAL ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
