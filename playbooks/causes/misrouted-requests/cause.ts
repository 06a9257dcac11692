import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { loadBalancerFact, suspectFact } from "../../evidence/target-groups/fact.ts";
import asAlways from "../../signals/errors-as-always.ts";
import ofService from "../../signals/errors-of-the-service.ts";
import lightGroupFails from "../../signals/light-group-fails.ts";
import oneFails from "../../signals/one-group-fails.ts";
import requestsMoved from "../../signals/requests-moved.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** A listener rule sends requests to the wrong service (003 F4): it answers them with 4xx, and the right one misses them. */
export default defineCause({
  cause: "misrouted-requests",
  title: "a listener rule sends requests to the wrong service",
  claim: "A listener rule sends one service's requests to another, which refuses them.",
  specific: [requestsMoved],
  rejects: [is(requestsMoved, "no"), is(oneFails, "no")],
  needs: [
    // Its own failures, as those of a new version, come with no request in addition.
    is(ofService, "no"),
    // Within one weighted rule they moved with the weight.
    is(lightGroupFails, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(asAlways, "no", "unclear", "unknown"),
  ],
  supports: [],
  indistinguishable: {
    "configuration-change":
      "a rule that somebody changed is both; CloudTrail's ModifyRule, CreateRule or SetRulePriorities says who and when",
  },
  uses: { ...MADE_BY, suspect: suspectFact, loadBalancer: loadBalancerFact },
  words({ suspect, loadBalancer, ...known }, readings) {
    const group = suspect?.group;
    const rules = (loadBalancer?.rules ?? []).filter(({ targetGroups }) =>
      targetGroups.some(({ arn, weight }) => arn === group?.arn && weight > 0),
    );
    const told = rules.map(({ priority, condition }) => `rule ${priority} (${condition})`);
    const led = told.length === 0 ? "" : ` The rules that lead to it: ${told.join(", ")}.`;
    return {
      headline: `Another service's requests are sent to ${group?.name ?? "the target group"}, which refuses them.`,
      summary: `${sentence(readings.get(requestsMoved.id)?.statement ?? "")}.${led} Either one of these matches requests that are not for this service, or the other service's rule no longer matches.${madeBy(known, ["routing", "weight"])}`,
    };
  },
});
