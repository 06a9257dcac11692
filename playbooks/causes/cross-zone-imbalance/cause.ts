import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import crossZoneOff from "../../signals/cross-zone-off.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { OF_ITS_ZONES } from "../of-one-service.ts";

/**
 * Zones get equal traffic and hold unequal numbers of targets, and cross-zone load balancing is off (001 part 5, 004).
 * What only it shows: requests per target differ by zone.
 */
export default defineCause({
  cause: "cross-zone-imbalance",
  title: "unequal zones without cross-zone load balancing",
  claim: "Zones get equal traffic but hold unequal numbers of targets: those in the smaller zone are overloaded.",
  specific: [zonesUnequal, crossZoneOff],
  rejects: [is(zonesUnequal, "no"), is(crossZoneOff, "no")],
  needs: [...OF_ITS_ZONES],
  supports: [],
  uses: { ...MADE_BY, workload: workloadFact },
  words({ workload, ...known }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s targets in its smallest zone get more than their share: ${said(crossZoneOff.id)}.`,
      summary: `${sentence(said(zonesUnequal.id))}, and ${said(crossZoneOff.id)}. Each zone gets an equal share of the traffic and spreads it over its own targets only, so the fewer there are, the more each gets.${madeBy(known, ["attribute"])}`,
    };
  },
});
