import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import largeSlow from "../../signals/large-requests-slow.ts";
import oneClient from "../../signals/one-client-brings-surplus.ts";
import ownsTail from "../../signals/one-path-owns-tail.ts";
import oneTarget from "../../signals/one-target-slow.ts";
import othersFast from "../../signals/other-paths-as-fast.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import pilesUp from "../../signals/requests-pile-up.ts";
import alwaysSlow from "../../signals/slow-path-always-slow.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { OF_RUNNING_PODS } from "../of-one-service.ts";

/**
 * One path is slow by its nature and makes the metric (003). What decides, from the access log: it owns the slow requests,
 * it takes as long in quiet stretches, and all other paths are as fast as ever.
 */
export default defineCause({
  cause: "expensive-endpoint",
  title: "one path is always slow",
  claim: "One path is always slow; in the episodes it gets more of the requests, and the metric follows.",
  specific: [ownsTail, alwaysSlow],
  rejects: [is(ownsTail, "no"), is(alwaysSlow, "no"), is(othersFast, "no")],
  needs: [
    ...OF_RUNNING_PODS,
    is(zonesUnequal, "no", "unclear", "unknown"),
    is(oneClient, "no", "unclear", "unknown"),
    is(oneTarget, "no", "unclear", "unknown"),
    is(othersFast, "yes"),
    is(largeSlow, "no", "unclear", "unknown"),
    is(pilesUp, "no", "unclear", "unknown"),
    is(requestsHeld, "no", "unclear", "unknown"),
  ],
  supports: [is(ownsTail, "yes"), is(alwaysSlow, "yes")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `One path of ${suspect?.group?.name ?? "the service"} is always slow, and drives the metric.`,
      summary: `${sentence(said(ownsTail.id))}. It is no slower than usual: ${said(alwaysSlow.id)}; ${said(othersFast.id)}. The metric rises because that path gets more of the requests, not because the service became slow.`,
    };
  },
});
