import type { Span } from "../model/time.ts";

/** What a plan is made for: the alarm, in a window. */
export interface Planned {
  readonly alarm: string;
  readonly window: Span;
  /** What the alarm watches. */
  readonly watched: Watched;
}

/** What a made-up alarm watches on an Application Load Balancer. */
export interface Watched {
  readonly metric: string;
  readonly statistic: string;
  readonly comparison: string;
  readonly onTargetGroup: boolean;
}

/** A metric as it is mostly watched: a latency by its average, hosts by how few or how many, anything else by its sum. */
export function usuallyWatched(metric: string): Watched {
  const comparison = metric === "HealthyHostCount" ? "LessThanThreshold" : "GreaterThanThreshold";
  const onTargetGroup = metric.endsWith("HostCount");
  if (metric === "TargetResponseTime") return { metric, statistic: "Average", comparison, onTargetGroup };
  const statistic = metric === "HealthyHostCount" ? "Minimum" : onTargetGroup ? "Maximum" : "Sum";
  return { metric, statistic, comparison, onTargetGroup };
}

/** A name that only an answer can tell. */
export const KNOWN_LATER = {
  region: "<region>",
  account: "<account>",
  loadBalancer: "app/<load-balancer>/<id>",
  bucket: "<bucket>",
  prefix: "<prefix>",
  group: "<target-group>",
  other: "<other-target-group>",
  certificate: "<certificate>",
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
