import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import ofService from "../../signals/errors-of-the-service.ts";
import errorsSince from "../../signals/errors-since-rollout.ts";
import lightGroupFails from "../../signals/light-group-fails.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import rolloutsKnown from "../../signals/rollouts-known.ts";

/** A rollout broke it (000 C5): more of the requests fail since, and not only while it replaced the pods. */
export default defineCause({
  cause: "deploy-regression",
  table: "errors",
  bringsAbout: true,
  title: "a rollout broke it",
  claim: "Requests fail since a rollout, and did not before it.",
  elsewhere: requestsPassedOn,
  specific: [errorsSince],
  // What only the lighter part of a weighted rule was given is told as the canary that it is.
  rejects: [is(errorsSince, "no"), is(lightGroupFails, "yes")],
  // 4xx that come with requests in addition are what others ask, not what a version answers.
  needs: [
    // A change after it, before which all was well at equal load, leaves nothing to the version.
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(rolloutsKnown, "yes"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(ofService, "yes", "unclear", "unknown"),
  ],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const figure = readings.get(errorsSince.id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"} fails since its latest rollout.`,
      summary: `${sentence(figure)}. The new version is what changed; rolling back to the previous one ends it.`,
    };
  },
});
