import type { Epoch, Series, Span } from "./time.ts";

/**
 * The facts that steps find and hypotheses judge. One interface for each; the step that gives a fact says how it was
 * read. Times are epoch seconds, durations seconds, CPU cores, memory bytes, shares 0–1.
 */
export interface Facts {
  alarm: AlarmFact;
  alarmMetric: LatencyFact;
  episodes: EpisodesFact;
  loadBalancer: LoadBalancerFact;
  targetGroups: readonly TargetGroupFact[];
  blame: BlameFact;
  guiltyMetric: LatencyFact;
  service: ServiceFact;
  topology: TopologyFact;
  workload: WorkloadFact;
  podCpu: PodCpuFact;
  workers: WorkersFact;
  demand: DemandFact;
  rollouts: readonly RolloutFact[];
  autoscaler: AutoscalerFact;
  nodes: readonly NodeFact[];
}
export type FactName = keyof Facts;

export interface AlarmFact {
  readonly name: string;
  readonly arn: string;
  readonly description: string | null;
  readonly namespace: string;
  readonly metric: string;
  /** CloudWatch dimensions of the alarm's metric, for example LoadBalancer = app/name/id. */
  readonly dimensions: { readonly [name: string]: string };
  /** "Average", "Maximum", "p99", … */
  readonly statistic: string;
  readonly threshold: number;
  readonly comparison: string;
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: "missing" | "ignore" | "breaching" | "notBreaching";
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly stateSince: Epoch | null;
  /** What a percentile on few samples does; CloudWatch evaluates where the alarm does not say. */
  readonly lowSamples?: "evaluate" | "ignore";
  /** ARNs of what it does on a change of state: a new definition of the alarm must name them again. */
  readonly actions?: { readonly alarm: readonly string[]; readonly ok: readonly string[]; readonly enabled: boolean };
}

/** A latency metric with what is needed to weigh it; all series on one grid of the same period. */
export interface LatencyFact {
  readonly period: number;
  /** The alarm's own statistic where the metric is the alarm's; the average otherwise. */
  readonly judged: Series;
  readonly average: Series;
  readonly p50: Series;
  readonly p95: Series;
  readonly p99: Series;
  readonly maximum: Series;
  /** Requests in each period. */
  readonly requests: Series;
  /** 5xx answers of the targets in each period. */
  readonly target5xx: Series;
  /** 5xx answers made by the load balancer itself; null where the metric has no such dimension (a target group's). */
  readonly elb5xx: Series | null;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Transition {
  readonly at: Epoch;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** One stay of the alarm in ALARM, with the breaching datapoints that brought it there. */
export interface Episode {
  /** 1, 2, 3, … in order of time; what `explains` refers to. */
  readonly id: number;
  /** When the alarm went to ALARM; the window's start where it was there before. */
  readonly alarmAt: Epoch;
  /** When it left ALARM; null while it is there. */
  readonly okAt: Epoch | null;
  /**
   * When the metric was over the threshold: from the first to the last breaching datapoint. Earlier than alarmAt by the
   * datapoints that it takes to alarm. This is "the burst" in which pods are compared.
   */
  readonly burst: Span;
  /** Breaching datapoints in the burst; null where the metric could not be read. */
  readonly breaching: number | null;
  /** The highest value of the judged statistic in the burst. */
  readonly worst: number | null;
  /** Requests in the breaching datapoints, all together; null where the metric could not be read. */
  readonly requests: number | null;
  /** Requests in the poorest breaching datapoint. */
  readonly fewestRequests: number | null;
}

export interface EpisodesFact {
  readonly window: Span;
  /** Transitions from the alarm's history; empty where only the metric could be read. */
  readonly transitions: readonly Transition[];
  /** Transitions before the window, as far back as the history was read. */
  readonly earlier: readonly Transition[];
  /** How far back the history was read; null where it could not be. */
  readonly historyFrom: Epoch | null;
  readonly episodes: readonly Episode[];
  /** Whether the episodes come from the alarm's history, or were rebuilt from its metric. */
  readonly from: "history" | "metric";
  /** OK → ALARM cycles in the window. */
  readonly cycles: number;
  readonly cyclesPerHour: number;
  /** Seconds from the first to the last OK → ALARM of the window; 0 with fewer than two. */
  readonly flappingFor: number;
  /** Seconds of the longest episode. */
  readonly longest: number;
}

export interface LoadBalancerFact {
  readonly arn: string;
  readonly name: string;
  readonly type: "application" | "network" | "gateway";
  readonly scheme: string | null;
  readonly zones: readonly string[];
  /** Seconds; null where the attributes could not be read. */
  readonly idleTimeout: number | null;
  readonly crossZone: boolean | null;
  readonly listeners: readonly { readonly port: number; readonly protocol: string }[];
  readonly rules: readonly RuleFact[];
}

export interface RuleFact {
  readonly priority: string;
  /** "host api.example.com, path /v1/*" */
  readonly condition: string;
  readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
}

export interface TargetGroupFact {
  readonly arn: string;
  readonly name: string;
  readonly targetType: "instance" | "ip" | "lambda" | "alb";
  readonly protocol: string | null;
  readonly port: number | null;
  readonly healthCheck: {
    readonly path: string | null;
    readonly matcher: string | null;
    readonly interval: number;
    readonly timeout: number;
  };
  readonly tags: { readonly [key: string]: string };
}

/** One target group's part in the alarm. */
export interface GroupLoad {
  readonly arn: string;
  readonly name: string;
  /** Requests in the window. */
  readonly requests: number;
  /** Request-weighted average latency outside the bursts; null where it had no traffic there. */
  readonly outside: number | null;
  /** Request-weighted average latency in the bursts. */
  readonly inside: number | null;
  /** Highest average of one period in the bursts. */
  readonly worstAverage: number | null;
  /** Slowest single request in the bursts. */
  readonly maximum: number | null;
  /** Share of the excess latency of all groups, in each episode. */
  readonly shareByEpisode: readonly { readonly episode: number; readonly share: number }[];
  /** Share of the excess latency over all bursts. */
  readonly share: number;
}

export interface BlameFact {
  readonly groups: readonly GroupLoad[];
  /** one: one group carries the excess; alike: all groups with traffic rose together; unclear: neither. */
  readonly verdict: "one" | "alike" | "unclear";
  /** The target group to look into: the one with the largest share, unless all rose alike. */
  readonly guilty: GroupLoad | null;
  /** Groups other than the guilty one whose latency rose clearly in the bursts as well. */
  readonly alsoRose: readonly string[];
  /**
   * How far the groups' request-weighted average is from the load balancer's own, relative to the latter, in the bursts;
   * null where one of them is missing.
   */
  readonly residual: number | null;
}

export interface ServiceFact {
  readonly targetGroup: string;
  readonly namespace: string;
  readonly name: string;
  /** How it was proven which Service the target group serves; names alone prove nothing. */
  readonly proof: "tags" | "target-group-binding" | "node-port";
  readonly type: string;
  readonly nodePort: number | null;
  readonly port: number | null;
  readonly targetPort: string | null;
  readonly externalTrafficPolicy: string | null;
  readonly sessionAffinity: string | null;
  readonly selector: { readonly [label: string]: string };
}

export interface Hop {
  /** "load balancer", "node", "Service", "pod", "process" */
  readonly at: string;
  /** Who picks the next hop from here, and how. */
  readonly picks: string;
  /** What the picker can see. */
  readonly sees: string;
  /** What it cannot see. */
  readonly blind: string;
}

export interface TargetFact {
  readonly id: string;
  readonly port: number | null;
  readonly zone: string | null;
  readonly state: string;
  readonly reason: string | null;
}

export interface TopologyFact {
  readonly targetType: TargetGroupFact["targetType"];
  readonly targets: readonly TargetFact[];
  readonly healthy: number;
  readonly algorithm: string | null;
  readonly stickiness: { readonly enabled: boolean; readonly type: string | null } | null;
  readonly crossZone: string | null;
  readonly deregistrationDelay: number | null;
  readonly slowStart: number | null;
  readonly idleTimeout: number | null;
  readonly path: readonly Hop[];
}

export interface ProbeFact {
  readonly readiness: boolean;
  readonly liveness: boolean;
  readonly startup: boolean;
}

export interface ContainerFact {
  readonly name: string;
  readonly image: string | null;
  /** The command with its arguments. */
  readonly command: readonly string[];
  /** The arguments alone: a patch replaces command and args apart. */
  readonly args?: readonly string[];
  readonly environment: { readonly [name: string]: string };
  readonly ports: readonly { readonly name: string | null; readonly port: number }[];
  readonly cpuRequest: number | null;
  readonly cpuLimit: number | null;
  readonly memoryRequest: number | null;
  readonly memoryLimit: number | null;
  readonly probes: ProbeFact;
  /** ConfigMaps that the container mounts. */
  readonly configMaps: readonly string[];
}

export interface PodFact {
  readonly name: string;
  readonly node: string | null;
  readonly ip: string | null;
  readonly ready: boolean;
  readonly phase: string;
  readonly created: Epoch | null;
  readonly restarts: number;
  readonly lastTermination: string | null;
}

export interface WorkloadFact {
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly pods: readonly PodFact[];
  /** The container that serves: the one with the Service's target port, else the one with the largest CPU request. */
  readonly serving: ContainerFact;
  readonly containers: readonly ContainerFact[];
  /** Sum of the CPU requests of all containers: what the autoscaler's utilisation is a share of. Null if one has none. */
  readonly podCpuRequest: number | null;
  readonly podMemoryRequest: number | null;
  /** A regular expression (RE2, unanchored parts escaped) that matches the workload's pods, past ones too. */
  readonly podPattern: string;
  /** How it is applied, by its fingerprints. */
  readonly appliedBy: "kubectl" | "helm" | "argocd" | "flux" | "unknown";
  readonly spread: readonly string[];
  /** Replica sets of the Deployment with their times, oldest first; see rollouts. */
  readonly replicaSets: readonly {
    readonly name: string;
    readonly created: Epoch;
    readonly revision: number | null;
    readonly image: string | null;
  }[];
}

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

export interface PodCpuFact {
  /** Every pod that has a CPU figure in the window, those of earlier versions too. */
  readonly pods: readonly PodSeries[];
  /** The most pods that ran side by side in one minute of the bursts. */
  readonly together: number;
  readonly byEpisode: readonly EpisodeCpu[];
  /** Jain's index averaged over the bursts' minutes, weighted by the CPU used in each. */
  readonly jain: number | null;
  /** Largest less smallest mean of a pod in the bursts, cores. */
  readonly spread: number | null;
  /** Where the busiest pods flatten: the 90th percentile of the pods' minutes in the bursts, cores. */
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

export interface WorkerSource {
  readonly from: "arguments" | "environment" | "configuration" | "process count" | "process list";
  readonly workers: number;
  readonly detail: string;
}

export interface WorkersFact {
  /** Worker processes of one pod; null where nothing says. */
  readonly workers: number | null;
  /** "event loop": one thread runs all; "threads": several a process; "processes": one request a process. */
  readonly kind: "event loop" | "threads" | "processes" | null;
  /** Application server, as found: "gunicorn", "uvicorn", … */
  readonly server: string | null;
  readonly sources: readonly WorkerSource[];
  /** Cores that the cgroup lets one pod's serving container use; null: no quota. */
  readonly quota: number | null;
  /** Where the quota was read; null: nowhere, so that a null quota means nothing. */
  readonly quotaFrom: "cpu.max" | "metrics" | "limit" | null;
  readonly cpuMax: string | null;
  readonly residentMemory: number | null;
  /** The mounted file that sets the workers, where one does. */
  readonly configuration?: { readonly configMap: string; readonly key: string; readonly text: string } | null;
}

export interface EpisodeDemand {
  readonly episode: number;
  /** Requests a second in the busiest period of the burst. */
  readonly arrivals: number;
  /** Requests at work at once if none waited: arrivals × service time. */
  readonly demand: number;
  /** Requests in the house at once, by Little's law: rate × latency, in the worst period of the burst. */
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
  /** pods × workers: requests that can be at work at once; null where workers are unknown. */
  readonly ceiling: number | null;
  readonly byEpisode: readonly EpisodeDemand[];
}

export interface RolloutFact {
  readonly at: Epoch;
  readonly replicaSet: string;
  readonly revision: number | null;
  readonly image: string | null;
  /** The image's tag, for people. */
  readonly version: string | null;
}

export interface AutoscalerFact {
  /** Null: no autoscaler targets the workload. */
  readonly target: {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    /** Percent of the request, as configured; null where it scales on something else. */
    readonly cpuUtilisation: number | null;
    readonly current: number | null;
    readonly desired: number | null;
  } | null;
  /** Share of the bursts' minutes in which it stood at its maximum; null where unknown. */
  readonly atMaximum: number | null;
  /** Replicas over the window; null where unknown. */
  readonly replicas: Series | null;
  /** Autoscalers of the namespace whose target does not exist. */
  readonly orphaned: readonly { readonly name: string; readonly target: string }[];
}

export interface NodeFact {
  readonly name: string;
  readonly instanceId: string | null;
  readonly instanceType: string | null;
  readonly zone: string | null;
  readonly ip: string | null;
  readonly allocatableCpu: number | null;
  readonly allocatableMemory: number | null;
  /** CPU requested by all its pods, cores. */
  readonly requestedCpu: number | null;
  /** CPU requested by the pods of kube-system on it, cores: what a node carries whatever else runs on it. */
  readonly systemCpu?: number | null;
  /** Node group or node pool, by its label. */
  readonly group?: string | null;
  /** Pods of the workload on it. */
  readonly pods: number;
  /**
   * Busy share of its CPU, 0–1, that it reached in a quarter of the bursts' minutes: their first and last are only half
   * in the burst. Null where unknown (asked only of nodes that hold pods).
   */
  readonly busyInBursts: number | null;
}
