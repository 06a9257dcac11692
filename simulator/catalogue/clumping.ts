import type { NodeSpec } from "../node-spec.ts";
import type { Burst, OtherService, Scenario, Work } from "../scenario.ts";

/**
 * Round robin as the cause (000, top section). Bulk clients send documents over kept-alive connections. Most extractions
 * take some tenths of a second, a few take many seconds, and nobody who hands them out looks how busy a pod is:
 *
 * - behind a NodePort kube-proxy picks a pod for each connection, so that least outstanding requests, which counts at the
 *   nodes, changes nothing;
 * - with pods as targets round robin gives each pod its turn, also those whose workers both have a long document;
 * - only with both does the load balancer see the pods and look at them.
 *
 * Times are seconds after the window's start, 03:00 UTC.
 */
const NOW = Date.parse("2026-05-12T09:00:00Z") / 1000;
const WINDOW = 6 * 3600;

/** Found by search: about 33 % CPU over the fleet and 3 s of latency in the bursts, and what each change does to them. */
const FOUND = { seed: 443, rate: 6.2 };

const EXTRACTION: Work = { cpu: 0.8, cv: 3, cpuMax: 25, wait: 0.02, waitCv: 0.5, slowShare: 0, slowSeconds: 0 };

function bulk(rate: number): Burst[] {
  const episodes = [
    [2400, 240],
    [4980, 180],
    [7800, 300],
    [10_320, 200],
    [13_260, 260],
    [15_900, 180],
    [18_900, 320],
  ] as const;
  return episodes.map(([at, seconds]) => ({ at, seconds, rate, connections: { count: 18, life: 1000 } }));
}

const NODES: readonly NodeSpec[] = Array.from({ length: 6 }, (_, index) => {
  const zone = ["eu-west-2a", "eu-west-2b"][index % 2] as string;
  const ip = `10.41.${32 * (index % 2) + 4}.${[18, 77, 131, 46, 203, 94][index]}`;
  return {
    name: `ip-${ip.replaceAll(".", "-")}.eu-west-2.compute.internal`,
    ip,
    zone,
    instanceId: `i-0${["71c4e9ab0d25f3862", "b82d60f9c7e1a4350", "3f5e18d7a6c90b24d", "c06a4b92e8f71d357", "984fd3e1b07c2a56e", "2ad7159c6e80fb43d"][index]}`,
    instanceType: "c6i.2xlarge",
    cores: 8,
    allocatable: 7910,
    memory: "14934200Ki",
    group: "workers",
    capacityType: "ON_DEMAND",
    daemonsetRequest: 450,
    tenantRequest: 1400 + 200 * (index % 3),
    tenantUse: 0.8,
    tenantWobble: 0.15,
    tenantBusy: [],
  };
});

/** Fast, uniform services, which keep round robin on purpose. */
const OTHERS: readonly OtherService[] = [
  other("auth", "a0c4b1d7e2", "0f4a9c2d7b613e85", 30_118, 0.9, 0.03),
  other("data", "5be2907fc3", "d3b7f6a0195c2e48", 31_764, 0.7, 0.12),
  other("game", "e917c04ad6", "7c21e8d5b4f03a96", 30_527, 0.8, 0.06),
  other("webhook", "28fd6b3ca0", "a85e0c7f3d92b164", 32_290, 0.5, 0.05),
  other("profile", "b36ea8175d", "16d9f4b8a2c07e53", 31_015, 0.4, 0.08),
];

function other(
  service: string,
  hash: string,
  targetGroupId: string,
  nodePort: number,
  rate: number,
  latency: number,
): OtherService {
  return {
    namespace: "extract",
    service,
    targetGroup: `k8s-extract-${service}-${hash}`,
    targetGroupId,
    nodePort,
    host: `${service}.example.net`,
    replicas: 2,
    rate,
    latency,
    cv: 0.35,
    cpu: latency * 0.3,
    sharesDependency: false,
    slowShare: 0,
    slowSeconds: 0,
    levels: [],
  };
}

export function clumping(found = FOUND): Scenario {
  return {
    name: "clumping",
    description:
      "Bulk clients' documents clump on a few pods of service3 while its other pods idle: neither round robin over nodes nor kube-proxy's pick sees how busy a pod is.",
    cause: "uneven-pod-load",
    seed: found.seed,
    now: NOW,
    window: WINDOW,
    place: {
      account: "123456789012",
      region: "eu-west-2",
      zones: ["eu-west-2a", "eu-west-2b"],
      cluster: "extraction",
      vpc: "vpc-07f6e5d4c3b2a1908",
      argoCd: false,
    },
    loadBalancer: {
      name: "k8s-extract-0b3f9d62a7",
      id: "c4e8b1d70f295a36",
      group: "extract",
      scheme: "internal",
      idleTimeout: 120,
      clientErrors: 0.01,
      targetErrors: 0,
    },
    alarm: {
      name: "extract-alb-response-time-high",
      description: "TargetResponseTime of the extract load balancer",
      on: "load balancer",
      statistic: "Average",
      threshold: 0.8,
      period: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: "notBreaching",
      initially: "OK",
      earlier: [
        { ago: 26.2 * 3600, seconds: 180 },
        { ago: 24.9 * 3600, seconds: 120 },
        { ago: 23.1 * 3600, seconds: 240 },
      ],
      since: 6 * 86_400,
      longHistory: false,
    },
    focus: {
      namespace: "extract",
      service: "service3",
      deployment: "service3",
      container: "app",
      ingress: "service3",
      targetGroup: "k8s-extract-service3-9d04e7b1f8",
      targetGroupId: "8e0b5c3f6a7d2914",
      targetType: "instance",
      protocol: "HTTP",
      algorithm: "round_robin",
      stickyClients: null,
      host: "service3.example.net",
      nodePort: 31_440,
      port: 80,
      targetPort: 8000,
      containerPort: 8000,
      healthCheck: { path: "/healthz", matcher: "200", interval: 15, timeout: 5 },
      image: "123456789012.dkr.ecr.eu-west-2.amazonaws.com/service3",
      version: "2026.05.04",
      versionDays: 7.8,
      replicas: 7,
      server: { flavour: "gunicorn-args", processes: 2, threads: 1 },
      efficiency: 0.9,
      cpuRequest: 1,
      cpuLimit: 2,
      memoryRequest: "2Gi",
      memoryLimit: "4Gi",
      residentMemory: 1.7 * 2 ** 30,
      probes: { startup: false, liveness: true, readiness: true },
      appliedBy: "helm",
      spread: true,
      startSeconds: 40,
      traffic: { base: 0.35, wobble: 0.15, bursts: bulk(found.rate), levels: [] },
      work: EXTRACTION,
      longPoll: null,
      slowDependency: [],
      rollouts: [],
      autoscaler: null,
      orphanedAutoscaler: null,
      spuriousThrottling: 0.002,
      inFlight: null,
    },
    others: OTHERS,
    nodes: NODES,
    sharedSlowness: [],
  };
}
