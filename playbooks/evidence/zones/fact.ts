import { fact } from "../../../src/playbook.ts";

/** What one zone of the load balancer serves of the target group in question. */
export interface ZoneLoad {
  readonly zone: string;
  /** Registered targets that can take requests. */
  readonly targets: number;
  /** Requests of the episodes that this zone's targets got. */
  readonly requests: number;
  /** Their request-weighted average latency in the episodes, seconds; null without requests. */
  readonly latency: number | null;
}

export const zonesFact = fact<readonly ZoneLoad[]>("zones", "the zones' shares of the requests");
