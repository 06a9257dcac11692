import { type FactToken, fact, type Series, sharedFact } from "../../../src/playbook.ts";

export const loadBalancerFact = sharedFact("loadBalancer", "the load balancer");
export const targetGroupsFact = sharedFact("targetGroups", "the target groups");
export const suspectFact = sharedFact("suspect", "the target group in question");
export const blameFact = sharedFact("blame", "the target groups' latency");
export const guiltyMetricFact = sharedFact("guiltyMetric", "the guilty target group's latency");

/** One target group of a load balancer whose groups all rose, with what its own pods did in the episodes. */
export interface RisenGroup {
  readonly arn: string;
  readonly name: string;
  /** "namespace/name" of the Service behind it; null where none is proven. */
  readonly service: string | null;
  /** Seconds on average outside the episodes and in them. */
  readonly outside: number;
  readonly inside: number;
  readonly pods: number;
  /** Where the serving containers of its busiest pods flatten in the episodes, cores; null where unknown. */
  readonly plateau: number | null;
  /** Cores that the limit lets one use; null: none, or not known. */
  readonly limit: number | null;
  /** Workers of one pod that keep one core busy each; null where that is not known. */
  readonly workers: number | null;
  /** Throttled periods over all periods in the episodes; null where unknown. */
  readonly throttledShare: number | null;
  /** Why its pods could not be read, as one clause; null: they were. */
  readonly unread: string | null;
}

export interface RisenGroups {
  readonly groups: readonly RisenGroup[];
  /** Risen groups that were not looked at: more than the heaviest few. */
  readonly more: number;
}

export const risenGroupsFact: FactToken<RisenGroups> = {
  ...fact<RisenGroups>("risenGroups", "the pods of the target groups that rose together"),
  // Only where all rose alike is there anything to read.
  optional: true,
};

/** How long the fastest tenth of the requests of each risen target group took; seconds, medians. */
export interface FastestOfAll {
  readonly groups: readonly {
    readonly name: string;
    /** How much more the average request took in the episodes; null where unknown. */
    readonly rose: number | null;
    readonly inside: number | null;
    readonly outside: number | null;
  }[];
  /** Risen groups that were not looked at: more than the heaviest ones. */
  readonly more: number;
}

export const fastestOfAllFact: FactToken<FastestOfAll> = {
  ...fact<FastestOfAll>("fastestOfAll", "the fastest requests of the target groups that rose together"),
  // Only where all rose alike is there anything to read.
  optional: true,
};

/** 500s that the load balancer answered, a count a period: of its own 5xx those that no target has a part in. */
export const ownErrorsFact: FactToken<Series> = {
  ...fact<Series>("ownErrors", "the errors that the load balancer made without a target"),
  // Only where all rose alike is there anything to read.
  optional: true,
};
