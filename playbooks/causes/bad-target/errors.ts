import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import asAlways from "../../signals/errors-as-always.ts";
import ofService from "../../signals/errors-of-the-service.ts";
import errorsSince from "../../signals/errors-since-rollout.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import lightGroupFails from "../../signals/light-group-fails.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import oneFails from "../../signals/one-group-fails.ts";
import oneTarget from "../../signals/one-target-worse.ts";
import requestsMoved from "../../signals/requests-moved.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** One target answers with the errors, in every episode the same one, while the others of its group do not. */
export default defineCause({
  cause: "bad-target",
  table: "errors",
  title: "one target is bad",
  claim: "One target returns the errors while the others do not, and it is the same one in every episode.",
  elsewhere: requestsPassedOn,
  specific: [oneTarget],
  rejects: [is(oneTarget, "no"), is(oneFails, "no")],
  needs: [
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(requestsMoved, "no", "unclear", "unknown"),
    is(ofService, "yes", "unclear", "unknown"),
    is(errorsSince, "no", "unclear", "unknown"),
    is(lightGroupFails, "no", "unclear", "unknown"),
    is(restartsMatch, "no"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(asAlways, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
  ],
  supports: [is(oneTarget, "yes"), is(restartsMatch, "no", "unclear", "unknown")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    return {
      headline: `One target of ${suspect?.group?.name ?? "the target group"} returns the errors, the same one in every episode.`,
      summary: `${sentence(readings.get(oneTarget.id)?.statement ?? "")}; ${readings.get(restartsMatch.id)?.statement ?? "no container restarted"}. Something about that pod or its node is different: remove it, and see whether the errors stop.`,
    };
  },
});
