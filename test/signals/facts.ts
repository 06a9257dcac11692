/**
 * Hand-made facts for the rows of the signals: small builders with neutral defaults, so that a row says only what matters
 * to it. Each gives the fact under its id, to be spread into a row's facts. Times are minutes of a made-up window unless
 * a name says seconds.
 */
import type {
  AlarmFact,
  AutoscalerFact,
  ChangeFact,
  ChangesFact,
  CpuCheckFact,
  DemandFact,
  EpisodesFact,
  LatencyFact,
  NodeFact,
  PodCpuFact,
  PodSeries,
  RolloutFact,
  WorkersFact,
} from "../../src/model/facts.ts";
import type { JudgedMetric } from "../../src/model/metric.ts";
import type { Epoch, Series } from "../../src/model/time.ts";

type Values = readonly (number | null)[];

/** Where the made-up window begins: a whole minute. */
const START: Epoch = 1_700_000_040;
/** Minutes of the window where nothing says otherwise, and its one spike. */
const MINUTES = 60;
const SPIKE = [30, 40] as const;

export const at = (minute: number): Epoch => START + 60 * minute;

const series = (values: Values, start = START): Series => ({ start, step: 60, values });

/** The same value in all minutes. */
export const always = (value: number, minutes = MINUTES): Values => new Array<number>(minutes).fill(value);

/** One value outside the spikes and another within them; null: none there. */
export const level = (
  outside: number | null,
  inside: number | null,
  spikes: readonly (readonly [number, number])[] = [SPIKE],
  minutes = MINUTES,
): Values =>
  Array.from({ length: minutes }, (_, minute) =>
    spikes.some(([from, to]) => minute >= from && minute < to) ? inside : outside,
  );

/** An alarm on an average of more than half a second. */
export const alarm = (): { alarm: AlarmFact } => ({
  alarm: {
    name: "shop-latency",
    arn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-latency",
    description: null,
    namespace: "AWS/ApplicationELB",
    metric: "TargetResponseTime",
    dimensions: {},
    statistic: "Average",
    threshold: 0.5,
    comparison: "GreaterThanThreshold",
    period: 60,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: "missing",
    state: "ALARM",
    stateSince: null,
  },
});

type MetricValues = Partial<Record<Exclude<keyof LatencyFact, "period">, Values>>;

function latency(known: MetricValues): LatencyFact {
  const minutes = Math.max(...Object.values(known).map((values) => values.length), 1);
  const none: Values = new Array<null>(minutes).fill(null);
  const of = (name: keyof MetricValues) => series(known[name] ?? none);
  return {
    period: 60,
    judged: series(known.judged ?? known.average ?? none),
    average: of("average"),
    p50: of("p50"),
    p95: of("p95"),
    p99: of("p99"),
    maximum: of("maximum"),
    requests: of("requests"),
    target5xx: of("target5xx"),
    elb5xx: null,
  };
}

/** The target group's latency, minute by minute; what is not given has no values. */
export const metric = (known: MetricValues): { guiltyMetric: LatencyFact } => ({ guiltyMetric: latency(known) });

/** The alarm's own metric; it judges the average unless `judged` is given. */
export const alarmMetric = (known: MetricValues): { alarmMetric: LatencyFact } => ({ alarmMetric: latency(known) });

/** The edges of the latency's distribution. */
export const tails = (known: { readonly p10?: Values; readonly p90?: Values }) => ({
  guiltyTails: { p10: series(known.p10 ?? []), p90: series(known.p90 ?? []) },
});

/** Episodes with their spikes from minute to minute; the alarm goes off two minutes into each. */
export const episodes = (
  spikes: readonly (readonly [number, number])[] = [SPIKE],
  more: Partial<EpisodesFact> = {},
  minutes = MINUTES,
): { episodes: EpisodesFact } => ({
  episodes: {
    window: { start: START, end: at(minutes) },
    transitions: [],
    earlier: [],
    historyFrom: START - 14 * 86_400,
    episodes: spikes.map(([from, to], index) => ({
      id: index + 1,
      alarmAt: at(from) + 120,
      okAt: at(to),
      burst: { start: at(from), end: at(to) },
      breaching: to - from,
      worst: 1,
      requests: 1000,
      fewestRequests: 100,
    })),
    from: "history",
    cycles: spikes.length,
    cyclesPerHour: 1,
    flappingFor: 0,
    longest: 600,
    ...more,
  },
});

/** Requests through the load balancer and those that clients gave up, minute by minute. */
export const givenUp = (requests: Values, closed: Values) => ({
  givenUp: { requests: series(requests), closed: series(closed) },
});

/** What the alarm judges, minute by minute. */
export const judged = (values: Values): { judged: JudgedMetric } => ({
  judged: {
    values: series(values),
    samples: null,
    unit: { kind: "duration", scale: 1 },
    datapoints: values.length,
    traffic: null,
    statistics: {},
    companions: [],
    onClockBecause: null,
  },
});

/** Targets that the load balancer's checks find unhealthy, minute by minute. */
export const targetHealth = (unhealthy: Values) => ({
  targetHealth: {
    healthy: series(unhealthy.map((count) => (count === null ? null : 9 - count))),
    unhealthy: series(unhealthy),
  },
});

/** Pods by whether they were ready in each minute (1 or 0). */
export const readiness = (...pods: readonly Values[]) => ({
  readiness: pods.map((ready, index) => {
    const first = ready.indexOf(1);
    return {
      pod: `shop-${index + 1}`,
      created: null,
      firstReady: first === -1 ? null : at(first),
      ready: series(ready),
    };
  }),
});

/** Changes of the alarm's settings: in which minute, and what was before. */
export const alarmChanges = (
  ...changes: readonly (readonly [minute: number, before: Partial<AlarmFact> | null])[]
) => ({
  alarmChanges: { changes: changes.map(([minute, before]) => ({ at: at(minute), before })), from: START - 6 * 86_400 },
});

/** Changes to ALARM before the window, as seconds after (or, negative, before) a time. */
export const alarmsAt = (...times: readonly Epoch[]): EpisodesFact["earlier"] =>
  times.map((time) => ({ at: time, from: "OK", to: "ALARM" }));

/** A pod with its mean cores in the spikes; its figures begin so many seconds after the window. */
export const pod = (inBursts: number | null, beginsAfterSeconds = 0, name = "shop-1"): PodSeries => ({
  pod: name,
  cpu: series([0.1, 0.1], START + beginsAfterSeconds),
  inBursts,
  peak: inBursts,
  outside: 0.1,
});

/** Four pods that top out at one core, equally busy. */
export const podCpu = (known: Partial<PodCpuFact> = {}): { podCpu: PodCpuFact } => ({
  podCpu: {
    pods: [pod(0.9), pod(0.8)],
    together: 4,
    byEpisode: [],
    jain: 0.99,
    spread: 0.1,
    plateau: 1,
    clumpedShare: 0,
    samePods: null,
    fleetInBursts: 3.6,
    fleetOutside: 0.4,
    throttledShare: null,
    throttledOutside: null,
    restarts: null,
    snapshot: [],
    ...known,
  },
});

/** The hottest pod of each episode, as `byEpisode` tells it. */
export const hottest = (...pods: readonly string[]): PodCpuFact["byEpisode"] =>
  pods.map((name, index) => ({ episode: index + 1, cores: [], jain: null, hottest: name }));

/** One worker process a pod, which keeps at most one core busy, and no word about a quota. */
export const workers = (known: Partial<WorkersFact> = {}): { workers: WorkersFact } => ({
  workers: {
    workers: 1,
    kind: "processes",
    server: null,
    sources: [],
    quota: null,
    quotaFrom: null,
    cpuMax: null,
    residentMemory: null,
    singleCore: true,
    ...known,
  },
});

/** A CPU quota of one core that the pods top out at this share of. */
export const atQuota = (share: number, known: Partial<PodCpuFact> = {}) => ({
  ...podCpu({ plateau: share, ...known }),
  ...workers({ quota: 1, quotaFrom: "limit" }),
});

/** Four workers, and what each episode brings. */
export const demand = (
  byEpisode: readonly { readonly outstanding?: number; readonly demand?: number }[] = [],
  known: Partial<DemandFact> = {},
): { demand: DemandFact } => ({
  demand: {
    serviceTime: 0.1,
    cpuPerRequest: null,
    cpuPerRequestOutside: null,
    pods: 4,
    workers: 1,
    ceiling: 4,
    byEpisode: byEpisode.map((one, index) => ({
      episode: index + 1,
      arrivals: 10,
      demand: 1,
      outstanding: 1,
      latency: 0.1,
      ...one,
    })),
    ...known,
  },
});

/** A node of four cores with one pod. */
export const node = (known: Partial<NodeFact> = {}): NodeFact => ({
  name: "node-1",
  instanceId: null,
  instanceType: null,
  zone: null,
  ip: null,
  allocatableCpu: 4,
  allocatableMemory: null,
  requestedCpu: null,
  pods: 1,
  busyInBursts: null,
  ...known,
});

/** One node for each share of busy CPU, each with a pod. */
export const nodes = (...busy: readonly (number | null)[]) => ({
  nodes: busy.map((busyInBursts) => node({ busyInBursts })),
});

/** CPU figures that can be, with no sample missing, and too few requests to compare with. */
export const cpuCheck = (known: Partial<CpuCheckFact> = {}): { cpuCheck: CpuCheckFact } => ({
  cpuCheck: {
    impossible: [],
    missing: { inside: 0, ofInside: 40, outside: 0, ofOutside: 1000 },
    requests: null,
    ...known,
  },
});

/** An autoscaler by the share of the spikes that it stood at its maximum; "absent" where there is none. */
export const autoscaler = (atMaximum: number | null | "absent"): { autoscaler: AutoscalerFact } => ({
  autoscaler: {
    target:
      atMaximum === "absent" ? null : { name: "shop", min: 2, max: 8, cpuUtilisation: 80, current: 8, desired: 8 },
    atMaximum: atMaximum === "absent" ? null : atMaximum,
    replicas: null,
    orphaned: [],
  },
});

/** Rollouts at these minutes of the window. */
export const rollouts = (...minutes: readonly number[]): { rollouts: readonly RolloutFact[] } => ({
  rollouts: minutes.map((minute) => ({
    at: at(minute),
    replicaSet: `shop-${minute}`,
    revision: null,
    image: null,
    version: `v${minute}`,
  })),
});

type GroupValues = Partial<Record<"requests" | "failed" | "refused" | "healthy" | "unhealthy", Values>>;

/** One target group's answers, minute by minute; its ARN ends with its name. */
export const group = (name: string, known: GroupValues) => {
  const of = (what: keyof GroupValues) => series(known[what] ?? []);
  const counts = { requests: of("requests"), failed: of("failed"), refused: of("refused") };
  return { arn: `arn:${name}`, name, ...counts, healthy: of("healthy"), unhealthy: of("unhealthy") };
};

/** What the groups answered, and what the load balancer made itself, by status. */
export const responses = (
  groups: readonly ReturnType<typeof group>[],
  made: { readonly [status in "500" | "502" | "503" | "504"]?: Values } = {},
  failedClass: "4xx" | "5xx" = "5xx",
) => {
  const of = (status: keyof typeof made) => series(made[status] ?? []);
  return {
    responses: {
      groups,
      made: { "500": of("500"), "502": of("502"), "503": of("503"), "504": of("504") },
      rejected: series([]),
      failedClass,
    },
  };
};

/** The load balancer's connections, minute by minute. */
export const connectionLoad = (
  known: Partial<Record<"rejected" | "made" | "requests" | "capacity" | "peak", Values>>,
) => {
  const of = (what: keyof typeof known) => series(known[what] ?? []);
  const [rejected, made, requests] = [of("rejected"), of("made"), of("requests")];
  return { connectionLoad: { rejected, made, requests, capacity: of("capacity"), peak: of("peak") } };
};

/** The target group in question; null: none stands out. */
export const suspect = (name: string | null, isOwn = name !== null) => ({
  suspect: { group: name && { arn: `arn:${name}`, name }, isOwn },
});

type GivenChange = Partial<Omit<ChangeFact, "at">> & { readonly at: number };

/** Recorded changes, each at a minute; of a rule that leads to what fails, unless it says otherwise. */
export const changes = (given: readonly GivenChange[], more: Partial<ChangesFact> = {}): { changes: ChangesFact } => ({
  changes: {
    changes: given.map((one, index) => ({
      id: index + 1,
      until: at(one.at),
      count: 1,
      kind: "routing",
      from: "cloudtrail",
      call: "ModifyRule",
      by: { kind: "role", name: `deploy-${index}`, session: null },
      what: "a rule of shop changed",
      settings: [],
      touches: [],
      reaches: "yes",
      because: "it touches target group shop, where the trouble is",
      ...one,
      at: at(one.at),
    })),
    trail: { start: START, end: at(MINUTES) },
    missing: [],
    changePoints: given.map((one) => at(one.at)),
    ...more,
  },
});
