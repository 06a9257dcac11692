import { defineSignal, no, percent, sum, unclear, unknown, yes } from "../../src/playbook.ts";
import { zoneTroubleFact } from "../evidence/zone-flows/fact.ts";
import { zonesFact } from "../evidence/zones/fact.ts";

/** From this share of what breaks on it is that zone's trouble. */
export const MOST = 0.6;

/** Does it break in the zone whose targets get the most connections each (001 part 5)? */
export default defineSignal({
  id: "trouble-in-loaded-zone",
  question: "Are the failures in the zone whose targets get the most?",
  needs: { zones: zonesFact, trouble: zoneTroubleFact },
  uses: {},
  read({ zones, trouble }) {
    const evidence = ["zone-flows.shares"];
    const loads = zones.filter(({ targets }) => targets > 0);
    if (loads.length < 2) return unknown("needs targets in two zones", evidence);
    const most = loads.reduce((best, one) => (one.requests / one.targets > best.requests / best.targets ? one : best));
    const shareOf = (what: "broken" | "unhealthy") => {
      const all = sum(trouble.map((one) => one[what]));
      const own = trouble.find(({ zone }) => zone === most.zone)?.[what] ?? 0;
      return all === 0 ? null : own / all;
    };
    const share = shareOf("broken") ?? shareOf("unhealthy");
    if (share === null)
      return unknown("which zone has the failures is not known: none counts a reset or an unhealthy target");
    const figure = `${percent(share)} of the failures are in ${most.zone}, whose targets get the most connections each`;
    if (share >= MOST) return yes(figure, evidence, share);
    const even = most.requests / sum(loads.map(({ requests }) => requests));
    return share <= even ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
