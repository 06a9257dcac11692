import { describe, expect, it } from "vitest";
import { BALANCER, call, OLD, readsEach, type Sample, touchedBy } from "./calls.ts";

/** Parameters and answers as AWS documents them, with a small first letter as CloudTrail writes them. */
const SAMPLES: readonly Sample[] = [
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

describe("another change", () => {
  readsEach(SAMPLES);

  it("says what each can touch", () => {
    expect(touchedBy(SAMPLES, "UpdateService")?.map(({ id }) => id)).toEqual(["shop", OLD]);
    expect(touchedBy(SAMPLES, "AssociateWebACL")?.map(({ kind }) => kind)).toEqual(["web ACL", "load balancer"]);
  });
});
