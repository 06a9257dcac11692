import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import lightGroupWorse from "../../signals/light-group-worse.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { OF_ONE_SERVICE } from "../of-one-service.ts";

/** Pods are killed (out of memory, failed liveness) and restart: the rest carries their work, and the new ones start cold (000 H10, 003). */
export default defineCause({
  cause: "restarting-pods",
  title: "containers are killed and restart",
  claim:
    "Containers are killed (out of memory, a failed liveness probe) and restart; meanwhile the others carry their load.",
  elsewhere: requestsPassedOn,
  specific: [restartsMatch],
  rejects: [is(restartsMatch, "no")],
  needs: [...OF_ONE_SERVICE, is(lightGroupWorse, "no", "unclear", "unknown")],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const figure = readings.get(restartsMatch.id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s containers are killed and restart, and each time requests are slow.`,
      summary: `${sentence(figure)}. While one restarts the others carry its requests. Find what kills it, and stop that.`,
    };
  },
});
