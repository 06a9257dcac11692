import {
  defineFactor,
  type Epoch,
  listed,
  median,
  percent,
  plain,
  type Series,
  sum,
  valueAt,
} from "../../../src/playbook.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import { type ZoneAddress, zoneAddressesFact } from "../../evidence/zone-flows/fact.ts";

/**
 * Seconds after which nobody who heeds it holds the address any more: ten times the 60 s for which the load balancer's names
 * are valid (ELB User Guide, "Request routing"), since resolvers and the checks themselves take their time.
 */
const FORGOTTEN = 600;
/** Of the zone's usual new connections at least this share must still come: a few scanners always do. */
const PART = 0.1;
/** Fewer new connections than this show no habit. */
const ENOUGH = 20;

/** Clients keep an address that DNS no longer gives out (000 ALB page, 003 F7, 004): that of a zone without a healthy target. */
export default defineFactor({
  factor: "stale-dns-clients",
  action: { kind: "prevent", title: "have clients look the load balancer's name up again: respect its 60 s" },
  needs: { zones: zoneAddressesFact, loadBalancer: loadBalancerFact, topology: topologyFact },
  find({ zones, loadBalancer, topology }) {
    // With cross-zone load balancing a zone's address serves with the targets of other zones, and stays in DNS.
    if (loadBalancer.crossZone !== false || topology.crossZone === "true") return null;
    const stale = zones.flatMap((zone) => {
      const late = withdrawn(zone, zones);
      const usual = median(usualOf(zone));
      const came = sum(late.map((at) => valueAt(zone.begun, at) ?? 0));
      if (usual === null || came < ENOUGH || came < PART * usual * late.length) return [];
      return [
        { zone: zone.zone, came, share: came / (usual * late.length), minutes: (late.length * zone.begun.step) / 60 },
      ];
    });
    if (stale.length === 0) return null;
    const told = stale.map(
      ({ zone, came, share, minutes }) =>
        `${plain(came)} new connections in ${zone} (${percent(share)} of its usual) in ${plain(minutes)} min`,
    );
    return {
      statement: `clients keep addresses that DNS no longer gives out: ${listed(told)}, more than ${FORGOTTEN / 60} min after its last healthy target was gone`,
      evidence: ["zone-flows.shares"],
    };
  },
});

const timesOf = ({ start, step, values }: Series): Epoch[] => values.map((_, index) => start + index * step);

/** Periods in which the zone has been out of DNS for so long: none of its targets healthy, while another zone has some. */
function withdrawn(zone: ZoneAddress, zones: readonly ZoneAddress[]): Epoch[] {
  let since: Epoch | null = null;
  return timesOf(zone.healthy).filter((at) => {
    const elsewhere = zones.some((other) => other !== zone && (valueAt(other.healthy, at) ?? 0) > 0);
    if (valueAt(zone.healthy, at) !== 0 || !elsewhere) {
      since = null;
      return false;
    }
    since ??= at;
    return at - since >= FORGOTTEN;
  });
}

function usualOf({ begun, healthy }: ZoneAddress): number[] {
  return timesOf(begun).flatMap((at) => ((valueAt(healthy, at) ?? 0) > 0 ? (valueAt(begun, at) ?? []) : []));
}
