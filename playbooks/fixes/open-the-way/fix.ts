import { type Barrier, barriersOf, defineFix, shellQuoted } from "../../../src/playbook.ts";
import { networkRulesFact } from "../../evidence/network-rules/fact.ts";

/** The rule that is missing between the load balancer and its targets (000 ALB page, 004); where none is missing, it says so. */
export default defineFix({
  id: "open-the-way",
  for: ["blocked-by-network"],
  uses: { rules: networkRulesFact },
  propose({ suspect, rules }, verdict) {
    if (verdict.rootCause !== "blocked-by-network") return null;
    const barriers = rules ? barriersOf(rules) : [];
    const name = suspect?.group?.name ?? "the targets";
    const commands = barriers.flatMap((one) => commandsOf(one) ?? []);
    return {
      id: "open-the-way",
      for: ["blocked-by-network"],
      title: `let the load balancer reach ${name}`,
      why:
        barriers.length > 0
          ? "The load balancer opens connections to the targets' port and to the check's: a missing rule drops them silently."
          : "Nothing comes back from the targets although their pods are ready: something on the way drops the packets.",
      risk: "A rule between two security groups opens one port, to the load balancer only.",
      changes: commands.map(({ target, patch, command }) => ({ target, patch, command })),
      preconditions: [
        ...barriers
          .filter(({ kind }) => kind === "acl")
          .map(
            ({ statement }) =>
              `${statement}: network ACLs are stateless and tried in order; changing the entry is up to its owner`,
          ),
        ...(rules
          ? barriers.length > 0
            ? [
                "where the security group is made (Terraform, the controller's backend group): changed there, or it is put back",
              ]
            : [
                "security groups and network ACLs, as they are set now, let the ports through: look at routes, at NetworkPolicies (kubectl get networkpolicy), and at what was changed just before (CloudTrail)",
              ]
          : [
              "the security groups of the load balancer and of the targets must open the targets' port and the check's port between them (aws ec2 describe-security-groups)",
            ]),
      ],
      verify: [
        "HealthyHostCount rises within the check's interval times its threshold, and HTTPCode_ELB_504_Count ends",
      ],
      rollback: commands.map(({ undo }) => undo),
      ...(rules && barriers.length === 0
        ? {
            notOffered: [
              {
                id: "wider-security-group",
                title: "a wider rule of a security group",
                because: "the existing rules already let the load balancer reach the targets' ports",
                evidence: ["network-rules.between"],
              },
            ],
          }
        : {}),
    };
  },
});

/** The command that adds the missing rule of a security group; an entry of a network ACL needs a place in its order. */
function commandsOf({ kind, id, port, other }: Barrier) {
  if (kind === "acl" || other === null) return null;
  const [way, from] = kind === "inbound" ? (["ingress", "from"] as const) : (["egress", "to"] as const);
  const options = `--group-id ${shellQuoted(id)} --ip-permissions ${shellQuoted(
    JSON.stringify([{ IpProtocol: "tcp", FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: other }] }]),
  )}`;
  return [
    {
      target: `security group ${id}`,
      patch: `${way}: tcp ${port} ${from} ${other}`,
      command: `aws ec2 authorize-security-group-${way} ${options}`,
      undo: `aws ec2 revoke-security-group-${way} ${options}`,
    },
  ];
}
