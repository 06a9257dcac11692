import type { NodeSpec } from "../node-spec.ts";
import type { FocusService, OtherService, Scenario } from "../scenario.ts";
import type { Server } from "../servers.ts";
import type { Measurement } from "./measurement.ts";
import { hostOf, nodePort, POD_PORT } from "./places.ts";
import { gunicornOptions } from "./pod.ts";
import type { TunnelAlarm, TunnelScenario } from "./scenario.ts";

/*
 * The names and settings around what was measured: an account, a cluster and objects in it that could hold just such a
 * fleet. Nothing here is measured but what comes from the scenario that ran.
 */

const ALARM_NAMES: Record<TunnelAlarm["metric"], string> = {
  TargetResponseTime: "data-alb-target-response-time",
  HTTPCode_ELB_5XX_Count: "data-alb-elb-5xx",
};

/** The scenario as the simulator's answers read it. `perRequest`: CPU seconds of one of the neighbour's requests. */
export function scenarioOf({ scenario, now }: Measurement, perRequest: number): Scenario {
  const { id, description, seed, alarm, balancer } = scenario;
  return {
    name: id,
    description,
    cause: null,
    seed,
    now,
    window: scenario.minutes * 60,
    place: {
      account: "111122223333",
      region: "eu-west-2",
      zones: ZONES,
      cluster: "tunnel",
      vpc: "vpc-0c1f5a7e3b9d2846f",
      argoCd: false,
    },
    loadBalancer: {
      name: "k8s-data-core-4be19c7d02",
      id: "91c4de07a5f3b826",
      group: "data-core",
      scheme: "internal",
      idleTimeout: balancer.idleTimeout,
      clientErrors: 0,
      targetErrors: 0,
    },
    alarm: {
      ...alarm,
      name: ALARM_NAMES[alarm.metric],
      description: null,
      on: "load balancer",
      period: 60,
      earlier: [],
      since: 9 * 86_400,
      longHistory: false,
    },
    focus: focusOf(scenario),
    others: [neighbourOf(scenario, perRequest)],
    nodes: nodesOf(balancer.nodes),
    sharedSlowness: [],
  };
}

const ZONES = ["eu-west-2a", "eu-west-2b"];

function focusOf({ fleet, balancer }: TunnelScenario): FocusService {
  return {
    namespace: "default",
    service: "data-service",
    deployment: "data-service",
    container: "app",
    ingress: "data-ingress",
    targetGroup: "k8s-default-dataserv-5ac0e8127f",
    targetGroupId: "7d20c5b8e13f9a64",
    targetType: balancer.targetType,
    protocol: "HTTP",
    algorithm: balancer.algorithm,
    stickyClients: null,
    host: hostOf(0),
    nodePort: nodePort(0),
    port: 80,
    targetPort: POD_PORT,
    containerPort: POD_PORT,
    healthCheck: { path: "/health", matcher: "200", interval: 15, timeout: 5 },
    image: "111122223333.dkr.ecr.eu-west-2.amazonaws.com/data-service",
    version: "v1",
    versionDays: 6,
    replicas: fleet.replicas,
    server: { flavour: "gunicorn-sync", processes: 1, threads: 1 },
    efficiency: 1,
    cpuRequest: fleet.cpuRequest,
    cpuLimit: fleet.cpuLimit,
    memoryRequest: "256Mi",
    memoryLimit: "512Mi",
    residentMemory: 150 * 2 ** 20,
    probes: { startup: false, liveness: false, readiness: false },
    appliedBy: "kubectl",
    spread: false,
    startSeconds: 10,
    traffic: { base: 0, wobble: 0, bursts: [], levels: [] },
    work: { cpu: 0, cv: 0, cpuMax: 0, wait: 0, waitCv: 0, slowShare: 0, slowSeconds: 0 },
    longPoll: null,
    slowDependency: [],
    rollouts: [],
    autoscaler: null,
    orphanedAutoscaler: null,
    spuriousThrottling: 0,
    inFlight: null,
  };
}

function neighbourOf(_: TunnelScenario, cpu: number): OtherService {
  return {
    namespace: "default",
    service: "auth-service",
    targetGroup: "k8s-default-authserv-e70b41d9c3",
    targetGroupId: "04b9f6a2d8e71c35",
    nodePort: nodePort(1),
    host: hostOf(1),
    replicas: 2,
    rate: 0,
    latency: 0,
    cv: 0,
    cpu,
    idleCpu: 0,
    sharesDependency: false,
    slowShare: 0,
    slowSeconds: 0,
    levels: [],
  };
}

function nodesOf(count: number): NodeSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const ip = `10.30.${16 * (index % ZONES.length) + 9}.${20 + 31 * index}`;
    return {
      name: `ip-${ip.replaceAll(".", "-")}.eu-west-2.compute.internal`,
      ip,
      zone: ZONES[index % ZONES.length] as string,
      instanceId: `i-0${"3b7d51e9f0c2a648"}${index}`,
      instanceType: "m6i.2xlarge",
      cores: 8,
      allocatable: 7910,
      memory: "31900000Ki",
      group: "workers",
      capacityType: "ON_DEMAND",
      daemonsetRequest: 400,
      tenantRequest: 500,
      tenantUse: TENANTS,
      tenantWobble: 0,
      tenantBusy: [],
    };
  });
}

/** Cores that everything else on a node uses; made up, and the same at all times. */
export const TENANTS = 0.4;

/** The container's command, and its processes as they were seen. */
export function serverOf({ scenario, processes, threads }: Measurement): Server {
  const { server } = scenario.fleet;
  const shape =
    server.kind === "node"
      ? ({ kind: "event loop", slots: 1, command: ["node", "app.mjs"], args: [] } as const)
      : ({
          kind: server.threads > 1 ? "threads" : "processes",
          slots: server.workers * server.threads,
          command: ["gunicorn"],
          args: gunicornOptions(server, `0.0.0.0:${POD_PORT}`),
        } as const);
  return {
    ...shape,
    cores: server.kind === "node" ? 1 : server.workers,
    holdsWhileWaiting: server.kind === "gunicorn",
    env: [],
    configFile: null,
    processList: processes.map((line, index) => {
      const shown = line.replace(/--bind=\S+/, `--bind=0.0.0.0:${POD_PORT}`);
      return index === 0 ? `      1       0 ${shown}` : `${String(6 + index).padStart(7)}       1 ${shown}`;
    }),
    threadCount: threads,
  };
}
