import { defineStep, describeLoadBalancer, describeSubnets, lowest, plural } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { loadBalancerArn } from "../target-groups/read.ts";
import { subnetsFact } from "./fact.ts";

/** How many addresses are free where the load balancer's nodes stand: it needs some to grow. */
export default defineStep({
  id: "subnets",
  title: "free addresses",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [subnetsFact],
  async run({ facts: { alarm }, ask, give, find }) {
    const balancer = await ask(describeLoadBalancer(loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? "")));
    const ids = balancer.ok ? (balancer.value?.subnets ?? []) : [];
    if (ids.length === 0) return;
    const asked = describeSubnets([...ids].sort());
    const subnets = await ask(asked);
    if (!subnets.ok || subnets.cut) return;
    give(subnetsFact, { balancer: subnets.value, targets: [] });
    const free = subnets.value.flatMap((one) => one.free ?? []);
    if (free.length === 0) return;
    find({
      id: "free",
      statement: `at least ${plural(lowest(free) ?? 0, "address", "addresses")} are free in each of the load balancer's ${plural(subnets.value.length, "subnet")} now`,
      measures: { subnets: subnets.value.length, fewestFree: lowest(free) },
      proof: [asked.question],
    });
  },
});
