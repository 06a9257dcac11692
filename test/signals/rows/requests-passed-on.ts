import { backend, controller, noController } from "../controllers.ts";
import { alarm } from "../facts.ts";
import type { Row } from "../row.ts";

const usual = [1000, 0.1] as const;
const backends = (first: number, second: number, requests = 100) => [
  backend("a", usual, [100, 0.1 + first], [100, 0.1 + first]),
  backend("b", usual, [requests, 0.1 + second], [requests, 0.1 + second]),
];
const both = (first: number, second: number, requests = 100) => ({
  ...alarm(),
  ...controller(backends(first, second, requests)),
});
/** Two episodes, each with so many requests at the load balancer, which took so many seconds longer together. */
const seenAs = (requests: number, seconds: number) => ({
  ...alarm(),
  ...controller(
    backends(0.1, 0.1),
    [1, 2].map((episode) => ({ episode, requests, seconds })),
  ),
});

export default [
  ["the pods are no ingress controller", { ...alarm(), ...noController }, "no"],
  ["its metrics are not there", { ...alarm(), ...controller(null) }, "yes"],
  ["the other backend's requests take 19 % of what the slow one's have more", both(1, 0.19), "yes"],
  ["they take 21 % of it", both(1, 0.21), "unclear"],
  ["all backends are slower alike", both(1, 1), "unclear"],
  ["the other backend has 21 requests an episode", both(1, 0, 21), "yes"],
  ["the other backend has 19 requests an episode", both(1, 0, 19), "unclear"],
  [
    "a backend that had no trouble in one episode only",
    {
      ...alarm(),
      ...controller([backend("a", usual, [100, 2], [100, 2]), backend("b", usual, [100, 0.1], [100, 2])]),
    },
    "unclear",
  ],
  // Each episode has 200 requests to backends, which took 20 s longer.
  ["the backends made 19 % of what the load balancer saw", seenAs(200, 105), "no"],
  ["the backends made 21 % of it", seenAs(200, 95), "yes"],
  ["19 % of it, but only 79 % of the requests are in its metrics", seenAs(253, 105), "yes"],
  ["19 % of it, and 81 % of the requests are in its metrics", seenAs(247, 105), "no"],
  [
    "what one of them took is not told",
    {
      ...alarm(),
      ...controller(
        [...backends(0.1, 0.1), backend("c", [9, null], [100, null], [100, null])],
        [1, 2].map((episode) => ({ episode, requests: 200, seconds: 105 })),
      ),
    },
    "yes",
  ],
  [
    "only one episode",
    { ...alarm(), ...controller([backend("a", usual, [100, 2]), backend("b", usual, [100, 0.1])]) },
    "yes",
  ],
] satisfies readonly Row[];
