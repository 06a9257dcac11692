/** Hand-made facts of the pods, their workers and their nodes; see facts.ts. */
import type {
  AutoscalerFact,
  CpuCheckFact,
  DemandFact,
  NodeFact,
  PodCpuFact,
  PodSeries,
  RolloutFact,
  WorkersFact,
} from "../../src/model/facts.ts";
import { at, START, series, type Values } from "./facts.ts";

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
