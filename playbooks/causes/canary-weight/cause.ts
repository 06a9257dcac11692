import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { blameFact } from "../../evidence/target-groups/fact.ts";
import lightGroupWorse from "../../signals/light-group-worse.ts";
import rolloutIsTheCanary from "../../signals/rollout-is-the-canary.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { OF_ONE_TARGET_GROUP } from "../of-one-service.ts";

/** A weighted rule sends traffic to a target group that is worse than the one beside it (003 F6). */
export default defineCause({
  cause: "canary-weight",
  title: "a weighted rule sends traffic to a worse version",
  claim: "A weighted rule sends part of the traffic to a target group that is slower than the other.",
  specific: [lightGroupWorse],
  rejects: [is(lightGroupWorse, "no")],
  needs: [...OF_ONE_TARGET_GROUP, is(rolloutIsTheCanary, "yes", "unclear")],
  supports: [],
  uses: { ...MADE_BY, blame: blameFact },
  words({ blame, ...known }, readings) {
    const figure = readings.get(lightGroupWorse.id)?.statement ?? "";
    const name = blame?.guilty?.name ?? "one target group";
    return {
      title: `the weighted rule to ${name}`,
      headline: `A weighted rule sends traffic to ${name}, which is slower than the rule's other target group.`,
      summary: `${sentence(figure)}. Both serve the same requests, so the difference is what runs behind ${name}: set its weight to 0.${madeBy(known, ["weight", "routing"])}`,
    };
  },
});
