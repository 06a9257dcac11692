import { defineCause, is, sentence, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import balancerErrors from "../../signals/balancer-answers-errors.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import fastestOfAll from "../../signals/fastest-of-all-slower.ts";
import atCeiling from "../../signals/risen-group-at-ceiling.ts";
import roseTogether from "../../signals/services-rose-together.ts";
import slowerSince from "../../signals/slower-since-rollout.ts";
import usualRange from "../../signals/within-usual-range.ts";

/**
 * The load balancer itself, or something in front of all its target groups (000 B4). All of them rising together does not
 * show it: one service that the others call, or a database that all share, looks the same. So it is confirmed only where the
 * pods of every risen group were read and are well, the fastest requests of all waited as well, and the load balancer answers
 * 500: of its 5xx the others are answers for targets that do not answer, as all do that wait for the same database. Without
 * those, the fastest requests make it likely.
 */
export default defineCause({
  cause: "shared-load-balancer",
  title: "the load balancer itself",
  claim: "The load balancer, or something in front of all its target groups, is slow.",
  specific: [balancerErrors, fastestOfAll],
  rejects: [is(roseTogether, "no")],
  needs: [
    is(roseTogether, "yes"),
    is(atCeiling, "no"),
    is(slowerSince, "no", "unclear", "unknown"),
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(usualRange, "no", "unclear", "unknown"),
  ],
  // What the needs rule out by a clear answer is no support either.
  supports: [
    is(roseTogether, "yes"),
    is(atCeiling, "no", "unclear", "unknown"),
    is(fastestOfAll, "yes", "unclear", "unknown"),
  ],
  uses: { loadBalancer: loadBalancerFact, episodes: episodesFact },
  words({ loadBalancer, episodes }, readings) {
    // A sentence of the signal where it is clear, with a blank after it.
    const said = (id: string) => {
      const { answer, statement } = readings.get(id) ?? { answer: "unknown", statement: "" };
      const clear = id !== atCeiling.id ? answer === "yes" : answer === "no";
      return clear ? `${sentence(statement)}. ` : "";
    };
    const name = loadBalancer?.name ?? "the load balancer";
    return {
      headline: `Everything behind ${name} became slow together: it is the load balancer, or something that all its services share.`,
      summary: `In the ${spike(episodes)}s ${readings.get(roseTogether.id)?.statement ?? ""}. ${said(atCeiling.id)}${said(fastestOfAll.id)}${said(balancerErrors.id) || "One service that all the others call, or something that they share, looks the same from here."}`,
    };
  },
});
