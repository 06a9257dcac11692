import { LEAD } from "./clock.ts";
import type { Front } from "./front.ts";

export interface LoadBalancerSpec extends Front {
  readonly name: string;
  /** 16 hex digits. */
  readonly id: string;
  /** `group.name` of the AWS Load Balancer Controller; the stack tag. */
  readonly group: string;
  readonly scheme: "internet-facing" | "internal";
  readonly idleTimeout: number;
  /** Another idle timeout until `at`. */
  readonly idleTimeoutBefore?: { readonly at: number; readonly seconds: number };
  /** Share of requests answered 4xx by the targets, and 5xx. */
  readonly clientErrors: number;
  readonly targetErrors: number;
  /** Malformed requests a minute, which the load balancer answers 400 itself: scanners. No target hears of them. */
  readonly malformed?: number;
}

/** The idle timeout at a time, seconds after the simulation's start. */
export function idleTimeoutAt({ idleTimeout, idleTimeoutBefore }: LoadBalancerSpec, at: number): number {
  return idleTimeoutBefore && at - LEAD < idleTimeoutBefore.at ? idleTimeoutBefore.seconds : idleTimeout;
}
