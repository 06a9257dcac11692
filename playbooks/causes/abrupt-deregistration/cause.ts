import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import cutOff from "../../signals/requests-cut-off.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** Pods leave before their requests are done (001 part 2): the load balancer loses requests when pods leave, and at no other time. */
export default defineCause({
  cause: "abrupt-deregistration",
  title: "pods are removed before their requests are finished",
  claim:
    "A rollout or a scale-in removes pods before their requests are finished; the load balancer answers those with an error itself.",
  specific: [podsLeave],
  rejects: [is(podsLeave, "no"), is(cutOff, "no")],
  needs: [
    is(cutOff, "yes", "unclear"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s pods are removed before their requests are finished.`,
      summary: `${sentence(said(podsLeave.id))}; ${said(cutOff.id)}. A pod that stops immediately loses the requests in flight, and those that still arrive until the load balancer knows.`,
    };
  },
});
