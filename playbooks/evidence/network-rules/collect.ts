import {
  barriersOf,
  defineStep,
  describeLoadBalancer,
  describeNetworkAcls,
  describeNetworkInterfaces,
  describeSecurityGroups,
  describeSubnets,
  listed,
  noneHealthy,
  plural,
  type TargetFact,
  type TargetGroupFact,
  VALUES_PER_FILTER,
} from "../../../src/playbook.ts";
import { MOSTLY } from "../../signals/no-target-healthy.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { subnetsFact } from "../subnets/fact.ts";
import { suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { loadBalancerArn } from "../target-groups/read.ts";
import { targetHealthFact } from "../target-health/fact.ts";
import { topologyFact } from "../target-topology/fact.ts";
import { networkRulesFact } from "./fact.ts";

/** Which security groups and network ACLs stand between the load balancer and targets of which none is healthy. */
export default defineStep({
  id: "network-rules",
  title: "rules of the network",
  needs: {
    alarm: alarmFact,
    suspect: suspectFact,
    groups: targetGroupsFact,
    health: targetHealthFact,
    episodes: episodesFact,
    topology: topologyFact,
  },
  uses: [],
  gives: [networkRulesFact, subnetsFact],
  async run({ facts: { alarm, suspect, groups, health, episodes, topology }, ask, give, find }) {
    const group = groups.find(({ arn }) => arn === suspect.group?.arn);
    const none = noneHealthy(health.healthy, episodes);
    if (!group || none === null || none < MOSTLY) return;
    const targets = (topology.targets ?? []).slice(0, VALUES_PER_FILTER);
    if (targets.length === 0 || group.targetType === "lambda" || group.targetType === "alb") return;
    const by = group.targetType === "ip" ? "addresses.private-ip-address" : "attachment.instance-id";
    const ids = [...new Set(targets.map(({ id }) => id))].sort();
    const interfacesAsked = describeNetworkInterfaces(by, ids);
    const [balancer, found] = await Promise.all([
      ask(describeLoadBalancer(loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? ""))),
      ask(interfacesAsked),
    ]);
    if (!balancer.ok || !balancer.value || !found.ok) return;
    const { securityGroups: own = [], subnets: ownSubnets = [] } = balancer.value;
    const interfaces = found.value.filter(({ isFirst }) => group.targetType === "ip" || isFirst !== false);
    const theirs = [...new Set(interfaces.flatMap((one) => one.groups))].sort();
    const theirSubnets = [...new Set(interfaces.flatMap(({ subnet }) => subnet ?? []))].sort();
    if (own.length === 0 || theirs.length === 0 || ownSubnets.length === 0) return;
    const groupsAsked = describeSecurityGroups([...new Set([...own, ...theirs])].sort());
    const allSubnets = [...new Set([...ownSubnets, ...theirSubnets])].sort();
    const aclsAsked = describeNetworkAcls(allSubnets);
    const [security, subnets, acls] = await Promise.all([
      ask(groupsAsked),
      ask(describeSubnets(allSubnets)),
      ask(aclsAsked),
    ]);
    if (!security.ok || !subnets.ok || !acls.ok) return;
    const isFound = (id: string) => interfaces.some((one) => one.addresses.includes(id) || one.instance === id);
    const rules = {
      balancer: security.value.filter(({ id }) => own.includes(id)),
      targets: security.value.filter(({ id }) => theirs.includes(id)),
      interfaces,
      balancerSubnets: subnets.value.filter(({ id }) => ownSubnets.includes(id)),
      targetSubnets: subnets.value.filter(({ id }) => theirSubnets.includes(id)),
      acls: acls.value,
      ports: portsOf(group, targets),
      unfound: ids.filter((id) => !isFound(id)).length,
    };
    give(networkRulesFact, rules);
    give(subnetsFact, { balancer: rules.balancerSubnets, targets: rules.targetSubnets });
    const barriers = barriersOf(rules);
    const told = barriers.map(({ statement }) => statement);
    const missed = rules.unfound === 0 ? "" : `; no network interface was found for ${plural(rules.unfound, "target")}`;
    find({
      id: "between",
      statement: `between the load balancer (${listed(own)}) and its targets (${listed(theirs)}): ${told.length === 0 ? `every rule lets ports ${listed(rules.ports.map(String))} through` : listed(told)}${missed}`,
      measures: { barriers: barriers.length, ports: rules.ports, unfound: rules.unfound },
      proof: [groupsAsked.question, aclsAsked.question, interfacesAsked.question],
    });
  },
});

/** The ports on which the targets take requests, and the one on which they are checked where that is another. */
function portsOf({ healthCheck }: TargetGroupFact, targets: readonly TargetFact[]): number[] {
  const own = targets.flatMap(({ port }) => port ?? []);
  const check = Number(healthCheck.port ?? Number.NaN);
  return [...new Set([...own, ...(Number.isInteger(check) ? [check] : [])])].sort((a, b) => a - b);
}
