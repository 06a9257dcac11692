import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import whileServing from "../../signals/checks-fail-while-serving.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import instancesFail from "../../signals/instances-answer-errors.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import overflows from "../../signals/queue-overflows.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** The application on the instances returns 5xx itself (003), and no container is killed or replaced then. */
export default defineCause({
  cause: "target-errors",
  table: "classic",
  title: "the application returns errors",
  claim: "The application on the instances itself returns 5xx; the load balancer passes them on.",
  specific: [instancesFail],
  rejects: [is(instancesFail, "no")],
  needs: [
    is(restartsMatch, "no"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(overflows, "no", "unclear", "unknown"),
    is(whileServing, "no", "unclear", "unknown"),
    is(emptyLose, "no", "unclear", "unknown"),
  ],
  supports: [
    is(instancesFail, "yes"),
    is(noHealthy, "no", "unclear"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(overflows, "no", "unclear"),
  ],
  uses: { loadBalancer: loadBalancerFact },
  words({ loadBalancer }, readings) {
    const restarts = readings.get(restartsMatch.id);
    const known = restarts?.answer === "no" ? `, and ${restarts.statement}` : "";
    return {
      headline: `The application behind ${loadBalancer?.name ?? "the load balancer"} returns errors.`,
      summary: `${sentence(readings.get(instancesFail.id)?.statement ?? "")}${known}. The load balancer only passes them on: the application's log says what fails.`,
    };
  },
});
