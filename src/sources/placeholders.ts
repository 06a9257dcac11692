import type { Span } from "../model/time.ts";

/** What a plan is made for: the alarm, in a window. */
export interface Planned {
  readonly alarm: string;
  readonly window: Span;
}

/** A name that only an answer can tell. */
export const KNOWN_LATER = {
  region: "<region>",
  account: "<account>",
  loadBalancer: "app/<load-balancer>/<id>",
  group: "<target-group>",
  other: "<other-target-group>",
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
