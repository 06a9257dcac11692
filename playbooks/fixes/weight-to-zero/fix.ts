import {
  defineFix,
  duration,
  type Facts,
  type GroupLoad,
  percent,
  plural,
  type RuleFact,
  seconds,
  times,
} from "../../../src/playbook.ts";
import { changeOf } from "./words.ts";

/**
 * The worse target group of a weighted rule gets no more requests (003 F6): its weight to 0, where the weight is kept. Its
 * pods stay for a look at them. What the other then takes is said; how fast it is at that load was not measured.
 */
export default defineFix({
  id: "weight-to-zero",
  for: ["canary-weight"],
  propose(facts, verdict) {
    const { blame, loadBalancer, topology } = facts;
    const guilty = blame?.guilty;
    const rule = loadBalancer?.rules.find(
      ({ targetGroups }) =>
        targetGroups.filter(({ weight }) => weight > 0).length > 1 &&
        targetGroups.some(({ arn, weight }) => arn === guilty?.arn && weight > 0),
    );
    if (verdict.rootCause !== "canary-weight" || !guilty || guilty.inside === null || !rule) return null;
    const rest = othersOf(rule, guilty, facts);
    if (rest === null || rest.inside === null) return null;
    const { change, rollback, before } = changeOf(rule, guilty, facts);
    const own = shareOf(rule, guilty.arn);
    const grows = 1 / (1 - own);
    return {
      id: "weight-to-zero",
      for: ["canary-weight"],
      title: `the weight of ${guilty.name} to 0`,
      why: `It gets ${percent(own)} of its rule and takes ${seconds(guilty.inside)} where ${rest.name} takes ${seconds(rest.inside)} for the same requests. With weight 0 it gets none, and its pods stay, so that you can look at them.`,
      risk: `${rest.name} gets ${times(grows)} its requests.${rule.groupStickiness ? ` The rule binds clients to a target group for ${duration(rule.groupStickiness)}: it may take that long until the last of them leaves ${guilty.name}.` : ""}`,
      changes: change ? [change] : [],
      preconditions: [
        ...before,
        `${rest.name} can take ${times(grows)} its requests${own >= HALF ? "; give it the pods for that first, or take the weight off in steps" : ""}`,
      ],
      verify: [
        `RequestCount of ${guilty.name} is 0 after a minute, and TargetResponseTime of ${rest.name} stays at ${seconds(rest.inside)}`,
        "the alarm stays OK under the next comparable load (lbdoctor verify)",
      ],
      rollback: rollback ? [rollback] : [],
      arithmetic: [
        `in the episodes: ${guilty.name} ${seconds(guilty.inside)}, ${rest.name} ${seconds(rest.inside)}: ${times(guilty.inside / rest.inside)}`,
        `${plural(guilty.requests, "request")} of ${guilty.requests + rest.requests} in the window went to ${guilty.name}; its weight is ${percent(own)}`,
        `${rest.name} would get 1 / (1 − ${percent(own)}) = ${times(grows)} its requests`,
        "no forecast of the alarm: how long a request takes there at that load was not measured",
      ],
      notOffered: [
        {
          id: "more-pods",
          title: `more pods behind ${guilty.name}`,
          because: `its requests take ${times(guilty.inside / rest.inside)} as long as the same requests in the other target group${topology?.healthy ? `, with ${plural(topology.healthy, "healthy target")}` : ""}: nothing shows that it has too few of them`,
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

/** The slowest of the target groups beside it: what its requests would take at worst. */
function othersOf({ targetGroups }: RuleFact, guilty: GroupLoad, { blame }: Partial<Facts>): GroupLoad | null {
  const beside = (blame?.groups ?? []).filter(
    ({ arn, inside }) =>
      arn !== guilty.arn && inside !== null && targetGroups.some((one) => one.arn === arn && one.weight > 0),
  );
  return beside.sort((a, b) => (b.inside ?? 0) - (a.inside ?? 0))[0] ?? null;
}
