import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import errorsSince from "../../signals/errors-since-rollout.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import handful from "../../signals/handful-of-errors.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import oneFails from "../../signals/one-group-fails.ts";
import oneTarget from "../../signals/one-target-worse.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** The application itself returns 5xx (003): the targets of one service do, and nothing replaced or killed its pods then. */
export default defineCause({
  cause: "target-errors",
  title: "the application answers with errors",
  claim: "The application answers with 5xx itself; the load balancer passes them on.",
  specific: [oneFails],
  rejects: [is(oneFails, "no")],
  needs: [
    is(errorsSince, "no"),
    is(restartsMatch, "no"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(handful, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(oneTarget, "no", "unclear", "unknown"),
  ],
  supports: [is(oneFails, "yes"), is(restartsMatch, "no"), is(errorsSince, "no", "unclear")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    const figure = readings.get(oneFails.id)?.statement ?? "";
    const name = suspect?.group?.name ?? "one target group";
    return {
      headline: `The application behind ${name} answers with errors.`,
      summary: `${sentence(figure)}; ${readings.get(errorsSince.id)?.statement ?? "no rollout goes with them"}, and ${readings.get(restartsMatch.id)?.statement ?? "no container restarted"}. The load balancer only passes them on: the application's log says what fails.`,
    };
  },
});
