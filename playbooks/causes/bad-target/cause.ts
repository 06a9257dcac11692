import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import oneClient from "../../signals/one-client-brings-surplus.ts";
import oneTarget from "../../signals/one-target-slow.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import tiedPile from "../../signals/tied-clients-pile-up.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { OF_RUNNING_PODS } from "../of-one-service.ts";

/**
 * One target is slow in every episode, and always the same one, for the same paths and no more requests than the others
 * get, or one that alone waits for its disk, while no pod is hot: something about that pod or its node.
 */
export default defineCause({
  cause: "bad-target",
  title: "one target is bad",
  claim: "One target is slow while the others behave as usual, and it is the same one in every episode.",
  elsewhere: requestsPassedOn,
  specific: [oneTarget],
  rejects: [is(oneTarget, "no")],
  needs: [
    ...OF_RUNNING_PODS,
    is(zonesUnequal, "no", "unclear", "unknown"),
    is(oneClient, "no", "unclear", "unknown"),
    is(podsClumped, "no", "unclear"),
    is(tiedPile, "no", "unclear", "unknown"),
    is(requestsHeld, "no", "unclear", "unknown"),
  ],
  supports: [is(oneTarget, "yes"), is(podsClumped, "no", "unclear", "unknown")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    const figure = readings.get(oneTarget.id)?.statement ?? "";
    return {
      headline: `One target of ${suspect?.group?.name ?? "the target group"} is slow, the same one in every episode.`,
      summary: `${sentence(figure)}; ${readings.get(podsClumped.id)?.statement ?? ""}. Something about that pod or its node is different: remove it, and see whether the metric falls.`,
    };
  },
});
