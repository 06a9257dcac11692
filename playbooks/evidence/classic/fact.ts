import { fact, type Series } from "../../../src/playbook.ts";

/**
 * What a Classic Load Balancer answered and queued, on the grid of the alarm's period. All of it is published only where
 * there is something to count; where there were requests, a period without a datapoint is 0.
 */
export interface Classic {
  /** Requests, or connections of TCP listeners, that it handed on. */
  readonly requests: Series;
  /** 5xx of the instances, and those that it made itself: no instance in service, a full queue, a broken connection. */
  readonly failed: Series;
  readonly made: Series;
  /** The most requests that waited for an instance at once; its queue holds 1,024. */
  readonly queued: Series;
  /** Requests that it turned down because the queue was full. */
  readonly spilled: Series;
  /** Connections to instances that were not established, those of health checks among them. */
  readonly refused: Series;
}

export const classicFact = fact<Classic>("classic", "what the Classic Load Balancer answered and queued");
