import type { PodsMadeUp } from "../model/pods-made-up.ts";
import type { Span } from "../model/time.ts";

/** What a plan is made for: the alarm, in a window. */
export interface Planned {
  readonly alarm: string;
  readonly window: Span;
  /** What the alarm watches. */
  readonly watched: Watched;
  /** What the pods behind the load balancer are, where they are no application. */
  readonly pods?: PodsMadeUp;
}

/** What a made-up alarm watches. */
export interface Watched {
  /** "AWS/ApplicationELB", and those of the other kinds of load balancer. */
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly comparison: string;
  readonly onTargetGroup: boolean;
}

/** A metric as it is mostly watched: a latency by its average, hosts by how few or how many, anything else by its sum. */
export function usuallyWatched(metric: string): Watched {
  const [namespace] = ONLY_OF.find(([, names]) => names.test(metric)) ?? ["AWS/ApplicationELB"];
  const isFewest = metric === "HealthyHostCount" || metric === "DaysToExpiry";
  const comparison = isFewest ? "LessThanThreshold" : "GreaterThanThreshold";
  const isHosts = metric.endsWith("HostCount");
  const onTargetGroup = isHosts || metric === "RequestCountPerTarget";
  const watched = { namespace, metric, comparison, onTargetGroup };
  if (/^(TargetResponseTime|Latency)$/.test(metric)) return { ...watched, statistic: "Average" };
  const isMost = isHosts || metric === "CapacityUtilization";
  return { ...watched, statistic: isFewest ? "Minimum" : isMost ? "Maximum" : "Sum" };
}

/** Metrics that one kind of load balancer alone has, or certificates, by their names. */
const ONLY_OF: readonly (readonly [namespace: string, names: RegExp])[] = [
  [
    "AWS/NetworkELB",
    /^TCP_\w+_Reset_Count$|FlowCount|^PortAllocationErrorCount$|^SecurityGroupBlocked|^ZonalHealthStatus$/,
  ],
  ["AWS/CertificateManager", /^DaysToExpiry$/],
  ["AWS/ELB", /^(Latency|SurgeQueueLength|SpilloverCount|BackendConnectionErrors|HTTPCode_(Backend|ELB)_[45]XX)$/],
];

/** A name that only an answer can tell. */
export const KNOWN_LATER = {
  region: "<region>",
  account: "<account>",
  loadBalancer: "<load-balancer>",
  hostName: "<load-balancer-host-name>",
  bucket: "<bucket>",
  prefix: "<prefix>",
  group: "<target-group>",
  other: "<other-target-group>",
  certificate: "<certificate>",
  instance: "<instance>",
  namespace: "<namespace>",
  service: "<service>",
  deployment: "<deployment>",
  replicaSet: "<replica-set>",
  pod: "<pod>",
  container: "<container>",
  configMap: "<config-map>",
  node: "<node>",
  address: "<node-ip>",
  autoscaler: "<autoscaler>",
} as const;

/** The port on the nodes to which the made-up target group leads. */
export const NODE_PORT = 30_000;
