import {
  alarmScope,
  defineStep,
  describeClassicBalancer,
  describeLoadBalancer,
  describeTargetGroups,
  listed,
  shellQuoted,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { loadBalancerArn } from "../target-groups/read.ts";
import { watchedFact } from "./fact.ts";

/** Whether what the alarm's dimensions name is there: a load balancer, its target group, its zone. */
export default defineStep({
  id: "watched",
  title: "what the alarm watches",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [watchedFact],
  async run({ facts: { alarm }, ask, give, find, lack }) {
    const { fault, remedy } = alarmScope(alarm);
    if (fault !== null) {
      give(watchedFact, { fault: { because: fault, remedy: remedy ?? "" }, gone: null, instead: [] });
      find({ id: "fault", statement: `${fault}; ${remedy ?? ""}`, measures: {}, proof: [] });
      return;
    }
    const {
      LoadBalancer: balancer,
      TargetGroup: group,
      AvailabilityZone: zone,
      LoadBalancerName: classic,
    } = alarm.dimensions;
    if (classic !== undefined) {
      const asked = describeClassicBalancer(classic);
      const answer = await ask(asked);
      if (answer.ok || answer.failure.kind !== "missing") return;
      const gone = [`the load balancer ${classic}`];
      give(watchedFact, { fault: null, gone, instead: [] });
      find({ id: "gone", statement: `${gone[0]} does not exist`, measures: { gone: 1 }, proof: [asked.question] });
      return;
    }
    if (balancer === undefined) return;
    const arn = loadBalancerArn(alarm.arn, balancer);
    const asked = describeLoadBalancer(arn);
    const groupsAsked = describeTargetGroups(arn);
    const [described, groups] = await Promise.all([ask(asked), ask(groupsAsked)]);
    // One that is not there is told by an error; a list without it is no answer to the question, and shows nothing.
    if (!described.ok && described.failure.kind === "missing") {
      const gone = [`the load balancer ${balancer}`];
      give(watchedFact, { fault: null, gone, instead: [] });
      find({ id: "gone", statement: `${gone[0]} does not exist`, measures: { gone: 1 }, proof: [asked.question] });
      return;
    }
    if (described.ok && !described.value && !described.flawed) {
      lack({
        source: "elbv2",
        kind: "malformed",
        what: `DescribeLoadBalancers answered without ${balancer} and without an error, so it is not known whether it exists`,
        remedy: `look for it: aws elbv2 describe-load-balancers --load-balancer-arns ${shellQuoted(arn)}`,
      });
      return;
    }
    if (!described.ok || !described.value || described.flawed) return;
    // What is missing in a list is gone only where the whole list came, and it holds others.
    const isWhole = groups.ok && !groups.cut && !groups.flawed && groups.value.length > 0;
    if (group !== undefined && !isWhole) return;
    const dimensions = groups.ok ? groups.value.map((one) => one.arn.split(":").at(-1) ?? "") : [];
    const gone = [
      ...(group === undefined || dimensions.includes(group) ? [] : [`the target group ${group}`]),
      ...(zone === undefined || described.value.zones.includes(zone) ? [] : [`the load balancer's zone ${zone}`]),
    ];
    give(watchedFact, { fault: null, gone, instead: dimensions });
    if (gone.length > 0)
      find({
        id: "gone",
        statement: `${listed(gone)} ${gone.length === 1 ? "does" : "do"} not exist`,
        measures: { gone: gone.length },
        proof: [asked.question, groupsAsked.question],
      });
  },
});
