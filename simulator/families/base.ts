import type { NodeSpec } from "../node-spec.ts";
import type { Random } from "../random.ts";
import type { AlarmSpec, FocusService, OtherService, Scenario } from "../scenario.ts";
import { drawNames, type Names, targetGroupName } from "./names.ts";

/**
 * A random, healthy load balancer with one focus service: every family starts from it and makes one thing go wrong. The
 * `threshold` is a stand-in until the family has seen its own metric, see settle.ts.
 */
export function healthyScenario(name: string, seed: number, random: Random): Scenario {
  const names = drawNames(random, 8);
  const zones = names.zones;
  const instance = random.chance(0.65);
  const others = Array.from({ length: random.integer(2, 6) }, (_, index) => drawOther(random, names, index + 1));
  const cluster = { names, nodes: drawNodes(random, names, random.integer(3, 9)) };
  return {
    name: `${name}-${seed}`,
    description: "",
    cause: null,
    seed,
    // A whole minute somewhere in 2026.
    now:
      Date.UTC(2026, random.integer(0, 10), random.integer(1, 28), random.integer(0, 23), random.integer(0, 59)) / 1000,
    window: random.pick([19_800, 21_600]),
    place: {
      account: random.pick(["111122223333", "123456789012", "444455556666"]),
      region: names.region,
      zones,
      cluster: names.cluster,
      vpc: `vpc-0${random.hex(16)}`,
      argoCd: random.chance(0.4),
    },
    loadBalancer: {
      name: `k8s-${names.namespace.replace(/[^a-z0-9]/g, "").slice(0, 17)}-${random.hex(10)}`,
      id: random.hex(16),
      group: names.namespace,
      scheme: random.chance(0.6) ? "internet-facing" : "internal",
      idleTimeout: random.pick([60, 60, 120]),
      clientErrors: random.between(0, 0.03),
      targetErrors: random.chance(0.5) ? 0 : random.between(0, 0.001),
    },
    alarm: drawAlarm(random, names),
    focus: drawFocus(random, names, instance),
    others,
    nodes: cluster.nodes,
    sharedSlowness: [],
  };
}

function drawAlarm(random: Random, names: Names): AlarmSpec {
  const service = names.services[0] ?? "service";
  const whole = random.chance(0.75);
  const evaluationPeriods = random.pick([1, 2, 2, 2, 3, 3]);
  return {
    name: `${names.cluster}-${whole ? names.namespace : service}-${random.pick(["latency", "response-time", "slow", "target-response-time"])}`,
    description: random.chance(0.5) ? null : "Latency of the load balancer's targets",
    on: whole ? "load balancer" : "target group",
    statistic: random.chance(0.8) ? "Average" : random.pick(["p90", "p95", "p99"]),
    threshold: 1,
    period: 60,
    evaluationPeriods,
    datapointsToAlarm: random.chance(0.7) ? evaluationPeriods : Math.max(1, evaluationPeriods - 1),
    treatMissingData: random.pick(["missing", "missing", "notBreaching", "ignore"]),
    initially: "OK",
    earlier: [],
    since: random.integer(4, 60) * 86_400,
    longHistory: random.chance(0.1),
  };
}

function drawFocus(random: Random, names: Names, instance: boolean): FocusService {
  const service = names.services[0] ?? "service";
  const ingress = random.pick([`${service}-ingress`, "ingress", `${names.namespace}-ingress`]);
  const targetPort = random.pick([8000, 8080, 5000, 3000, 9000]);
  const replicas = random.integer(2, 8);
  return {
    namespace: names.namespace,
    service,
    deployment: random.chance(0.7) ? service : `${service}-web`,
    container: random.pick([service, "app", "web", "server"]),
    ingress,
    targetGroup: targetGroupName(random, names.namespace, service),
    targetGroupId: random.hex(16),
    targetType: instance ? "instance" : "ip",
    protocol: random.chance(0.9) ? "HTTP" : "HTTPS",
    algorithm: instance || random.chance(0.75) ? "round_robin" : "least_outstanding_requests",
    stickyClients: null,
    host: `${service}.example.com`,
    nodePort: random.integer(30_000, 32_767),
    port: 80,
    targetPort,
    containerPort: random.chance(0.8) ? targetPort : 8081,
    healthCheck: {
      path: random.pick(["/health", "/healthz", "/ready", "/"]),
      matcher: "200",
      interval: random.pick([10, 15, 30]),
      timeout: 5,
    },
    image: `registry.example.com/${names.namespace}/${service}`,
    version: `${random.integer(1, 4)}.${random.integer(0, 40)}.${random.integer(1, 9)}`,
    versionDays: random.between(1.5, 40),
    replicas,
    server: { flavour: "go", processes: 1, threads: 1 },
    efficiency: random.between(0.85, 0.97),
    cpuRequest: 0.5,
    cpuLimit: null,
    memoryRequest: "512Mi",
    memoryLimit: random.chance(0.7) ? "2Gi" : null,
    residentMemory: random.between(0.2, 1.2) * 2 ** 30,
    probes: { startup: random.chance(0.3), liveness: random.chance(0.8), readiness: random.chance(0.75) },
    appliedBy: random.pick(["kubectl", "helm", "argocd"]),
    spread: random.chance(0.3),
    startSeconds: random.between(15, 60),
    traffic: { base: 1, wobble: random.between(0.05, 0.2), bursts: [], levels: [] },
    work: { cpu: 0.02, cv: 0.6, cpuMax: 1, wait: 0.03, waitCv: 0.6, slowShare: 0, slowSeconds: 0 },
    longPoll: null,
    slowDependency: [],
    rollouts: [],
    autoscaler: null,
    orphanedAutoscaler: random.chance(0.1) ? { name: `${service}-old`, target: `${service}-old` } : null,
    spuriousThrottling: random.between(0, 0.002),
    inFlight: null,
  };
}

function drawOther(random: Random, names: Names, index: number): OtherService {
  const service = names.services[index] ?? `service-${index}`;
  const latency = random.between(0.015, 0.15);
  return {
    namespace: names.namespace,
    service,
    targetGroup: targetGroupName(random, names.namespace, service),
    targetGroupId: random.hex(16),
    nodePort: random.integer(30_000, 32_767),
    host: `${service}.example.com`,
    replicas: random.integer(1, 4),
    rate: random.between(0.2, 1.8),
    latency,
    cv: random.between(0.3, 0.9),
    cpu: latency * random.between(0.1, 0.5),
    sharesDependency: false,
    slowShare: 0,
    slowSeconds: 0,
    levels: [],
  };
}

/** Instance types with their CPUs, what pods may request of them (millicores), and their memory. */
const TYPES = [
  { type: "m6i.xlarge", cores: 4, allocatable: 3920, memory: "14994040Ki" },
  { type: "m5.2xlarge", cores: 8, allocatable: 7910, memory: "31391148Ki" },
  { type: "c6i.2xlarge", cores: 8, allocatable: 7910, memory: "14934200Ki" },
  { type: "m7g.xlarge", cores: 4, allocatable: 3920, memory: "15112344Ki" },
] as const;

/** A node group with room to spare. */
function drawNodes(random: Random, names: Pick<Names, "region" | "zones">, count: number): NodeSpec[] {
  const chosen = random.pick(TYPES);
  const net = random.integer(1, 90);
  return Array.from({ length: count }, (_, index) => {
    const zone = names.zones[index % names.zones.length] as string;
    const ip = `10.${net}.${(index % names.zones.length) * 32 + random.integer(0, 15)}.${10 + index * 7 + random.integer(0, 6)}`;
    const spot = random.chance(0.4);
    return {
      name: `ip-${ip.replaceAll(".", "-")}.${names.region}.compute.internal`,
      ip,
      zone,
      instanceId: `i-0${random.hex(16)}`,
      instanceType: chosen.type,
      cores: chosen.cores,
      allocatable: chosen.allocatable,
      memory: chosen.memory,
      group: spot ? "spot" : "on-demand",
      capacityType: spot ? "SPOT" : "ON_DEMAND",
      daemonsetRequest: random.integer(200, 500),
      tenantRequest: random.integer(200, Math.round(chosen.cores * 300)),
      tenantUse: chosen.cores * random.between(0.05, 0.2),
      tenantWobble: random.between(0.05, 0.25),
      tenantBusy: [],
    };
  });
}
