import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import cutOff from "../../signals/requests-cut-off.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** Pods leave before their requests are done (001 part 2): the load balancer loses requests when pods leave, and at no other time. */
export default defineCause({
  cause: "abrupt-deregistration",
  title: "pods leave before their requests are done",
  claim:
    "Pods leave, by a rollout or a scale-in, before their requests are done; the load balancer answers those itself.",
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
      headline: `${workload?.name ?? "the service"}'s pods leave before their requests are done.`,
      summary: `${sentence(said(podsLeave.id))}; ${said(cutOff.id)}. A pod that stops at once takes with it what it works on and what still comes until the load balancer knows.`,
    };
  },
});
