import { defineFix, duration, percent, plural, type RuleFact, times } from "../../../src/playbook.ts";
import { responsesFact } from "../../evidence/responses/fact.ts";
import { compared } from "./compare.ts";
import { changeOf } from "./words.ts";

/**
 * The worse target group of a weighted rule gets no more requests (003 F6): its weight to 0, where the weight is kept. Its
 * pods stay for a look at them. What the other then takes is said; how it fares at that load was not measured.
 */
export default defineFix({
  id: "weight-to-zero",
  for: ["canary-weight"],
  uses: { responses: responsesFact },
  propose(facts, verdict) {
    const found = compared(facts);
    if (verdict.rootCause !== "canary-weight" || !found) return null;
    const { worse, rest, rule, ratio } = found;
    const { change, rollback, before } = changeOf(rule, worse, facts);
    const own = shareOf(rule, worse.arn);
    const grows = 1 / (1 - own);
    const healthy = facts.topology?.healthy;
    return {
      id: "weight-to-zero",
      for: ["canary-weight"],
      title: `the weight of ${worse.name} to 0`,
      why: `It gets ${percent(own)} of its rule and ${found.figures}. With weight 0 it gets none, and its pods stay, so that you can look at them.`,
      risk: `${rest.name} gets ${times(grows)} its requests.${rule.groupStickiness ? ` The rule binds clients to a target group for ${duration(rule.groupStickiness)}: it may take that long until the last of them leaves ${worse.name}.` : ""}`,
      changes: change ? [change] : [],
      preconditions: [
        ...before,
        `${rest.name} can take ${times(grows)} its requests${own >= HALF ? "; give it the pods for that first, or take the weight off in steps" : ""}`,
      ],
      verify: [
        `RequestCount of ${worse.name} is 0 after a minute, and ${found.stays}`,
        "the alarm stays OK under the next comparable load (lbdoctor verify)",
      ],
      rollback: rollback ? [rollback] : [],
      arithmetic: [
        `in the episodes ${worse.name} ${found.figures}`,
        `${plural(worse.requests, "request")} of ${worse.requests + rest.requests} in the window went to ${worse.name}; its weight is ${percent(own)}`,
        `${rest.name} would get 1 / (1 − ${percent(own)}) = ${times(grows)} its requests`,
        "no forecast of the alarm: how it fares at that load was not measured",
      ],
      notOffered:
        ratio === null
          ? []
          : [
              {
                id: "more-pods",
                title: `more pods behind ${worse.name}`,
                because: `${ratio}${healthy ? `, with ${plural(healthy, "healthy target")}` : ""}: nothing shows that it has too few of them`,
                evidence: ["target-groups.shares", "target-groups.layout"],
              },
            ],
    };
  },
});

/** From this share on the other target groups get twice their requests or more. */
const HALF = 0.5;

function shareOf({ targetGroups }: RuleFact, arn: string): number {
  const all = targetGroups.reduce((total, { weight }) => total + weight, 0);
  return (targetGroups.find((one) => one.arn === arn)?.weight ?? 0) / all;
}
