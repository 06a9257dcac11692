import type { Epoch, Span } from "../time.ts";

/** What a change can touch. */
export const TOUCHED = [
  "load balancer",
  "listener",
  "rule",
  "target group",
  "security group",
  "network ACL",
  "route table",
  "certificate",
  "web ACL",
  "alarm",
  "ECS service",
  "Auto Scaling group",
  "node group",
  "cluster",
  "workload",
  "autoscaler",
] as const;

export interface Touched {
  readonly kind: (typeof TOUCHED)[number];
  /** The ARN where it has one; else its id or name. */
  readonly id: string;
}

/** One setting that was changed, in the vendor's own words. */
export interface SettingChange {
  /** "weight of canary", "stickiness.enabled", "tcp 8080 from sg-0a1b2c3d" */
  readonly name: string;
  /** Absent: not known. Null: it was not there. */
  readonly before?: string | null;
  /** Null: it is not there any more. */
  readonly after: string | null;
}

/** Who made a change. */
export interface ChangedBy {
  readonly kind: "user" | "role" | "service" | "root" | "other";
  /** The user's or the role's name, or the service's; null where it is not told. */
  readonly name: string | null;
  /** The name of a role's session, which is mostly a person's or a machine's; null where there is none. */
  readonly session: string | null;
}

/** What a change is about. */
export const CHANGE_KINDS = [
  "weight",
  "routing",
  "stickiness",
  "health check",
  "attribute",
  "certificate",
  "network",
  "firewall",
  "alarm",
  "rollout",
  "scaling",
  "targets",
  "event",
  "other",
] as const;

/** One change, or many of one kind that a controller made, folded into one. */
export interface ChangeFact {
  /** 1, 2, 3, … in order of time. */
  readonly id: number;
  readonly at: Epoch;
  /** The last of those that are folded in it; `at` where it is one. */
  readonly until: Epoch;
  /** How many calls are folded in it. */
  readonly count: number;
  readonly kind: (typeof CHANGE_KINDS)[number];
  readonly from: "cloudtrail" | "alarm-history" | "kubernetes";
  /** The API's name of it: "ModifyRule"; null where no call is known. */
  readonly call: string | null;
  readonly by: ChangedBy | null;
  /** What was done, with its object: "rule 10 of k8s-shop changed". */
  readonly what: string;
  readonly settings: readonly SettingChange[];
  readonly touches: readonly Touched[];
  /**
   * Whether it can touch what the alarm is about: `yes` and `no` are known from its objects, `maybe` is not decided by what
   * was read.
   */
  readonly reaches: "yes" | "no" | "maybe";
  /** Why so, as a clause: "it forwards to checkout, and the trouble is in cart". */
  readonly because: string;
}

/** The changes around the trouble, and where the judged metric itself changed. */
export interface ChangesFact {
  /** Oldest first. */
  readonly changes: readonly ChangeFact[];
  /** What CloudTrail's event history was read for; null where it could not be read. */
  readonly trail: Span | null;
  /** Lookups whose older events are missing, or that failed: a change of these may not be in the list. */
  readonly missing: readonly string[];
  /** Where the judged metric's distribution changed, oldest first; empty: nowhere. Null: too short to say. */
  readonly changePoints: readonly Epoch[] | null;
}
