import { backend, controller, noController } from "../controllers.ts";
import { alarm } from "../facts.ts";
import type { Row } from "../row.ts";

const errors = { alarm: { ...alarm().alarm, metric: "HTTPCode_Target_5XX_Count" } };
const usual = [1000, 0.1] as const;

/** Two episodes with a hundred requests to each of two backends, that take so many seconds longer than 0.1 s. */
const longer = (first: number, second: number, requests = 100) =>
  controller([
    backend("a", usual, [requests, 0.1 + first], [requests, 0.1 + first]),
    backend("b", usual, [requests, 0.1 + second], [requests, 0.1 + second]),
  ]);
/** The same of a third one as well. */
const three = (first: number, second: number, third: number) =>
  controller(
    [first, second, third].map((more, index) =>
      backend("abc"[index] ?? "", usual, [100, 0.1 + more], [100, 0.1 + more]),
    ),
  );
/** What the load balancer saw of the first backend's added second, in both episodes. */
const seen = (seconds: number) => [1, 2].map((episode) => ({ episode, requests: 200, seconds }));

export default [
  ["81 % of the added time in both episodes", { ...alarm(), ...longer(0.81, 0.19) }, "yes"],
  ["79 % of it", { ...alarm(), ...longer(0.79, 0.21) }, "unclear"],
  ["at most 51 %", { ...alarm(), ...three(0.51, 0.3, 0.19) }, "unclear"],
  ["at most 49 %", { ...alarm(), ...three(0.49, 0.3, 0.21) }, "no"],
  ["all of it, by 21 requests in each", { ...alarm(), ...longer(1, 0, 21) }, "yes"],
  ["all of it, by 19 requests in each", { ...alarm(), ...longer(1, 0, 19) }, "unknown"],
  ["only one episode", { ...alarm(), ...controller([backend("a", usual, [100, 1])]) }, "unknown"],
  [
    "another one in the second episode",
    {
      ...alarm(),
      ...controller([backend("a", usual, [100, 1], [100, 0.1]), backend("b", usual, [100, 0.1], [100, 1])]),
    },
    "unclear",
  ],
  // Each episode has a hundred requests that took a second longer.
  [
    "52 % of what the load balancer saw",
    { ...alarm(), ...controller(longer(1, 0)["ingress-controller"].found?.backends ?? null, seen(192)) },
    "yes",
  ],
  [
    "48 % of what the load balancer saw",
    { ...alarm(), ...controller(longer(1, 0)["ingress-controller"].found?.backends ?? null, seen(208)) },
    "unknown",
  ],
  ["the controller's metrics are not there", { ...alarm(), ...controller(null) }, "unknown"],
  ["the pods are no controller", { ...alarm(), ...noController }, "no"],
  [
    "its metrics tell no time",
    { ...alarm(), ...controller([backend("a", [9, null], [100, null], [100, null])]) },
    "unknown",
  ],
  [
    "what is usual for another one is not known",
    {
      ...alarm(),
      ...controller([backend("a", usual, [100, 1], [100, 1]), backend("b", [0, null], [100, 0.1], [100, 0.1])]),
    },
    "unknown",
  ],
  [
    "what is usual for one with 19 requests is not known",
    {
      ...alarm(),
      ...controller([backend("a", usual, [100, 1], [100, 1]), backend("b", [0, null], [19, 0.1], [19, 0.1])]),
    },
    "yes",
  ],
  [
    "what is usual for one with 20 requests is not known",
    {
      ...alarm(),
      ...controller([backend("a", usual, [100, 1], [100, 1]), backend("b", [0, null], [20, 0.1], [20, 0.1])]),
    },
    "unknown",
  ],
  [
    "all errors are of one",
    {
      ...errors,
      ...controller([
        backend("a", [1000, 0.1, 1], [100, 0.1, 30], [100, 0.1, 20]),
        backend("b", [1000, 5, 1], [100, 9, 0], [100, 9, 0]),
      ]),
    },
    "yes",
  ],
  [
    "the errors are of both",
    {
      ...errors,
      ...controller([
        backend("a", [1000, 0.1, 0], [100, 0.1, 20], [100, 0.1, 20]),
        backend("b", [1000, 0.1, 0], [100, 9, 20], [100, 9, 20]),
      ]),
    },
    "no",
  ],
] satisfies readonly Row[];
