import { describe, expect, it } from "vitest";
import { BALANCER, call, LISTENER, NEW, OLD, RULE, readsEach, type Sample, touchedBy } from "./calls.ts";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b";

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
    "RemoveListenerCertificates",
    call("RemoveListenerCertificates", "elasticloadbalancing", {
      listenerArn: LISTENER,
      certificates: [{ certificateArn: CERTIFICATE }],
    }),
    "certificate",
    "1 certificate removed from a listener of shop",
    [[`certificate ${CERTIFICATE}`, "shown", null]],
  ],
  [
    "AddListenerCertificates",
    call("AddListenerCertificates", "elasticloadbalancing", {
      listenerArn: LISTENER,
      certificates: [{ certificateArn: CERTIFICATE }],
    }),
    "certificate",
    "1 certificate added to a listener of shop",
    [[`certificate ${CERTIFICATE}`, null, "shown"]],
  ],
  [
    "ModifyListener, mutual TLS",
    call("ModifyListener", "elasticloadbalancing", {
      listenerArn: LISTENER,
      mutualAuthentication: {
        mode: "verify",
        trustStoreArn: "arn:aws:elasticloadbalancing:eu-west-1:1:truststore/a/1",
      },
    }),
    "certificate",
    "a listener of shop changed",
    [["mutualAuthentication.mode", "verify"]],
  ],
  [
    "CreateListener without a policy",
    call(
      "CreateListener",
      "elasticloadbalancing",
      { loadBalancerArn: BALANCER, protocol: "HTTPS", certificates: [{ certificateArn: CERTIFICATE }] },
      { listeners: [{ listenerArn: LISTENER, sslPolicy: "ELBSecurityPolicy-2016-08" }] },
    ),
    "certificate",
    "a listener of shop created",
    [
      ["protocol", null, "HTTPS"],
      ["sslPolicy", null, "ELBSecurityPolicy-2016-08"],
      ["certificates", null, CERTIFICATE],
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
    [
      ["target i-0f76fade", "registered", null],
      ["target 10.0.1.2:8080", "registered", null],
    ],
  ],
  [
    "the classic RegisterInstancesWithLoadBalancer",
    call("RegisterInstancesWithLoadBalancer", "elasticloadbalancing", {
      loadBalancerName: "old-shop",
      instances: [{ instanceId: "i-0f76fade" }],
    }),
    "targets",
    "1 instance registered with load balancer old-shop",
    [],
  ],
];

describe("a change of a load balancer", () => {
  readsEach(SAMPLES);

  it("says what each can touch", () => {
    expect(touchedBy(SAMPLES, "ModifyRule, weights")?.map(({ kind, id }) => [kind, id])).toEqual([
      ["rule", RULE],
      ["target group", OLD],
      ["target group", NEW],
    ]);
    expect(touchedBy(SAMPLES, "CreateRule")?.map(({ id }) => id)).toEqual([LISTENER, NEW, RULE]);
  });
});
