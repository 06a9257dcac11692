import type { Facts, LatencyFact, NodeFact, NodeGroupFact } from "../../src/model/facts.ts";
import type { Verdict } from "../../src/model/judgement.ts";
import { judgedOf } from "../judged.ts";

/**
 * The main incident's facts, written down from its figures (000 A–N) and not from any simulation: what
 * the fixes make of them must be what its engineers did. What the document does not give is marked.
 */
const START = Date.parse("2026-06-26T05:15:00Z") / 1000;
const MINUTES = 300;
/** Nine bursts of five minutes; their times are made up. */
const BURSTS = [20, 52, 84, 116, 148, 180, 212, 244, 276];
const BURST_MINUTES = 5;
const burstAt = (minute: number) => BURSTS.find((start) => minute >= start && minute < start + BURST_MINUTES);
const inBurst = (minute: number) => burstAt(minute) !== undefined;

const grid = (value: (minute: number) => number | null) => ({
  start: START,
  step: 60,
  values: Array.from({ length: MINUTES }, (_, minute) => value(minute)),
});

/** A request of 0.45 CPU seconds (made up) on a worker that shows 0.9 cores: half a second without a queue. */
const SERVICE = { cpu: 0.45, seconds: 0.5 };
/** Mean latency minute by minute of a burst: the line grows to the document's 5.83 s (the steps are made up). */
const GROWING = [1.2, 2.4, 3.6, 4.8, 5.83];
export const BURST_LATENCY = GROWING.reduce((all, one) => all + one, 0) / GROWING.length;
const RATE = { burst: 480, quiet: 24, others: 60 };

function metric(whole: boolean): LatencyFact {
  const others = whole ? RATE.others : 0;
  const requests = (minute: number) => (inBurst(minute) ? RATE.burst : RATE.quiet) + others;
  const own = (minute: number) => GROWING[minute - (burstAt(minute) ?? minute + 1)] ?? SERVICE.seconds;
  const average = (minute: number) => {
    const count = requests(minute);
    return ((count - others) * own(minute) + others * 0.06) / count;
  };
  return {
    period: 60,
    judged: grid(average),
    average: grid(average),
    p50: grid((minute) => average(minute) * 0.85),
    p95: grid((minute) => average(minute) * 2),
    p99: grid((minute) => average(minute) * 3),
    maximum: grid((minute) => (inBurst(minute) ? 29.7 : 1.5)),
    requests: grid(requests),
    target5xx: grid(() => 0),
    elb5xx: null,
  };
}

const at = (minute: number) => START + minute * 60;
/** Spot and on-demand (000 J); their bounds are made up. */
const GROUPS: readonly NodeGroupFact[] = [
  { name: "general-on-demand", min: 2, max: 4, current: 4 },
  { name: "general-spot", min: 2, max: 10, current: 6 },
];
const NODES: readonly NodeFact[] = Array.from({ length: 10 }, (_, index) => ({
  name: `node-${index}`,
  instanceId: `i-${index}`,
  instanceType: "m6i.xlarge",
  zone: `eu-west-2${"abc"[index % 3]}`,
  ip: `10.0.0.${index}`,
  allocatableCpu: 3.92,
  allocatableMemory: 14.3 * 2 ** 30,
  requestedCpu: 2.4,
  systemCpu: 0.4,
  group: GROUPS[index % 5 < 3 ? 1 : 0]?.name ?? null,
  pods: index < 4 ? 1 : 0,
  busyInBursts: index < 4 ? 0.35 : null,
}));

const CONFIGURATION = 'bind = "0.0.0.0:8000"\nworkers = 1\nworker_class = "uvicorn.workers.UvicornWorker"\n';
const workersAt = CONFIGURATION.indexOf("workers = ") + "workers = ".length;
const WORKERS_AT = { start: workersAt, end: workersAt + 1 };

const container: Facts["workload"]["serving"] = {
  name: "data-service",
  image: "data-service:v1.14.3-prod",
  command: ["gunicorn", "-c", "/etc/gunicorn/gunicorn.conf.py", "app.main:app"],
  args: ["-c", "/etc/gunicorn/gunicorn.conf.py", "app.main:app"],
  environment: {},
  ports: [{ name: "http", port: 8080 }],
  cpuRequest: 1.2,
  cpuLimit: 1.5,
  memoryRequest: 3 * 2 ** 30,
  memoryLimit: 6 * 2 ** 30,
  probes: { readiness: false, liveness: true, startup: true },
  configMaps: ["data-service-gunicorn"],
};

const pods = ["7fj2k", "b4xqz", "m9c5t", "x7k2d"].map((hash, index) => ({
  name: `data-service-6c9f7d8b54-${hash}`,
  node: `node-${index}`,
  ip: `10.0.1.${index}`,
  ready: true,
  phase: "Running",
  created: START,
  restarts: 0,
  lastTermination: null,
}));

export function mainFacts(): Facts {
  const episodes = BURSTS.map((minute, index) => ({
    id: index + 1,
    alarmAt: at(minute + 2) + 48,
    okAt: at(minute + BURST_MINUTES + 1) + 48,
    burst: { start: at(minute), end: at(minute + BURST_MINUTES) },
    breaching: BURST_MINUTES,
    worst: 5.19,
    requests: 540 * BURST_MINUTES,
    fewestRequests: 540,
  }));
  const cpu = grid((minute) => (inBurst(minute) ? 0.9 : 0.06));
  const alarm: Facts["alarm"] = {
    name: "k8s-api-prod-core-7db0ccf2c3-target-response-time",
    arn: "arn:aws:cloudwatch:eu-west-2:111122223333:alarm:k8s-api-prod-core-7db0ccf2c3-target-response-time",
    description: null,
    namespace: "AWS/ApplicationELB",
    metric: "TargetResponseTime",
    dimensions: { LoadBalancer: "app/k8s-api-prod-core-7db0ccf2c3/5d8a1c0f7e2b9643" },
    statistic: "Average",
    threshold: 0.8,
    comparison: "GreaterThanThreshold",
    period: 60,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: "missing",
    state: "OK",
    stateSince: null,
  };
  return {
    alarm,
    judged: judgedOf(alarm, metric(true)),
    alarmMetric: metric(true),
    guiltyMetric: metric(false),
    episodes: {
      window: { start: START, end: at(MINUTES) },
      transitions: episodes.flatMap(({ alarmAt, okAt }) => [
        { at: alarmAt, from: "OK" as const, to: "ALARM" as const },
        { at: okAt, from: "ALARM" as const, to: "OK" as const },
      ]),
      earlier: [],
      historyFrom: START - 86_400,
      episodes,
      from: "history",
      cycles: 9,
      cyclesPerHour: 1.8,
      flappingFor: 4.3 * 3600,
      longest: 240,
    },
    loadBalancer: {
      arn: "arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/k8s-api-prod-core-7db0ccf2c3/5d8a1c0f7e2b9643",
      name: "k8s-api-prod-core-7db0ccf2c3",
      type: "application",
      scheme: "internet-facing",
      zones: ["eu-west-2a", "eu-west-2b", "eu-west-2c"],
      idleTimeout: 60,
      crossZone: true,
      listeners: [],
      rules: [],
    },
    targetGroups: [],
    suspect: { group: null, isOwn: false },
    blame: { groups: [], verdict: "one", guilty: null, alsoRose: [], residual: 0 },
    service: {
      targetGroup:
        "arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/k8s-default-dataservice-88e28b4b6c/1",
      namespace: "default",
      name: "data-service",
      proof: "tags",
      type: "NodePort",
      nodePort: 31_892,
      port: 80,
      targetPort: "8000",
      externalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
      selector: { app: "data-service" },
    },
    topology: {
      targetType: "instance",
      targets: [],
      healthy: 10,
      algorithm: "round_robin",
      stickiness: { enabled: false, type: null },
      crossZone: null,
      deregistrationDelay: 300,
      slowStart: 0,
      idleTimeout: 60,
      path: [],
    },
    workload: {
      kind: "Deployment",
      namespace: "default",
      name: "data-service",
      replicas: 4,
      pods,
      serving: container,
      containers: [container],
      podCpuRequest: 1.2,
      podMemoryRequest: 3 * 2 ** 30,
      podPattern: "data-service-.*",
      appliedBy: "kubectl",
      spread: [],
      replicaSets: [],
    },
    podCpu: {
      pods: pods.map(({ name }) => ({ pod: name, cpu, inBursts: 0.9, peak: 0.93, outside: 0.06 })),
      byEpisode: [],
      jain: 0.99,
      spread: 0.09,
      plateau: 0.9,
      clumpedShare: 0,
      together: 4,
      samePods: 0.3,
      fleetInBursts: 3.5,
      fleetOutside: 0.24,
      throttledShare: 0.001,
      throttledOutside: 0,
      restarts: 0,
      snapshot: [],
    },
    workers: {
      workers: 1,
      kind: "event loop",
      server: "gunicorn",
      sources: [
        { from: "process list", workers: 1, detail: "2 processes of gunicorn, 1 of them workers" },
        {
          from: "configuration",
          workers: 1,
          detail: "workers = 1 in gunicorn.conf.py",
          place: { in: "config map", name: "data-service-gunicorn", key: "gunicorn.conf.py", ...WORKERS_AT },
        },
      ],
      quota: 1.5,
      quotaFrom: "cpu.max",
      cpuMax: "150000 100000",
      residentMemory: 2.5 * 2 ** 30,
      configuration: {
        configMap: "data-service-gunicorn",
        key: "gunicorn.conf.py",
        text: CONFIGURATION,
      },
    },
    demand: {
      serviceTime: SERVICE.seconds,
      cpuPerRequest: SERVICE.cpu,
      cpuPerRequestOutside: SERVICE.cpu,
      pods: 4,
      workers: 1,
      ceiling: 4,
      byEpisode: episodes.map(({ id }) => ({
        episode: id,
        arrivals: RATE.burst / 60,
        demand: (RATE.burst / 60) * SERVICE.seconds,
        outstanding: (RATE.burst / 60) * 5.83,
        latency: BURST_LATENCY,
      })),
    },
    rollouts: [
      {
        at: at(285),
        replicaSet: "data-service-6c9f7d8b54",
        revision: 42,
        image: "data-service:v1.14.3-prod",
        version: "v1.14.3-prod",
      },
    ],
    autoscaler: {
      target: { name: "data-service", min: 4, max: 7, cpuUtilisation: 80, current: 4, desired: 4 },
      atMaximum: 0,
      replicas: null,
      orphaned: [],
    },
    nodes: NODES,
    nodeGroups: GROUPS,
    changes: { changes: [], trail: null, missing: [], changePoints: [] },
  };
}

export const MAIN_VERDICT: Verdict = {
  rootCause: "worker-concurrency-ceiling",
  confidence: "confirmed",
  headline: "",
  summary: "",
  service: { namespace: "default", name: "data-service" },
  factors: ["autoscaler-never-triggers", "quota-unusable", "instance-target-mode", "no-readiness-probe"],
  explains: { episodes: 9, of: 9 },
};
