import { fact, type Series } from "../../../src/playbook.ts";

/** The edges of a latency's distribution, on the alarm's grid; seconds. */
export interface Tails {
  /** A tenth of the requests is faster. */
  readonly p10: Series;
  /** A tenth of the requests is slower. */
  readonly p90: Series;
}

export const guiltyTailsFact = fact<Tails>("guiltyTails", "the fastest and the slowest tenth of the requests");
