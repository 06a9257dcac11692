import { fact } from "../../../src/playbook.ts";

/** What went wrong in one zone of a Network Load Balancer in the episodes, beside what it took. */
export interface ZoneTrouble {
  readonly zone: string;
  /** Resets by targets and by the load balancer, and connections without a free port. */
  readonly broken: number;
  /** Sum over the periods of the targets that were not healthy there. */
  readonly unhealthy: number;
}

export const zoneTroubleFact = fact<readonly ZoneTrouble[]>("zoneTrouble", "in which zone the connections broke");
