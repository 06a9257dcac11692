import { defineFix, shellQuoted } from "../../../src/playbook.ts";
import { targetGroupsFact } from "../../evidence/target-groups/fact.ts";

/** A rule that leads to its own service again (003 F4). Which rule it was is not measured, so all that lead there are named. */
export default defineFix({
  id: "rule-to-its-service",
  for: ["misrouted-requests"],
  uses: { groups: targetGroupsFact },
  propose({ loadBalancer, suspect, groups = [] }, verdict) {
    const group = suspect?.group;
    if (verdict.rootCause !== "misrouted-requests" || !loadBalancer || !group) return null;
    const rules = loadBalancer.rules.filter(({ targetGroups }) => targetGroups.some(({ arn }) => arn === group.arn));
    const tags = groups.find(({ arn }) => arn === group.arn)?.tags ?? {};
    const isManaged = tags["ingress.k8s.aws/resource"] !== undefined || tags["ingress.k8s.aws/stack"] !== undefined;
    const told = rules.map(({ priority, condition }) => `rule ${priority}: ${condition}`);
    return {
      id: "rule-to-its-service",
      for: ["misrouted-requests"],
      title: `the rule that sends another service's requests to ${group.name}`,
      why: "The other service is missing the requests that this one refuses: a listener rule matches more than it should, or comes before the one that should match.",
      risk: "A rule applies to every request that it matches: after a change, check the requests of both target groups.",
      changes: [],
      preconditions: [
        ...told,
        isManaged
          ? "these rules are made from Ingresses by the AWS Load Balancer Controller: change the Ingress (its host, path, pathType, group.order), or the change is reverted"
          : `aws elbv2 modify-rule --rule-arn ${rules[0]?.arn ? shellQuoted(rules[0].arn) : "…"} --conditions …, or aws elbv2 set-rule-priorities, where it was made by hand`,
        "the conditions as they were before: from version control, or from CloudTrail (ModifyRule, CreateRule, SetRulePriorities)",
      ],
      verify: ["RequestCount of both target groups is back where it was, and HTTPCode_Target_4XX_Count with it"],
      rollback: [],
      notOffered: [
        {
          id: "modify-rule",
          title: "the changed rule as a command",
          because: "metrics show that requests moved, but not which hosts and paths: those are in the access log",
          evidence: ["responses.errors"],
        },
      ],
    };
  },
});
