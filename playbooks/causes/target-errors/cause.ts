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

/** The application itself returns 5xx (003): the targets of one service do, and nothing replaced or killed its pods then. */
export default defineCause({
  cause: "target-errors",
  title: "the application returns errors",
  claim: "The application itself returns errors; the load balancer passes them on.",
  elsewhere: requestsPassedOn,
  specific: [oneFails],
  rejects: [is(oneFails, "no"), is(ofService, "no")],
  needs: [
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(errorsSince, "no"),
    is(lightGroupFails, "no", "unclear", "unknown"),
    is(restartsMatch, "no"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(asAlways, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(oneTarget, "no", "unclear", "unknown"),
    is(ofService, "yes"),
    is(requestsMoved, "no", "unclear", "unknown"),
  ],
  supports: [is(oneFails, "yes"), is(restartsMatch, "no"), is(errorsSince, "no", "unclear"), is(ofService, "yes")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    const figure = readings.get(oneFails.id)?.statement ?? "";
    const name = suspect?.group?.name ?? "one target group";
    return {
      headline: `The application behind ${name} returns errors.`,
      summary: `${sentence(figure)}; ${readings.get(errorsSince.id)?.statement ?? "no rollout goes with them"}, and ${readings.get(restartsMatch.id)?.statement ?? "no container restarted"}. The load balancer only passes them on: the application's log says what fails.`,
    };
  },
});
