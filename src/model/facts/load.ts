import type { Series } from "../time.ts";

/** One pod's CPU on the grid of the step (60 s). */
export interface PodSeries {
  readonly pod: string;
  readonly cpu: Series;
  /** Mean cores in the bursts, and its highest value there; null where it has no datapoint in them. */
  readonly inBursts: number | null;
  readonly peak: number | null;
  readonly outside: number | null;
}

export interface EpisodeCpu {
  readonly episode: number;
  /** Mean cores of each pod in the burst, in the order of `pods`; null for a pod that did not run then. */
  readonly cores: readonly (number | null)[];
  /** Jain's index of the pods' cores: 1 is all alike, 1/n is all on one. */
  readonly jain: number | null;
  readonly hottest: string | null;
}

/** One container of the pods: how much of what it can it used in the bursts. */
export interface ContainerCpu {
  readonly name: string;
  /** Where its busiest pods flatten in the bursts, cores; null where it has no figure there. */
  readonly plateau: number | null;
  readonly limit: number | null;
  /** Throttled periods over all periods in the bursts; null where unknown. */
  readonly throttledShare: number | null;
  /** serving: has the Service's port or stands behind a proxy in the same pod; beside: every other. */
  readonly role: "serving" | "beside";
}

/**
 * Whether the pods' CPU can be what it says it is. It is given where the figures themselves are withheld, so that nothing
 * reasons on them.
 */
export interface CpuCheckFact {
  /** Why the figures cannot be, each as one clause; empty: they can. */
  readonly impossible: readonly string[];
  /** Pod-minutes without a sample while the pod ran, in the bursts and outside them. */
  readonly missing: {
    readonly inside: number;
    readonly ofInside: number;
    readonly outside: number;
    readonly ofOutside: number;
  };
  /** How CPU and requests go together; null where there are too few minutes to compare. */
  readonly requests: CpuAndRequests | null;
}

export interface CpuAndRequests {
  /** Correlation of the fleet's CPU with the requests of the same minutes. */
  readonly atOnce: number;
  /** The shift in minutes at which they correlate best (positive: the CPU is stamped too early), and how well. */
  readonly lag: number;
  readonly atLag: number;
  /** CPU seconds a request, in the bursts and outside them; null without requests there. */
  readonly costInside: number | null;
  readonly costOutside: number | null;
}

export interface PodCpuFact {
  /** The container that these figures are of: the one that works. Absent: the serving container. */
  readonly container?: string;
  /** Every container with a CPU figure, the serving one first. */
  readonly containers?: readonly ContainerCpu[];
  /** Every pod that has a CPU figure in the window, those of earlier versions too. */
  readonly pods: readonly PodSeries[];
  /** Pods that ran side by side in a typical minute of the bursts: the median, which a rollout's surge does not move. */
  readonly together: number;
  readonly byEpisode: readonly EpisodeCpu[];
  /** Jain's index averaged over the bursts' minutes, weighted by the CPU used in each. */
  readonly jain: number | null;
  /** Largest less smallest mean of a pod in the bursts, cores. */
  readonly spread: number | null;
  /** Where the busiest pods flatten: the 95th percentile of the pods' minutes in the bursts, cores. */
  readonly plateau: number | null;
  /** Share of the bursts' minutes in which at least one pod was hot while at least one idled. */
  readonly clumpedShare: number | null;
  /**
   * How far the differences between pods are the same in every burst: intraclass correlation, 1 where the same pods are
   * always hot, about 0 where it is chance. Null with fewer than three bursts or two pods.
   */
  readonly samePods: number | null;
  /** Mean cores of the whole fleet in the bursts, and outside them. */
  readonly fleetInBursts: number | null;
  readonly fleetOutside: number | null;
  /** Throttled periods over all periods in the bursts, all pods together; null where unknown. */
  readonly throttledShare: number | null;
  readonly throttledOutside: number | null;
  readonly restarts: number | null;
  /** `kubectl top` at one moment; empty where metrics.k8s.io was not read. */
  readonly snapshot: readonly { readonly pod: string; readonly cpu: number }[];
}

/** Where a number stands, so that it can be changed there: offsets are those of its digits. */
export type WorkerPlace =
  /** In a word of the container's command (arguments included). */
  | { readonly in: "command"; readonly word: number; readonly start: number; readonly end: number }
  /** In the plain value of a variable of the container. */
  | { readonly in: "variable"; readonly name: string; readonly start: number; readonly end: number }
  /** A fallback for a variable that nothing sets: setting the variable changes it. */
  | { readonly in: "fallback"; readonly name: string }
  /** In a key of a ConfigMap: a mounted file, or a variable's value. */
  | {
      readonly in: "config map";
      readonly name: string;
      readonly key: string;
      readonly start: number;
      readonly end: number;
    };

export interface WorkerSource {
  readonly from: "arguments" | "default" | "environment" | "configuration" | "process count" | "process list";
  readonly workers: number;
  readonly detail: string;
  /** Absent or null: no place that can be shown (a default, an expression, a count). */
  readonly place?: WorkerPlace | null;
}

/** Something that could set the number of workers and was not read. */
export interface UnreadSetting {
  /** "Secret app-secrets (envFrom)", "/app/gunicorn.conf.py in the image" */
  readonly what: string;
  /** The command that a person would type to know; it never prints a Secret. */
  readonly command: string;
}

export interface WorkersFact {
  /** Worker processes of one pod; null where nothing says, what says disagrees, or what could override it is unread. */
  readonly workers: number | null;
  /** "event loop": one thread runs all; "threads": several a process; "processes": one request a process. */
  readonly kind: "event loop" | "threads" | "processes" | null;
  /** What could make it another kind and was not read; where it is not empty, the kind is the server's default. */
  readonly kindUnread?: readonly string[];
  /** Application server, as found: "gunicorn", "uvicorn", … */
  readonly server: string | null;
  readonly sources: readonly WorkerSource[];
  /** What could set another number and was not read; a running process list or count may have decided all the same. */
  readonly unread?: readonly UnreadSetting[];
  /** Why the number is not known, where it is not: one clause. */
  readonly unknown?: string | null;
  /** Requests that one worker takes at once by threads of its own; null where unknown. */
  readonly threads?: number | null;
  /**
   * Whether one worker keeps at most one core busy: an interpreter lock (Python, Ruby), one JavaScript thread, a PHP
   * process. False for java, .NET, go and rust, whose threads share no lock. Null where the runtime is not known.
   */
  readonly singleCore?: boolean | null;
  /** Cores that the cgroup lets one pod's serving container use; null: no quota. */
  readonly quota: number | null;
  /** Where the quota was read; null: nowhere, so that a null quota means nothing. */
  readonly quotaFrom: "cpu.max" | "metrics" | "limit" | null;
  readonly cpuMax: string | null;
  readonly residentMemory: number | null;
  /** The key of a ConfigMap that sets the workers, as a mounted file or as a variable, where one does. */
  readonly configuration?: { readonly configMap: string; readonly key: string; readonly text: string } | null;
}

export interface EpisodeDemand {
  readonly episode: number;
  /** Requests a second in the busiest period of the burst. */
  readonly arrivals: number;
  /** Requests at work at once if none waited: arrivals × service time. */
  readonly demand: number;
  /** Requests in flight at once, by Little's law: rate × latency, in the worst period of the burst. */
  readonly outstanding: number;
  /** Mean latency of the burst, request-weighted. */
  readonly latency: number;
}

export interface DemandFact {
  /** Seconds that a request takes where none waits: its mean in the quiet periods; see serviceTimeFrom. */
  readonly serviceTime: number;
  /** CPU seconds that one request costs, over the bursts; null where the pods' CPU is unknown. */
  readonly cpuPerRequest: number | null;
  readonly cpuPerRequestOutside: number | null;
  readonly pods: number;
  readonly workers: number | null;
  /** pods × workers × threads: requests that can be at work at once; null where workers are unknown. */
  readonly ceiling: number | null;
  readonly byEpisode: readonly EpisodeDemand[];
  /**
   * Whether these may be a part of the pods' requests: those that came through one ingress controller, beside which others
   * in the cluster may call them.
   */
  readonly part?: true;
}
