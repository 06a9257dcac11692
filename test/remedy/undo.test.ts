import { expect, it } from "vitest";
import type { AlarmFact, ChangeFact } from "../../src/model/facts.ts";
import { undoCommand } from "../../src/remedy/undo.ts";
import { alarm } from "../signals/facts.ts";
import { change } from "./change.ts";

const ELB = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
const RULE = `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee`;
const [STABLE, CANARY] = [`${ELB}:targetgroup/stable/73e2d6bc24d8a067`, `${ELB}:targetgroup/canary/2453ed029918f21f`];
const BALANCER = `${ELB}:loadbalancer/app/shop/50dc6c495c0c9188`;

const weights = (stable?: string, canary?: string) => [
  { name: "weight of stable", ...(stable && { before: stable }), after: "40" },
  { name: "weight of canary", ...(canary && { before: canary }), after: "60" },
];
const rule = [
  { kind: "rule", id: RULE },
  { kind: "target group", id: STABLE },
  { kind: "target group", id: CANARY },
] as const;
const own = alarm().alarm;

const LISTENER = `${ELB}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/1";

it.each<readonly [string, Partial<ChangeFact>, string]>([
  [
    "weights",
    { call: "ModifyRule", touches: rule, settings: weights("90", "10") },
    `aws elbv2 modify-rule --rule-arn ${RULE} --actions '[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"${STABLE}","Weight":90},{"TargetGroupArn":"${CANARY}","Weight":10}]}}]'`,
  ],
  [
    "attributes",
    {
      call: "ModifyTargetGroupAttributes",
      touches: [{ kind: "target group", id: STABLE }],
      settings: [{ name: "stickiness.enabled", before: "false", after: "true" }],
    },
    `aws elbv2 modify-target-group-attributes --target-group-arn ${STABLE} --attributes Key=stickiness.enabled,Value=false`,
  ],
  [
    "a health check",
    {
      call: "ModifyTargetGroup",
      touches: [{ kind: "target group", id: STABLE }],
      settings: [
        { name: "healthCheckPath", before: "/health", after: "/ready" },
        { name: "matcher", before: "200", after: "204" },
      ],
    },
    `aws elbv2 modify-target-group --target-group-arn ${STABLE} --health-check-path /health --matcher HttpCode=200`,
  ],
  [
    "security groups of the load balancer",
    {
      call: "SetSecurityGroups",
      touches: [{ kind: "load balancer", id: BALANCER }],
      settings: [{ name: "securityGroups", before: "sg-1, sg-2", after: "sg-3" }],
    },
    `aws elbv2 set-security-groups --load-balancer-arn ${BALANCER} --security-groups sg-1 sg-2`,
  ],
  [
    "a rule that was removed",
    {
      call: "RevokeSecurityGroupIngress",
      touches: [{ kind: "security group", id: "sg-0a1b" }],
      settings: [{ name: "tcp 30000–32767 from sg-5943", before: "allowed", after: null }],
    },
    `aws ec2 authorize-security-group-ingress --group-id sg-0a1b --ip-permissions '[{"IpProtocol":"tcp","FromPort":30000,"ToPort":32767,"UserIdGroupPairs":[{"GroupId":"sg-5943"}]}]'`,
  ],
  [
    "a rule to the outside that was removed",
    {
      call: "RevokeSecurityGroupEgress",
      touches: [{ kind: "security group", id: "sg-0a1b" }],
      settings: [{ name: "all traffic to 0.0.0.0/0", before: "allowed", after: null }],
    },
    `aws ec2 authorize-security-group-egress --group-id sg-0a1b --ip-permissions '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
  ],
  [
    "a web ACL",
    {
      call: "AssociateWebACL",
      touches: [
        { kind: "web ACL", id: "x" },
        { kind: "load balancer", id: BALANCER },
      ],
    },
    `aws wafv2 disassociate-web-acl --resource-arn ${BALANCER}`,
  ],
  [
    "a listener's policy and certificate",
    {
      call: "ModifyListener",
      touches: [{ kind: "listener", id: LISTENER }],
      settings: [
        { name: "sslPolicy", before: "ELBSecurityPolicy-2016-08", after: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
        { name: "certificates", before: CERTIFICATE, after: "arn:aws:acm:eu-west-1:111122223333:certificate/2" },
      ],
    },
    `aws elbv2 modify-listener --listener-arn ${LISTENER} --ssl-policy ELBSecurityPolicy-2016-08 --certificates CertificateArn=${CERTIFICATE}`,
  ],
  [
    "a certificate that was removed",
    {
      call: "RemoveListenerCertificates",
      touches: [{ kind: "listener", id: LISTENER }],
      settings: [{ name: `certificate ${CERTIFICATE}`, before: "shown", after: null }],
    },
    `aws elbv2 add-listener-certificates --listener-arn ${LISTENER} --certificates CertificateArn=${CERTIFICATE}`,
  ],
  [
    "a certificate that was added",
    {
      call: "AddListenerCertificates",
      touches: [{ kind: "listener", id: LISTENER }],
      settings: [{ name: `certificate ${CERTIFICATE}`, before: null, after: "shown" }],
    },
    `aws elbv2 remove-listener-certificates --listener-arn ${LISTENER} --certificates CertificateArn=${CERTIFICATE}`,
  ],
  [
    "a listener's attributes",
    {
      call: "ModifyListenerAttributes",
      touches: [{ kind: "listener", id: LISTENER }],
      settings: [{ name: "tcp.idle_timeout.seconds", before: "350", after: "60" }],
    },
    `aws elbv2 modify-listener-attributes --listener-arn ${LISTENER} --attributes Key=tcp.idle_timeout.seconds,Value=350`,
  ],
  [
    "targets that were taken out",
    {
      call: "DeregisterTargets",
      touches: [{ kind: "target group", id: STABLE }],
      settings: [
        { name: "target i-1:6081", before: "registered", after: null },
        { name: "target i-2", before: "registered", after: null },
      ],
    },
    `aws elbv2 register-targets --target-group-arn ${STABLE} --targets Id=i-1,Port=6081 Id=i-2`,
  ],
])("undoes %s", (_, one, command) => {
  expect(undoCommand(change(one), own)).toBe(command);
});

it("puts the alarm back as it was", () => {
  const stricter = change({
    kind: "alarm",
    touches: [{ kind: "alarm", id: own.name }],
    settings: [{ name: "threshold", before: "1", after: "0.5" }],
  });
  expect(undoCommand(stricter, own)).toContain("--threshold 1 ");
  expect(undoCommand(stricter, { ...own, name: "another" } as AlarmFact)).toBeNull();
});

it.each<readonly [string, Partial<ChangeFact>]>([
  ["a weight of before is not known", { call: "ModifyRule", touches: rule, settings: weights("90") }],
  [
    "the rule did more than share out",
    {
      call: "ModifyRule",
      touches: rule,
      settings: [...weights("90", "10"), { name: "conditions", before: "a", after: "b" }],
    },
  ],
  ["a rule was deleted: what it was is not told", { call: "DeleteRule", touches: rule }],
  [
    "an attribute of before is not known",
    {
      call: "ModifyLoadBalancerAttributes",
      touches: [{ kind: "load balancer", id: BALANCER }],
      settings: [{ name: "idle_timeout.timeout_seconds", after: "30" }],
    },
  ],
  [
    "a listener was given more than what it shows",
    {
      call: "ModifyListener",
      touches: [{ kind: "listener", id: LISTENER }],
      settings: [
        { name: "sslPolicy", before: "a", after: "b" },
        { name: "port", before: "443", after: "8443" },
      ],
    },
  ],
  [
    "which rule was removed is not told",
    { call: "RevokeSecurityGroupIngress", touches: [{ kind: "security group", id: "sg-0a1b" }] },
  ],
])("writes no command where %s", (_, one) => {
  expect(undoCommand(change(one), own)).toBeNull();
});
