import type { Facts, GroupLoad, LatencyFact, PodSeries } from "../../src/model/facts.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Hypothesis } from "../../src/model/judgement.ts";
import type { Session } from "../../src/model/session.ts";
import type { Series } from "../../src/model/time.ts";
import { judgedOf } from "../judged.ts";

/** A session made by hand for the board's tests: four pods alike under a ceiling, and one hypothesis left open. */

const START = 1_782_460_800; // 2026-06-26T08:00:00Z
const MINUTES = 120;
const END = START + MINUTES * 60;
const BURSTS = [20, 60, 100] as const;
const LONG = 5;

function inBurst(minute: number): boolean {
  return BURSTS.some((start) => minute >= start && minute < start + LONG);
}

function series(of: (minute: number) => number | null): Series {
  return { start: START, step: 60, values: Array.from({ length: MINUTES }, (_, minute) => of(minute)) };
}

/** Cores of one pod: `busy` in the bursts, next to nothing outside them. */
export function pod(name: string, busy: (minute: number) => number): PodSeries {
  const cpu = series((minute) => (inBurst(minute) ? busy(minute) : 0.05));
  const inside = cpu.values.filter((_, minute) => inBurst(minute)).map((value) => value ?? 0);
  const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  return { pod: name, cpu, inBursts: mean, peak: Math.max(...inside), outside: 0.05 };
}

export function group(name: string, share: number): GroupLoad {
  return {
    arn: `arn:${name}`,
    name,
    requests: 1000,
    outside: 0.2,
    inside: share > 0 ? 5.83 : 0.2,
    worstAverage: 8,
    maximum: 29.7,
    shareByEpisode: [],
    share,
  };
}

const judged = series((minute) => (inBurst(minute) ? 5 : 0.3));
const latency: LatencyFact = {
  period: 60,
  judged,
  average: judged,
  p50: judged,
  p95: judged,
  p99: judged,
  maximum: judged,
  requests: series(() => 300),
  target5xx: series(() => 0),
  elb5xx: null,
};

const alarm: Facts["alarm"] = {
  name: "api-response-time",
  arn: "arn:aws:cloudwatch:eu-west-2:123456789012:alarm:api-response-time",
  description: null,
  namespace: "AWS/ApplicationELB",
  metric: "TargetResponseTime",
  dimensions: { LoadBalancer: "app/api/0123456789abcdef" },
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

export const facts: Partial<Facts> = {
  alarm,
  judged: judgedOf(alarm, latency),
  alarmMetric: latency,
  episodes: {
    window: { start: START, end: END },
    transitions: [],
    earlier: [],
    historyFrom: null,
    episodes: BURSTS.map((minute, index) => ({
      id: index + 1,
      alarmAt: START + (minute + 2) * 60,
      okAt: START + (minute + LONG + 1) * 60,
      burst: { start: START + minute * 60, end: START + (minute + LONG) * 60 },
      breaching: LONG,
      worst: 5,
      requests: 1500,
      fewestRequests: 300,
    })),
    from: "history",
    cycles: 3,
    cyclesPerHour: 1.5,
    flappingFor: 80 * 60,
    longest: 240,
  },
  blame: {
    groups: [group("k8s-default-dataservice-88e28b4b6c", 0.97), group("k8s-default-auth-1111111111", 0.03)],
    verdict: "one",
    guilty: group("k8s-default-dataservice-88e28b4b6c", 0.97),
    alsoRose: [],
    residual: 0,
  },
  topology: {
    targetType: "instance",
    targets: [],
    healthy: 10,
    algorithm: "round_robin",
    stickiness: null,
    crossZone: null,
    deregistrationDelay: 300,
    slowStart: 0,
    idleTimeout: 60,
    path: [
      { at: "load balancer", picks: "one of the nodes", sees: "which node is next", blind: "the pods" },
      { at: "node", picks: "one of 4 pods at random", sees: "ready endpoints", blind: "how busy a pod is" },
    ],
  },
  podCpu: {
    pods: ["x7k2p", "m4qpz", "9fzdc", "c81nv"].map((end, index) =>
      pod(`data-service-7db0cc-${end}`, () => 0.9 - index * 0.005),
    ),
    together: 4,
    byEpisode: [],
    jain: 0.99,
    spread: 0.06,
    plateau: 0.9,
    clumpedShare: 0,
    samePods: 0.1,
    fleetInBursts: 3.5,
    fleetOutside: 0.2,
    throttledShare: 0.001,
    throttledOutside: 0,
    restarts: 0,
    snapshot: [
      { pod: "data-service-7db0cc-x7k2p", cpu: 0.997 },
      { pod: "data-service-7db0cc-m4qpz", cpu: 0.012 },
    ],
  },
  workers: {
    workers: 1,
    kind: "processes",
    server: "gunicorn",
    sources: [],
    quota: 1.5,
    quotaFrom: "cpu.max",
    cpuMax: "150000 100000",
    residentMemory: null,
  },
  demand: {
    serviceTime: 0.8,
    cpuPerRequest: 0.7,
    cpuPerRequestOutside: 0.7,
    pods: 4,
    workers: 1,
    ceiling: 4,
    byEpisode: BURSTS.map((_, index) => ({
      episode: index + 1,
      arrivals: 7,
      demand: 5.6,
      outstanding: [9.5, 3.2, 12][index] ?? 0,
      latency: 5,
    })),
  },
};

function finding(id: string, statement: string, measures: Finding["measures"] = {}): Finding {
  const step = id.split(".")[0] ?? id;
  return { id, step, statement, measures, reproduce: [`aws cloudwatch get-metric-data --for ${id}`] };
}

function hypothesis(fields: Pick<Hypothesis, "cause" | "title" | "status" | "because" | "evidence">): Hypothesis {
  return {
    claim: `The claim of ${fields.title}.`,
    explains: fields.status === "confirmed" ? [1, 2, 3] : [],
    ...fields,
  };
}

export const session: Session = {
  schemaVersion: 1,
  playbook: "latency",
  opening: {
    id: "2026-06-26-api-response-time-01234567",
    version: "0.1.0",
    alarmName: "api-response-time",
    now: "2026-06-26T10:00:00Z",
    window: { start: START, end: END },
    allowExec: false,
    source: { kind: "fixture", fixture: "sample", description: "made by hand for tests" },
  },
  steps: [
    { id: "alarm-history", title: "alarm history", state: "done", note: null },
    { id: "target-groups", title: "target groups", state: "done", note: null },
    { id: "target-topology", title: "topology", state: "done", note: null },
    { id: "pod-cpu", title: "pod CPU", state: "done", note: null },
    { id: "worker-quota", title: "workers and quota", state: "skipped", note: "needs the workload's pods" },
  ],
  exchanges: [],
  facts,
  findings: [
    finding("alarm-history.flapping", "went from OK to ALARM 3 times", { cycles: 3 }),
    finding("target-groups.shares", "data-service carries 97 % of the excess latency"),
    finding("pod-cpu.evenness", "4 pods: 0.84–0.9 cores in the bursts, evenness 0.99", { jain: 0.99 }),
    finding("pod-cpu.plateau", "the busiest pods flatten at 0.9 cores", { plateau: 0.9 }),
  ],
  hypotheses: [
    hypothesis({
      cause: "worker-concurrency-ceiling",
      title: "too few workers",
      status: "confirmed",
      because: "all pods flatten at 0.9 cores",
      evidence: ["pod-cpu.plateau", "pod-cpu.evenness"],
    }),
    hypothesis({
      cause: "uneven-pod-load",
      title: "round robin clumps requests",
      status: "rejected",
      because: "all 4 pods ran alike in the bursts (0.84–0.9 cores)",
      evidence: ["pod-cpu.evenness"],
    }),
    hypothesis({
      cause: "slow-dependency",
      title: "something behind the pods is slow",
      status: "undetermined",
      because: "needs the pods' CPU",
      evidence: [],
    }),
  ],
  factors: [
    { factor: "alarm-on-average", statement: "the alarm judges the average", evidence: ["alarm-history.flapping"] },
  ],
  verdict: {
    rootCause: "worker-concurrency-ceiling",
    confidence: "confirmed",
    headline: "data-service can work on 4 requests at a time; the bursts bring 12.",
    summary: "4 pods × 1 worker can work on 4 requests at a time, and requests wait.",
    service: { namespace: "default", name: "data-service" },
    factors: ["alarm-on-average"],
    explains: { episodes: 3, of: 3 },
  },
  fixes: [
    {
      id: "more-workers",
      for: ["worker-concurrency-ceiling"],
      title: "2 workers",
      why: "they lift the ceiling to 8",
      risk: "memory",
      changes: [
        { target: "Deployment default/data-service", patch: "-workers: 1\n+workers: 2", command: "kubectl patch" },
      ],
      preconditions: [],
      verify: [],
      rollback: [],
    },
  ],
  gaps: [
    {
      id: "worker-quota exec",
      step: "worker-quota",
      source: "kubernetes",
      kind: "forbidden",
      what: "cpu.max could not be read",
      consequence: "still open: something behind the pods is slow",
      remedy: "ask for pods/exec",
    },
  ],
  outcome: "established",
};

/** As large as it gets: findings and target groups by the hundred. */
export function largeSession(findings: number, groups: number): Session {
  const names = Array.from({ length: groups }, (_, index) =>
    group(`k8s-shop-service${index}-${1000 + index}`, 1 / groups),
  );
  return {
    ...session,
    facts: { ...facts, ...(facts.blame && { blame: { ...facts.blame, groups: names } }) },
    findings: Array.from({ length: findings }, (_, index) =>
      finding(
        `${session.steps[index % 4]?.id}.n${index}`,
        `finding ${index} of many, told in one sentence with its figures`,
        {
          first: index / 3,
          second: [index, index + 1],
        },
      ),
    ),
  };
}
