import { fact, type Series } from "../../../src/playbook.ts";

/** Requests through the load balancer, and those of them that it ended with a 4xx of its own; counts a period. */
export interface GivenUp {
  readonly requests: Series;
  /**
   * HTTPCode_ELB_4XX_Count. Of those that reached a target it is 460 alone: the client closed the connection before the
   * answer. What is refused before (400, a web ACL's 403) is counted here too, and not among the requests.
   */
  readonly closed: Series;
}

export const givenUpFact = fact<GivenUp>("givenUp", "the requests that clients gave up");
