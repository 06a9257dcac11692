import type { AlarmFact, EpisodesFact, LatencyFact, RefusalFact } from "./facts/alarm.ts";
import type {
  BehindFact,
  BlameFact,
  LedToFact,
  LoadBalancerFact,
  ServiceFact,
  SuspectFact,
  TargetGroupFact,
  TopologyFact,
} from "./facts/balancer.ts";
import type { ChangesFact } from "./facts/changes.ts";
import type { DemandFact, PodCpuFact, WorkersFact } from "./facts/load.ts";
import type {
  AutoscalerFact,
  FrontFact,
  NodeFact,
  NodeGroupFact,
  RolloutFact,
  WorkloadFact,
} from "./facts/workload.ts";
import type { JudgedMetric } from "./metric.ts";

export type * from "./facts/alarm.ts";
export type * from "./facts/balancer.ts";
export type * from "./facts/changes.ts";
export type * from "./facts/load.ts";
export type * from "./facts/network.ts";
export type * from "./facts/workload.ts";

/**
 * The facts that steps find and hypotheses judge. One interface for each; the step that gives a fact says how it was
 * read. Times are epoch seconds, durations seconds, CPU cores, memory bytes, shares 0–1.
 */
export interface Facts {
  alarm: AlarmFact;
  /** Only where an alarm is there and cannot be investigated. */
  refusal?: RefusalFact;
  /** What the alarm judges, whatever it is. */
  judged: JudgedMetric;
  /** What only a latency has beside it; of other alarms there is none. */
  alarmMetric: LatencyFact;
  episodes: EpisodesFact;
  loadBalancer: LoadBalancerFact;
  targetGroups: readonly TargetGroupFact[];
  suspect: SuspectFact;
  blame: BlameFact;
  guiltyMetric: LatencyFact;
  service: ServiceFact;
  topology: TopologyFact;
  workload: WorkloadFact;
  /** Only where the trouble is behind that workload. */
  ledTo?: LedToFact;
  /** The services behind an ingress controller, as its metrics name them. */
  behind?: readonly BehindFact[];
  /** The ingress controller in front of the workload; only where the trouble was followed through it. */
  front?: FrontFact;
  podCpu: PodCpuFact;
  workers: WorkersFact;
  demand: DemandFact;
  rollouts: readonly RolloutFact[];
  autoscaler: AutoscalerFact;
  nodes: readonly NodeFact[];
  nodeGroups: readonly NodeGroupFact[];
  changes: ChangesFact;
}

export type FactName = keyof Facts;
