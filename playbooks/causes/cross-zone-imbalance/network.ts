import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import whileReady from "../../signals/checks-fail-while-ready.ts";
import crossZoneOff from "../../signals/cross-zone-off.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import inLoadedZone from "../../signals/trouble-in-loaded-zone.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { SERVED } from "../of-connections.ts";

/**
 * Zones get equal parts of the connections and hold unequal numbers of targets (001 part 5, 004); a Network Load Balancer
 * has cross-zone load balancing off unless it is turned on. It breaks where each target gets the most.
 */
export default defineCause({
  cause: "cross-zone-imbalance",
  table: "network",
  title: "unequal zones without cross-zone load balancing",
  claim:
    "Zones get equal shares of the connections but hold unequal numbers of targets: those in the smaller zone fail.",
  specific: [zonesUnequal, crossZoneOff, inLoadedZone],
  rejects: [is(zonesUnequal, "no"), is(crossZoneOff, "no"), is(inLoadedZone, "no")],
  // Pods that are ready and idle are not overloaded, whatever their zone gets.
  needs: [...SERVED, is(podsLeave, "no", "unclear", "unknown"), is(whileReady, "no", "unclear", "unknown")],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s targets in its smallest zone get more than their share: ${said(crossZoneOff.id)}.`,
      summary: `${sentence(said(zonesUnequal.id))}, and ${said(crossZoneOff.id)}; ${said(inLoadedZone.id)}. Each zone spreads its connections over its own targets only, so the fewer there are, the more each gets.`,
    };
  },
});
