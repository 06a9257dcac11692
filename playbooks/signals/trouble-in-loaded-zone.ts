import { defineSignal, no, percent, sum, unclear, unknown, yes } from "../../src/playbook.ts";
import { zoneTroubleFact } from "../evidence/zone-flows/fact.ts";
import { zonesFact } from "../evidence/zones/fact.ts";

/** From this share of what breaks on it is that zone's trouble. */
export const MOST = 0.6;
/** ... and by so many standard errors more than its part of the connections: of five failures all five may be there by chance. */
export const ERRORS = 3;

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
      return all === 0 ? null : { all, share: own / all };
    };
    const known = shareOf("broken") ?? shareOf("unhealthy");
    if (known === null)
      return unknown("which zone has the failures is not known: none counts a reset or an unhealthy target");
    const { all, share } = known;
    const figure = `${percent(share)} of the failures are in ${most.zone}, whose targets get the most connections each`;
    const even = most.requests / sum(loads.map(({ requests }) => requests));
    // The share of a sample, where each failure falls into a zone as each connection does (binomial distribution).
    const chance = ERRORS * Math.sqrt((even * (1 - even)) / all);
    if (share >= MOST && share >= even + chance) return yes(figure, evidence, share);
    return share <= even ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
