import { fact, type Series } from "../../../src/playbook.ts";

/**
 * What became of the connections ("flows") of a Network or Gateway Load Balancer, counts on the grid of the alarm's period.
 * A metric that is published only where there is a nonzero value has no datapoint otherwise; the others always have one.
 */
export interface Flows {
  /** New connections; always published. */
  readonly begun: Series;
  /** RST packets by who made them; always published by a Network Load Balancer, never by a Gateway Load Balancer. */
  readonly resets: { readonly client: Series; readonly balancer: Series; readonly target: Series };
  /** Connections dropped because no port towards a target was free; always published. */
  readonly portErrors: Series;
  /** Connections that it rejected, the most of a minute's samples; always published. */
  readonly rejected: Series;
  /** Connections that its security groups refused, by their inbound and outbound rules; no datapoint: none. */
  readonly blocked: { readonly inbound: Series; readonly outbound: Series };
  /** Connections sent to targets although none was healthy (fail open); no datapoint: none. */
  readonly failOpen: Series;
}

export const flowsFact = fact<Flows>("flows", "what became of the connections");
