import { fact, type Series } from "../../../src/playbook.ts";

/** What went wrong in one zone of a Network Load Balancer in the episodes, beside what it took. */
export interface ZoneTrouble {
  readonly zone: string;
  /** Resets by targets and by the load balancer, and connections without a free port. */
  readonly broken: number;
  /** Sum over the periods of the targets that were not healthy there. */
  readonly unhealthy: number;
}

export const zoneTroubleFact = fact<readonly ZoneTrouble[]>("zoneTrouble", "in which zone the connections broke");

/** The address of a Network Load Balancer in one zone, over time: what comes to it, and whether DNS gives it out. */
export interface ZoneAddress {
  readonly zone: string;
  /** New connections; always published. */
  readonly begun: Series;
  /** Healthy targets there, the most of each period; without a datapoint not known. */
  readonly healthy: Series;
}

export const zoneAddressesFact = fact<readonly ZoneAddress[]>("zoneAddresses", "what comes to each zone's address");
