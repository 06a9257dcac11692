import { fact, type Series } from "../../../src/playbook.ts";

/** How many targets of the target group in question the load balancer's checks find healthy, and how many not. */
export interface TargetHealth {
  /** The fewest of each period on an Application Load Balancer (Minimum of HealthyHostCount); of the others what most nodes see. */
  readonly healthy: Series;
  /** The most of each period (Maximum of UnHealthyHostCount), and of the others what all nodes see. */
  readonly unhealthy: Series;
}

export const targetHealthFact = fact<TargetHealth>("targetHealth", "how many targets were healthy");
