import { defineCause, is, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import madeStricter from "../../signals/alarm-made-stricter.ts";
import roseTogether from "../../signals/services-rose-together.ts";
import slowerSince from "../../signals/slower-since-rollout.ts";
import usualRange from "../../signals/within-usual-range.ts";

/**
 * The load balancer itself, or something in front of all its target groups (000 B4). All of them rising together does not
 * show it: one service that the others call, or a database that all share, looks the same until each risen group's pods
 * are judged. So it is supported at most.
 */
export default defineCause({
  cause: "shared-load-balancer",
  title: "the load balancer itself",
  claim: "The load balancer, or something in front of all its target groups, is slow.",
  specific: [],
  rejects: [is(roseTogether, "no")],
  needs: [],
  supports: [
    is(roseTogether, "yes"),
    is(slowerSince, "no", "unclear", "unknown"),
    is(madeStricter, "no", "unclear", "unknown"),
    is(usualRange, "no", "unclear", "unknown"),
  ],
  uses: { loadBalancer: loadBalancerFact, episodes: episodesFact },
  words({ loadBalancer, episodes }, readings) {
    const name = loadBalancer?.name ?? "the load balancer";
    return {
      headline: `Everything behind ${name} became slow together: the load balancer, or what all its services share.`,
      summary: `In the ${spike(episodes)}s ${readings.get(roseTogether.id)?.statement ?? ""}. One service that all the others call, or something that they share, looks the same from here.`,
    };
  },
});
