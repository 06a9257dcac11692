import { describe, expect, it } from "vitest";
import {
  describeClassicAttributes,
  describeClassicBalancer,
  describeClassicTags,
  describeInstanceHealth,
} from "../../src/sources/elb/questions.ts";

const description = {
  LoadBalancerName: "shop",
  DNSName: "internal-shop-1.eu-central-1.elb.amazonaws.com",
  Scheme: "internal",
  AvailabilityZones: ["eu-central-1a", "eu-central-1b"],
  Instances: [{ InstanceId: "i-1" }],
  SecurityGroups: ["sg-1"],
  ListenerDescriptions: [
    { Listener: { Protocol: "TCP", LoadBalancerPort: 443, InstanceProtocol: "TCP", InstancePort: 31_000 } },
  ],
  BackendServerDescriptions: [{ InstancePort: 31_000, PolicyNames: ["k8s-proxyprotocol-enabled"] }],
  HealthCheck: { Target: "TCP:31000", Interval: 10, Timeout: 5, UnhealthyThreshold: 6, HealthyThreshold: 2 },
};

describe("elb", () => {
  it("reads a load balancer, its listeners and its health check", () => {
    const { value, flaws } = describeClassicBalancer("shop").parse([{ LoadBalancerDescriptions: [description] }]);
    expect(flaws).toEqual([]);
    expect(value).toMatchObject({
      name: "shop",
      zones: ["eu-central-1a", "eu-central-1b"],
      instances: ["i-1"],
      securityGroups: ["sg-1"],
      listeners: [{ port: 443, protocol: "TCP", instancePort: 31_000 }],
      backendPolicies: [{ instancePort: 31_000, policies: ["k8s-proxyprotocol-enabled"] }],
      healthCheck: { target: "TCP:31000", interval: 10, timeout: 5 },
    });
    expect(describeClassicBalancer("shop").parse([{ LoadBalancerDescriptions: [] }]).value).toBeNull();
  });

  it("leaves out a load balancer with an odd port, and says so", () => {
    const [listener] = description.ListenerDescriptions;
    const odd = {
      ...description,
      ListenerDescriptions: [{ Listener: { ...listener?.Listener, LoadBalancerPort: 0 } }],
    };
    const { value, flaws } = describeClassicBalancer("shop").parse([{ LoadBalancerDescriptions: [odd] }]);
    expect(value).toBeNull();
    expect(flaws?.join()).toContain("LoadBalancerPort");
  });

  it.each([
    [{ Enabled: true, Timeout: 300 }, 300],
    [{ Enabled: false, Timeout: 300 }, 0],
    [undefined, null],
  ])("reads connection draining %j as %s", (ConnectionDraining, draining) => {
    const page = { LoadBalancerAttributes: { ConnectionDraining, ConnectionSettings: { IdleTimeout: 60 } } };
    expect(describeClassicAttributes("shop").parse([page]).value).toEqual({
      crossZone: null,
      idleTimeout: 60,
      draining,
    });
  });

  it("reads the instances' states as the newer API calls them", () => {
    const states = ["InService", "OutOfService", "Unknown"].map((State, index) => ({
      InstanceId: `i-${index}`,
      State,
    }));
    const { value } = describeInstanceHealth("shop").parse([{ InstanceStates: states }]);
    expect(value.map(({ state }) => state)).toEqual(["healthy", "unhealthy", "unknown"]);
  });

  it("reads the tags of the load balancer that was asked for alone", () => {
    const tags = (LoadBalancerName: string, Value: string) => ({
      LoadBalancerName,
      Tags: [{ Key: "kubernetes.io/service-name", Value }],
    });
    const page = { TagDescriptions: [tags("other", "a/b"), tags("shop", "shop/web")] };
    expect(describeClassicTags("shop").parse([page]).value).toEqual({ "kubernetes.io/service-name": "shop/web" });
  });
});
