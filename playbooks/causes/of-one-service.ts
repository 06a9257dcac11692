import { type Condition, is } from "../../src/playbook.ts";
import oneRequest from "../signals/one-request-breaches.ts";
import standsOut from "../signals/one-service-stands-out.ts";
import roseTogether from "../signals/services-rose-together.ts";
import slowerSince from "../signals/slower-since-rollout.ts";

/**
 * What every trouble within one running service has in common, as conditions of a cause's table: it is not a rollout's,
 * not the load balancer's, not one request's, and it is there. Whatever is not known stays possible.
 */
export const OF_ONE_SERVICE: readonly Condition[] = [
  is(slowerSince, "no", "unclear", "unknown"),
  is(roseTogether, "no", "unclear", "unknown"),
  is(oneRequest, "no", "unclear", "unknown"),
  is(standsOut, "yes", "unclear", "unknown"),
];
