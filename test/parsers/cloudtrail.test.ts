import { describe, expect, it } from "vitest";
import type { ChangeFact } from "../../src/model/facts.ts";
import type { Input } from "../../src/model/question.ts";
import { lookupEvents } from "../../src/sources/cloudtrail/questions.ts";
import { entryOf, type Recorded } from "../verdicts/trail.ts";

const ELB = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
const RULE = `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee`;
const LISTENER = `${ELB}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const BALANCER = `${ELB}:loadbalancer/app/shop/50dc6c495c0c9188`;
const [OLD, NEW] = [`${ELB}:targetgroup/stable/73e2d6bc24d8a067`, `${ELB}:targetgroup/canary/2453ed029918f21f`];

const AT = 1_782_460_800;
const question = lookupEvents({ key: "EventName", value: "PutMetricAlarm" }, { start: AT, end: AT + 60 });
const parse = (...events: unknown[]) => question.parse([{ Events: events }]);
const call = (
  name: string,
  source: string,
  request: Input,
  response?: Input,
  more: Partial<Recorded> = {},
): Recorded => ({
  at: AT,
  name,
  source,
  request,
  ...(response && { response }),
  ...more,
});
const read = (one: Recorded) => {
  const { value, flaws } = parse(entryOf(one, 1));
  expect(flaws).toEqual([]);
  return value[0]?.change;
};
const settings = (one: Recorded) =>
  read(one)?.settings.map(({ name, before, after }) => [name, ...(before === undefined ? [] : [before]), after]);

type Sample = readonly [string, Recorded, ChangeFact["kind"], string, unknown];

/** Parameters and answers as AWS documents them, with a small first letter as CloudTrail writes them. */
const SAMPLES: readonly Sample[] = [
  [
    "ModifyRule, weights",
    call("ModifyRule", "elasticloadbalancing", {
      ruleArn: RULE,
      actions: [
        {
          type: "forward",
          forwardConfig: {
            targetGroups: [
              { targetGroupArn: OLD, weight: 40 },
              { targetGroupArn: NEW, weight: 60 },
            ],
            targetGroupStickinessConfig: { enabled: false },
          },
        },
      ],
    }),
    "weight",
    "a rule of shop changed",
    [
      ["weight of stable", "40"],
      ["weight of canary", "60"],
      ["target group stickiness", "off"],
    ],
  ],
  [
    "ModifyRule, conditions",
    call("ModifyRule", "elasticloadbalancing", {
      ruleArn: RULE,
      conditions: [
        { field: "path-pattern", pathPatternConfig: { values: ["/api/*"] } },
        { field: "host-header", values: ["shop.example.com"] },
      ],
    }),
    "routing",
    "a rule of shop changed",
    [["conditions", "path-pattern /api/*, host-header shop.example.com"]],
  ],
  [
    "CreateRule",
    call(
      "CreateRule",
      "elasticloadbalancing",
      { listenerArn: LISTENER, priority: 10, actions: [{ type: "forward", targetGroupArn: NEW }] },
      { rules: [{ ruleArn: RULE, priority: "10" }] },
    ),
    "routing",
    "a rule of shop created",
    [
      ["priority", null, "10"],
      ["forwards to", null, "canary"],
    ],
  ],
  [
    "DeleteRule",
    call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }),
    "routing",
    "a rule of shop deleted",
    [],
  ],
  [
    "ModifyListener, certificate",
    call("ModifyListener", "elasticloadbalancing", {
      listenerArn: LISTENER,
      certificates: [{ certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b" }],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    }),
    "certificate",
    "a listener of shop changed",
    [
      ["sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06"],
      ["certificates", "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b"],
    ],
  ],
  [
    "ModifyTargetGroup",
    call("ModifyTargetGroup", "elasticloadbalancing", {
      targetGroupArn: OLD,
      healthCheckPath: "/ready",
      healthCheckIntervalSeconds: 5,
      matcher: { httpCode: "200-299" },
    }),
    "health check",
    "target group stable changed",
    [
      ["healthCheckPath", "/ready"],
      ["healthCheckIntervalSeconds", "5"],
      ["matcher", "200-299"],
    ],
  ],
  [
    "ModifyTargetGroupAttributes",
    call("ModifyTargetGroupAttributes", "elasticloadbalancing", {
      targetGroupArn: OLD,
      attributes: [
        { key: "stickiness.enabled", value: "true" },
        { key: "stickiness.type", value: "lb_cookie" },
      ],
    }),
    "stickiness",
    "target group stable changed",
    [
      ["stickiness.enabled", "true"],
      ["stickiness.type", "lb_cookie"],
    ],
  ],
  [
    "ModifyLoadBalancerAttributes",
    call("ModifyLoadBalancerAttributes", "elasticloadbalancing", {
      loadBalancerArn: BALANCER,
      attributes: [{ key: "idle_timeout.timeout_seconds", value: "30" }],
    }),
    "attribute",
    "load balancer shop changed",
    [["idle_timeout.timeout_seconds", "30"]],
  ],
  [
    "SetSecurityGroups",
    call("SetSecurityGroups", "elasticloadbalancing", { loadBalancerArn: BALANCER, securityGroups: ["sg-5943793c"] }),
    "network",
    "load balancer shop changed",
    [["securityGroups", "sg-5943793c"]],
  ],
  [
    "DeregisterTargets",
    call("DeregisterTargets", "elasticloadbalancing", {
      targetGroupArn: OLD,
      targets: [{ id: "i-0f76fade" }, { id: "10.0.1.2", port: 8080 }],
    }),
    "targets",
    "2 targets deregistered from target group stable",
    [],
  ],
  [
    "the classic RegisterInstancesWithLoadBalancer",
    call("RegisterInstancesWithLoadBalancer", "elasticloadbalancing", {
      loadBalancerName: "old-shop",
      instances: [{ instanceId: "i-0f76fade" }],
    }),
    "targets",
    "targets registered with load balancer old-shop",
    [],
  ],
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
  [
    "PutMetricAlarm",
    call("PutMetricAlarm", "monitoring", {
      alarmName: "shop-latency",
      metricName: "TargetResponseTime",
      threshold: 0.5,
      period: 60,
    }),
    "alarm",
    "alarm shop-latency set",
    [],
  ],
  [
    "SetDesiredCapacity",
    call("SetDesiredCapacity", "autoscaling", {
      autoScalingGroupName: "eks-workers",
      desiredCapacity: 6,
      honorCooldown: false,
    }),
    "scaling",
    "Auto Scaling group eks-workers changed",
    [["desiredCapacity", "6"]],
  ],
  [
    "UpdateNodegroupConfig",
    call("UpdateNodegroupConfig", "eks", {
      name: "prod",
      nodegroupName: "workers",
      scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 2 },
    }),
    "scaling",
    "node group workers changed",
    [
      ["minSize", "1"],
      ["maxSize", "3"],
      ["desiredSize", "2"],
    ],
  ],
  [
    "UpdateService",
    call(
      "UpdateService",
      "ecs",
      { service: "shop", cluster: "prod", taskDefinition: "shop:42" },
      {
        service: {
          loadBalancers: [{ targetGroupArn: OLD, containerName: "shop", containerPort: 8080 }],
          deployments: [
            {
              status: "PRIMARY",
              taskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:42",
              desiredCount: 3,
            },
            {
              status: "ACTIVE",
              taskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:41",
              desiredCount: 3,
            },
          ],
        },
      },
    ),
    "rollout",
    "ECS service shop changed",
    [["taskDefinition", "shop:41", "shop:42"]],
  ],
  [
    "AssociateWebACL",
    call("AssociateWebACL", "wafv2", {
      webACLArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/strict/a1b2c3d4",
      resourceArn: BALANCER,
    }),
    "firewall",
    "web ACL strict put before shop",
    [],
  ],
  [
    "UpdateWebACL",
    call("UpdateWebACL", "wafv2", {
      name: "strict",
      scope: "REGIONAL",
      id: "a1b2c3d4",
      rules: [{ name: "all", priority: 0 }],
    }),
    "firewall",
    "web ACL strict changed",
    [],
  ],
  [
    "DeleteCertificate",
    call("DeleteCertificate", "acm", { certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b" }),
    "certificate",
    "certificate arn:aws:acm:eu-west-1:111122223333:certificate/0a1b deleted",
    [],
  ],
];

describe("lookupEvents", () => {
  it.each(SAMPLES)("reads %s", (_, one, kind, what, expected) => {
    expect(read(one)).toMatchObject({ kind, what });
    expect(settings(one)).toEqual(expected);
  });

  it("says what each can touch", () => {
    const touched = (name: string) => read(SAMPLES.find(([title]) => title === name)?.[1] ?? call("", "", {}))?.touches;
    expect(touched("ModifyRule, weights")?.map(({ kind, id }) => [kind, id])).toEqual([
      ["rule", RULE],
      ["target group", OLD],
      ["target group", NEW],
    ]);
    expect(touched("CreateRule")?.map(({ id }) => id)).toEqual([LISTENER, NEW, RULE]);
    expect(touched("RevokeSecurityGroupIngress, by permissions")?.map(({ id }) => id)).toEqual([
      "sg-0a1b2c3d",
      "sg-5943793c",
    ]);
    expect(touched("UpdateService")?.map(({ id }) => id)).toEqual(["shop", OLD]);
    expect(touched("AssociateWebACL")?.map(({ kind }) => kind)).toEqual(["web ACL", "load balancer"]);
  });

  it.each([
    [
      "arn:aws:sts::111122223333:assumed-role/deploy/ada@example.com",
      { kind: "role", name: "deploy", session: "ada@example.com" },
    ],
    ["arn:aws:iam::111122223333:user/ops/bob", { kind: "user", name: "bob", session: null }],
    ["arn:aws:iam::111122223333:root", { kind: "root", name: "root", session: null }],
    ["not an arn", { kind: "other", name: null, session: null }],
  ])("tells who it was from %s", (arn, by) => {
    const { value } = parse(entryOf({ ...call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }), arn }, 1));
    expect(value[0]?.by).toEqual(by);
  });

  it("passes over reads and tags, and what was refused changed nothing", () => {
    const reads = entryOf(call("DescribeRules", "elasticloadbalancing", { listenerArn: LISTENER }), 1);
    const tags = entryOf(call("AddTags", "elasticloadbalancing", { resourceArns: [LISTENER] }), 2);
    const refused = entryOf(
      call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }, undefined, { error: "AccessDenied" }),
      3,
    );
    const { value, flaws } = parse(reads, tags, refused);
    expect(value.map(({ name, error, change }) => [name, error, change])).toEqual([
      ["AddTags", null, null],
      ["DeleteRule", "AccessDenied", null],
    ]);
    expect(flaws).toEqual([]);
  });

  it("leaves out what does not fit, and says so", () => {
    const whole = entryOf(call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }), 1);
    const { value, flaws } = parse(
      whole,
      { ...whole, CloudTrailEvent: "{" },
      { ...whole, CloudTrailEvent: JSON.stringify({ eventName: "DeleteRule" }) },
      { ...whole, EventName: "DeleteListener" },
      entryOf(call("ModifyRule", "elasticloadbalancing", { ruleArn: { nested: true } }), 2),
      entryOf(call("SetDesiredCapacity", "autoscaling", {}), 3),
      { ...whole, EventTime: "yesterday" },
      null,
    );
    expect(value).toHaveLength(1);
    expect(flaws).toEqual([
      expect.stringContaining("Events[6] left out: EventTime"),
      expect.stringContaining("Events[7] left out"),
      expect.stringContaining("not JSON"),
      expect.stringContaining("no usable eventTime"),
      expect.stringContaining("belongs to another call"),
      expect.stringContaining("do not have the shape of ModifyRule: ruleArn"),
      expect.stringContaining("do not have the shape of SetDesiredCapacity: autoScalingGroupName"),
    ]);
  });
});
