import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** Pods are killed (out of memory, failed liveness) and restart: what they work on is lost, and they refuse until they are back (000 H10, 003). */
export default defineCause({
  cause: "restarting-pods",
  table: "errors",
  title: "containers are killed and restart",
  claim: "Containers are killed (out of memory, a failed liveness probe); the requests that they work on are lost.",
  specific: [restartsMatch],
  rejects: [is(restartsMatch, "no")],
  needs: [is(noHealthy, "no", "unclear", "unknown")],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const figure = readings.get(restartsMatch.id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s containers are killed and restart, and requests are lost each time.`,
      summary: `${sentence(figure)}. What a container works on dies with it, and it refuses connections until it is back. What kills it has to be found and stopped.`,
    };
  },
});
