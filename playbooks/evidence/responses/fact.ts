import { fact, type Series } from "../../../src/playbook.ts";

/** What one target group answered. A count of a period without a datapoint is 0: CloudWatch publishes no error that was none. */
export interface GroupResponses {
  readonly arn: string;
  readonly name: string;
  readonly requests: Series;
  /** 5xx of the targets; 4xx where the alarm counts those. */
  readonly failed: Series;
  /** Connections to its targets that were not established. */
  readonly refused: Series;
  /** The fewest healthy targets and the most unhealthy ones of each period; no datapoint: none is registered, or not known. */
  readonly healthy: Series;
  readonly unhealthy: Series;
}

/** What the target groups and the load balancer itself answered, on the grid of the alarm's period. */
export interface Responses {
  readonly groups: readonly GroupResponses[];
  /** 5xx that the load balancer made itself, by status. No metric says for which target group. */
  readonly made: { readonly [status in MadeStatus]: Series };
  /** Connections of clients that it refused. */
  readonly rejected: Series;
  /** Which answers of targets count as failed. */
  readonly failedClass: "4xx" | "5xx";
  /** What it answered without a target; only for alarms that count that. */
  readonly own4xx?: Series;
  readonly fixed?: Series;
  readonly authErrors?: Series;
  readonly authFailures?: Series;
}

export const MADE = ["500", "502", "503", "504"] as const;
export type MadeStatus = (typeof MADE)[number];

export const responsesFact = fact<Responses>("responses", "what the targets and the load balancer answered");
