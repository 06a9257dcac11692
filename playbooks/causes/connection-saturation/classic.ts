import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import whileServing from "../../signals/checks-fail-while-serving.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import moreRequests from "../../signals/more-requests-than-usual.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import overflows from "../../signals/queue-overflows.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** More requests come than the instances take, the queue of 1,024 fills, and what comes then is turned down (004). */
export default defineCause({
  cause: "connection-saturation",
  table: "classic",
  title: "the load balancer's queue overflows",
  claim: "More requests arrive than the instances can take: the load balancer's queue fills, and it rejects the rest.",
  specific: [overflows, moreRequests],
  rejects: [is(overflows, "no")],
  needs: [
    is(noHealthy, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(whileServing, "no", "unclear", "unknown"),
    is(emptyLose, "no", "unclear", "unknown"),
  ],
  supports: [is(overflows, "yes"), is(moreRequests, "yes", "unclear"), is(noHealthy, "no", "unclear")],
  uses: { loadBalancer: loadBalancerFact },
  words({ loadBalancer }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `The queue of ${loadBalancer?.name ?? "the load balancer"} overflows: it rejects requests.`,
      summary: `${sentence(said(overflows.id))}; ${said(moreRequests.id)}. More instances, or instances that process more at a time, empty the queue.`,
    };
  },
});
