import type { AlarmChange } from "./faults.ts";

export type Comparison =
  | "GreaterThanThreshold"
  | "GreaterThanOrEqualToThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold";

export interface AlarmSpec {
  readonly name: string;
  readonly description: string | null;
  /** The whole load balancer, or the focus service's target group. */
  readonly on: "load balancer" | "target group";
  /** A metric of the load balancer's namespace; TargetResponseTime where it is not said. */
  readonly metric?: string;
  /** Another namespace than the load balancer's. */
  readonly namespace?: string;
  /** The dimensions as they were typed in, where they are not those of a load balancer or target group that is there. */
  readonly dimensions?: { readonly [name: string]: string };
  /** "Average", "pNN"; of counts "Sum", of hosts "Minimum" or "Maximum". */
  readonly statistic: string;
  /** "GreaterThanThreshold" where it is not said. */
  readonly comparison?: Comparison;
  readonly threshold: number;
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: "missing" | "ignore" | "breaching" | "notBreaching";
  /** State before the first evaluation. */
  readonly initially: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** Stays in ALARM before the simulated time: seconds before now, and how long. Only the history knows of them. */
  readonly earlier: readonly { readonly ago: number; readonly seconds: number }[];
  /** Since when it has been in its initial state, seconds before now (for alarms that never change). */
  readonly since: number;
  /** Periods of fewer requests have no datapoint: an expression on two metrics. Absent: every period counts. */
  readonly leastRequests?: number;
  /** Whether entries tell so many datapoints that CloudWatch cuts them at 4,095 characters. */
  readonly longHistory: boolean;
  readonly changed?: AlarmChange;
}
