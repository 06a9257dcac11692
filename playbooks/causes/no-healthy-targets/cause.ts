import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import unreachable from "../../signals/targets-unreachable.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** No target can take a request (000 ALB page, 001 lab): none is healthy in the episodes. */
export default defineCause({
  cause: "no-healthy-targets",
  title: "no target is healthy",
  claim: "No target can take requests: the load balancer answers 503, or sends requests to targets that fail.",
  specific: [noHealthy],
  rejects: [is(noHealthy, "no")],
  // Where it is not known whether pods were ready meanwhile, the network may drop what is sent to them.
  needs: [is(unreachable, "no", "unclear")],
  supports: [],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    return {
      headline: `${suspect?.group?.name ?? "the target group"} has no healthy target.`,
      summary: `${sentence(readings.get(noHealthy.id)?.statement ?? "")}. The next step is to find out why they fail their checks, or why they are missing: the targets' reason codes and the pods show it.${madeBy(known, ["health check", "network", "attribute", "routing"])}`,
    };
  },
});
