import type { NodeSpec } from "../node-spec.ts";
import type { Scenario } from "../scenario.ts";

/** The alarm that is wrong (000, Elastic Fleet; the names are the report's). */
const NOW = Date.parse("2026-06-18T14:20:00Z") / 1000;
const WINDOW = 6 * 3600;

const NODES: readonly NodeSpec[] = [
  node("10.99.44.1", "us-east-2a", "i-0a6e1d94c7f38b250", "m7g.2xlarge"),
  node("10.99.55.34", "us-east-2b", "i-0d27b5f80e1c9a463", "m5.large"),
  node("10.99.55.89", "us-east-2b", "i-04f9c8a2b6d17e035", "m7g.2xlarge"),
  node("10.99.66.51", "us-east-2c", "i-0c51e7d3f90a8b642", "m7g.2xlarge"),
  node("10.99.66.78", "us-east-2c", "i-08b3d6a5c2f47e91d", "m5.large"),
];

function node(ip: string, zone: string, instanceId: string, instanceType: "m7g.2xlarge" | "m5.large"): NodeSpec {
  const large = instanceType === "m7g.2xlarge";
  return {
    name: `ip-${ip.replaceAll(".", "-")}.us-east-2.compute.internal`,
    ip,
    zone,
    instanceId,
    instanceType,
    cores: large ? 8 : 2,
    allocatable: large ? 7910 : 1930,
    memory: large ? "31482312Ki" : "7079456Ki",
    group: large ? "es" : "default",
    capacityType: "ON_DEMAND",
    daemonsetRequest: 350,
    // Elasticsearch fills its own nodes; the Fleet Server runs on a small one.
    tenantRequest: large ? 7000 : ip.endsWith("34") ? 300 : 700,
    tenantUse: large ? 2.6 : 0.3,
    tenantWobble: 0.2,
    tenantBusy: [],
  };
}

export function fleetLongPoll(): Scenario {
  return {
    name: "fleet-long-poll",
    description:
      "Elastic agents long-poll one Fleet Server through the load balancer; each check-in is held for about 300 s by design, and the generic 0.8 s alarm counts the wait.",
    cause: "long-poll-held-open",
    seed: 1,
    now: NOW,
    window: WINDOW,
    place: {
      account: "111122223333",
      region: "us-east-2",
      zones: ["us-east-2a", "us-east-2b", "us-east-2c"],
      cluster: "company-prod-elastic-eks",
      vpc: "vpc-0f1e2d3c4b5a69788",
      argoCd: false,
    },
    loadBalancer: {
      name: "k8s-elastics-eckfleet-a1b2c3d4e5",
      id: "b7e14c0a93d65f28",
      group: "elastic-system/eck-fleet-server-prod-ingress",
      scheme: "internal",
      idleTimeout: 300,
      clientErrors: 0,
      targetErrors: 0,
    },
    alarm: {
      name: "k8s-elastics-eckfleet-a1b2c3d4e5-target-response-time",
      description: "Average target response time above 0.8 s",
      on: "load balancer",
      statistic: "Average",
      threshold: 0.8,
      period: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: "ignore",
      initially: "ALARM",
      earlier: [],
      since: 19.4 * 86_400,
      longHistory: false,
    },
    focus: {
      namespace: "elastic-system",
      service: "fleet-server-prod-agent-http",
      deployment: "fleet-server-prod",
      container: "agent",
      ingress: "eck-fleet-server-prod-ingress",
      targetGroup: "k8s-elastics-fleetser-4d7a90c1be",
      targetGroupId: "3a9c5e7f1b0d8246",
      targetType: "instance",
      protocol: "HTTPS",
      algorithm: "round_robin",
      stickyClients: null,
      host: "eck-fleet-server.internal-domain.local",
      nodePort: 32_202,
      port: 8220,
      targetPort: 8220,
      containerPort: 8220,
      healthCheck: { path: "/health", matcher: "404", interval: 300, timeout: 60 },
      image: "docker.elastic.co/beats/elastic-agent",
      version: "9.0.3",
      versionDays: 41,
      replicas: 1,
      server: { flavour: "go", processes: 1, threads: 1, program: ["elastic-agent", "container", "-e"] },
      efficiency: 0.9,
      cpuRequest: 0.5,
      cpuLimit: 1,
      memoryRequest: "1Gi",
      memoryLimit: "1Gi",
      residentMemory: 0.4 * 2 ** 30,
      probes: { startup: false, liveness: false, readiness: true },
      appliedBy: "operator",
      spread: false,
      startSeconds: 60,
      traffic: { base: 0, wobble: 0, bursts: [], levels: [] },
      work: { cpu: 0.02, cv: 0, cpuMax: 1, wait: 0, waitCv: 0, slowShare: 0, slowSeconds: 0 },
      // The seed's figures (5 agents, 3–5 requests a minute, 300 s each) fit together only if each agent holds about four
      // polls at a time: by Little's law 4 a minute × 5 minutes are 20 requests in the house.
      longPoll: { clients: 20, ceiling: 299.4, jitter: 0.8, early: 0, pause: 0.2 },
      slowDependency: [],
      rollouts: [],
      autoscaler: null,
      orphanedAutoscaler: null,
      spuriousThrottling: 0,
      inFlight: null,
    },
    others: [],
    nodes: NODES,
    sharedSlowness: [],
  };
}
