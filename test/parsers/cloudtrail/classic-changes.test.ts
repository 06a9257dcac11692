import { describe, expect, it } from "vitest";
import type { Input } from "../../../src/model/question.ts";
import { call, readsEach, type Sample, touchedBy } from "./calls.ts";

const of = (name: string, more: Input) => call(name, "elasticloadbalancing", { loadBalancerName: "old-shop", ...more });
const CERTIFICATE = "arn:aws:iam::111122223333:server-certificate/shop";

/** Parameters as the classic API documents them, with a small first letter as CloudTrail writes them. */
const SAMPLES: readonly Sample[] = [
  [
    "a certificate",
    of("SetLoadBalancerListenerSSLCertificate", { loadBalancerPort: 443, sSLCertificateId: CERTIFICATE }),
    "certificate",
    "load balancer old-shop changed",
    [["certificate of port 443", CERTIFICATE]],
  ],
  [
    "TLS policies",
    of("SetLoadBalancerPoliciesOfListener", {
      loadBalancerPort: 443,
      policyNames: ["ELBSecurityPolicy-TLS-1-2-2017-01"],
    }),
    "certificate",
    "load balancer old-shop changed",
    [["policies of port 443", "ELBSecurityPolicy-TLS-1-2-2017-01"]],
  ],
  [
    "policies that are taken away",
    of("SetLoadBalancerPoliciesOfListener", { loadBalancerPort: 80, policyNames: [] }),
    "attribute",
    "load balancer old-shop changed",
    [["policies of port 80", "none"]],
  ],
  [
    "policies towards instances",
    of("SetLoadBalancerPoliciesForBackendServer", { instancePort: 8080, policyNames: ["proxy"] }),
    "attribute",
    "load balancer old-shop changed",
    [["policies of instance port 8080", "proxy"]],
  ],
  [
    "a health check",
    of("ConfigureHealthCheck", {
      healthCheck: { target: "HTTP:80/ready", interval: 10, timeout: 5, unhealthyThreshold: 2, healthyThreshold: 3 },
    }),
    "health check",
    "health check of load balancer old-shop changed",
    [
      ["healthCheck.target", "HTTP:80/ready"],
      ["healthCheck.interval", "10"],
      ["healthCheck.timeout", "5"],
      ["healthCheck.unhealthyThreshold", "2"],
      ["healthCheck.healthyThreshold", "3"],
    ],
  ],
  [
    "attributes",
    of("ModifyLoadBalancerAttributes", {
      loadBalancerAttributes: {
        connectionSettings: { idleTimeout: 10 },
        connectionDraining: { enabled: true, timeout: 30 },
        additionalAttributes: [{ key: "elb.http.desyncmitigationmode", value: "strictest" }],
      },
    }),
    "attribute",
    "load balancer old-shop changed",
    [
      ["connectionDraining.enabled", "true"],
      ["connectionDraining.timeout", "30"],
      ["connectionSettings.idleTimeout", "10"],
      ["elb.http.desyncmitigationmode", "strictest"],
    ],
  ],
  [
    "security groups",
    of("ApplySecurityGroupsToLoadBalancer", { securityGroups: ["sg-1", "sg-2"] }),
    "network",
    "load balancer old-shop changed",
    [["securityGroups", "sg-1, sg-2"]],
  ],
  [
    "a subnet that is taken away",
    of("DetachLoadBalancerFromSubnets", { subnets: ["subnet-1"] }),
    "network",
    "1 subnet removed from load balancer old-shop",
    [["subnet subnet-1", "attached", null]],
  ],
  [
    "a zone",
    of("EnableAvailabilityZonesForLoadBalancer", { availabilityZones: ["eu-west-1a"] }),
    "network",
    "1 zone added to load balancer old-shop",
    [["zone eu-west-1a", null, "attached"]],
  ],
  [
    "a listener",
    of("CreateLoadBalancerListeners", {
      listeners: [{ protocol: "HTTP", loadBalancerPort: 80, instanceProtocol: "HTTP", instancePort: 8080 }],
    }),
    "routing",
    "1 listener added to load balancer old-shop",
    [["listener HTTP 80 to 8080", null, "attached"]],
  ],
  [
    "a listener that is deleted",
    of("DeleteLoadBalancerListeners", { loadBalancerPorts: [80] }),
    "routing",
    "1 listener removed from load balancer old-shop",
    [["listener 80", "attached", null]],
  ],
  [
    "instances",
    of("DeregisterInstancesFromLoadBalancer", { instances: [{ instanceId: "i-1" }, { instanceId: "i-2" }] }),
    "targets",
    "2 instances deregistered from load balancer old-shop",
    [],
  ],
  [
    "a policy",
    of("CreateLoadBalancerPolicy", { policyName: "proxy", policyTypeName: "ProxyProtocolPolicyType" }),
    "other",
    "policy proxy of load balancer old-shop created",
    [],
  ],
  ["its end", of("DeleteLoadBalancer", {}), "other", "load balancer old-shop deleted", []],
];

describe("a change of a Classic Load Balancer", () => {
  readsEach(SAMPLES);

  it("touches the load balancer by its name", () => {
    expect(touchedBy(SAMPLES, "attributes")).toEqual([{ kind: "load balancer", id: "old-shop" }]);
  });
});
