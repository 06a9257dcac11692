import { fact, type Series } from "../../../src/playbook.ts";

/** What came for one target group, and how many targets shared it, on the grid of the alarm's period. */
export interface RequestLoad {
  readonly group: string;
  /** All requests for the group; without a datapoint there was none. */
  readonly requests: Series;
  /** The fewest healthy targets of each period; without a datapoint it is not known. */
  readonly healthy: Series;
}

export const requestLoadFact = fact<RequestLoad>("requestLoad", "the target group's requests and targets");
