import { describe, expect, it } from "vitest";
import { call, readsEach, type Sample, touchedBy } from "./calls.ts";

/** Parameters and answers as AWS documents them, with a small first letter as CloudTrail writes them. */
const SAMPLES: readonly Sample[] = [
  [
    "RevokeSecurityGroupIngress, by permissions",
    call("RevokeSecurityGroupIngress", "ec2", {
      groupId: "sg-0a1b2c3d",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 30000,
            toPort: 32767,
            groups: { items: [{ groupId: "sg-5943793c", userId: "111122223333" }] },
            ipRanges: {},
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    }),
    "network",
    "a rule removed from security group sg-0a1b2c3d",
    [["tcp 30000–32767 from sg-5943793c", "allowed", null]],
  ],
  [
    "RevokeSecurityGroupIngress, by ids of rules",
    call(
      "RevokeSecurityGroupIngress",
      "ec2",
      { groupId: "sg-0a1b2c3d", securityGroupRuleIds: { items: [{ securityGroupRuleId: "sgr-0b1c2d3e" }] } },
      {
        _return: true,
        revokedSecurityGroupRuleSet: {
          items: [
            {
              securityGroupRuleId: "sgr-0b1c2d3e",
              isEgress: false,
              ipProtocol: "-1",
              fromPort: -1,
              toPort: -1,
              cidrIpv4: "10.0.0.0/16",
            },
          ],
        },
      },
    ),
    "network",
    "a rule removed from security group sg-0a1b2c3d",
    [["all traffic from 10.0.0.0/16", "allowed", null]],
  ],
  [
    "AuthorizeSecurityGroupIngress",
    call("AuthorizeSecurityGroupIngress", "ec2", {
      groupId: "sg-0a1b2c3d",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            groups: {},
            ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] },
            ipv6Ranges: { items: [{ cidrIpv6: "::/0" }] },
          },
        ],
      },
    }),
    "network",
    "a rule added to security group sg-0a1b2c3d",
    [
      ["tcp 443 from 0.0.0.0/0", null, "allowed"],
      ["tcp 443 from ::/0", null, "allowed"],
    ],
  ],
  [
    "ModifySecurityGroupRules",
    call("ModifySecurityGroupRules", "ec2", {
      ModifySecurityGroupRulesRequest: { GroupId: "sg-0a1b2c3d", SecurityGroupRule: { tag: 1 } },
    }),
    "network",
    "rules changed in security group sg-0a1b2c3d",
    [],
  ],
  [
    "CreateNetworkAclEntry",
    call("CreateNetworkAclEntry", "ec2", {
      networkAclId: "acl-5fb85d36",
      ruleNumber: 90,
      egress: false,
      ruleAction: "deny",
      icmpTypeCode: {},
      portRange: { from: 1024, to: 65535 },
      aclProtocol: "6",
      cidrBlock: "10.0.0.0/16",
    }),
    "network",
    "inbound rule 90 of network ACL acl-5fb85d36 created",
    [["inbound rule 90", null, "deny tcp 1024–65535 from 10.0.0.0/16"]],
  ],
  [
    "DeleteNetworkAclEntry",
    call("DeleteNetworkAclEntry", "ec2", { networkAclId: "acl-5fb85d36", ruleNumber: 100, egress: true }),
    "network",
    "outbound rule 100 of network ACL acl-5fb85d36 deleted",
    [["outbound rule 100", null]],
  ],
  [
    "ReplaceNetworkAclAssociation",
    call("ReplaceNetworkAclAssociation", "ec2", { associationId: "aclassoc-e5b95c8c", networkAclId: "acl-5fb85d36" }),
    "network",
    "a subnet assigned to network ACL acl-5fb85d36",
    [],
  ],
  [
    "ReplaceRoute",
    call("ReplaceRoute", "ec2", {
      routeTableId: "rtb-22574640",
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "nat-0a1b2c3d",
    }),
    "network",
    "the route to 0.0.0.0/0 in rtb-22574640 replaced",
    [["route to 0.0.0.0/0", "nat-0a1b2c3d"]],
  ],
  [
    "DeleteRoute",
    call("DeleteRoute", "ec2", { routeTableId: "rtb-22574640", destinationCidrBlock: "10.1.0.0/16" }),
    "network",
    "the route to 10.1.0.0/16 in rtb-22574640 deleted",
    [["route to 10.1.0.0/16", null]],
  ],
];

describe("a change of the network", () => {
  readsEach(SAMPLES);

  it("says what each can touch", () => {
    expect(touchedBy(SAMPLES, "RevokeSecurityGroupIngress, by permissions")?.map(({ id }) => id)).toEqual([
      "sg-0a1b2c3d",
      "sg-5943793c",
    ]);
  });
});
