import { fact, type Series } from "../../../src/playbook.ts";

/**
 * Connections of the load balancer as a whole, on the grid of the alarm's period. Without a datapoint a count is 0:
 * CloudWatch publishes none of what was none.
 */
export interface ConnectionLoad {
  /** Refused because the load balancer had as many as it can hold (RejectedConnectionCount). */
  readonly rejected: Series;
  /** New ones, of clients and to targets together (NewConnectionCount). */
  readonly made: Series;
  readonly requests: Series;
  /** Percent of its capacity in use, the most of each period (CapacityUtilization); without a datapoint it is not known. */
  readonly capacity: Series;
  /** Capacity units in each period (Sum of PeakLCUs); published where capacity was reserved, so mostly not known. */
  readonly peak: Series;
}

export const connectionLoadFact = fact<ConnectionLoad>("connectionLoad", "the load balancer's connections");
