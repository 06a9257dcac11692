import { defineCause, is } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { rolloutsFact } from "../../evidence/rollouts/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import flappedBefore from "../../signals/flapped-before-rollout.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import rolloutIsTheCanary from "../../signals/rollout-is-the-canary.ts";
import slowerSince, { rolloutInWords, suspectRollout } from "../../signals/slower-since-rollout.ts";

/** A rollout made the service slow: requests take longer since, at equal load (000 C5). */
export default defineCause({
  cause: "deploy-regression",
  title: "the latest rollout",
  claim: "A rollout made the service slow: the trouble began with it.",
  elsewhere: requestsPassedOn,
  specific: [slowerSince],
  // What only the lighter part of a weighted rule was given is told as the canary that it is.
  rejects: [is(slowerSince, "no"), is(rolloutIsTheCanary, "yes")],
  needs: [
    is(flappedBefore, "no"),
    is(rolloutIsTheCanary, "no", "unknown"),
    // A change after it, before which all was well at equal load, leaves nothing to the version.
    is(changeMadeIt, "no", "unclear", "unknown"),
  ],
  supports: [is(slowerSince, "yes")],
  // A mechanism may be seen beside it that it brought about: until they can be compared, neither is the cause.
  blocks: [is(slowerSince, "unclear")],
  bringsAbout: true,
  uses: { rollouts: rolloutsFact, episodes: episodesFact, workload: workloadFact },
  words({ rollouts = [], episodes, workload }, readings) {
    const suspect = (episodes && suspectRollout(rollouts, episodes)) ?? rollouts.at(-1);
    if (!suspect) return {};
    const when = rolloutInWords(suspect);
    const figure = readings.get(slowerSince.id)?.statement ?? "";
    return {
      title: suspect.version ? `the rollout of ${suspect.version}` : "the latest rollout",
      headline: `${workload?.name ?? "the service"} became slow with ${when}.`,
      summary: `Requests take longer since the rollout of ${when}: ${figure}. The version causes the alarm, so rolling back to the previous one ends it.`,
    };
  },
});
