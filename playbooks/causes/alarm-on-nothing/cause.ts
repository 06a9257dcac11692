import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { watchedFact } from "../../evidence/watched/fact.ts";
import watchesNothing from "../../signals/watches-nothing.ts";

/** The alarm watches what does not exist any more, never did, or has nothing to tell (000 Velero, alerts). */
export default defineCause({
  cause: "alarm-on-nothing",
  title: "the alarm watches nothing",
  claim: "The alarm watches something that does not exist or publishes no data: whatever happens, it stays silent.",
  specific: [watchesNothing],
  rejects: [is(watchesNothing, "no")],
  needs: [],
  supports: [],
  // An alarm on nothing is mostly quiet: that is what is wrong with it.
  standsAlone: true,
  uses: { watched: watchedFact },
  words({ watched }, readings) {
    const said = readings.get(watchesNothing.id)?.statement ?? "";
    const { fault = null, gone = [] } = watched ?? {};
    const isUnmet = fault !== null || (gone ?? []).length > 0;
    const headline = isUnmet ? `The alarm watches something that does not exist: ${said}.` : `${sentence(said)}.`;
    return {
      headline,
      summary: `${headline} ${isUnmet ? "What it shows is how it treats missing data, and nothing of any service." : "A load balancer publishes no datapoint where nothing happened; how the alarm treats missing data is what makes it change its state."}`,
    };
  },
});
