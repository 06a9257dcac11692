import { always, episodes, givenUp, level, metric } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/retry-storm/factor.ts");

/** Of 1000 requests in each minute of the spike so many are given up; before it there were so many requests. */
const statement =
  (closed: number, before: number, late = 0) =>
  (module: Module) =>
    module.default.find({
      ...givenUp(level(before, 1000), level(null, closed)),
      ...episodes(),
      metric: metric({
        average: level(0.1, 1),
        requests: level(before, 1000).map((count, minute) => (minute >= 30 && minute < 30 + late ? before : count)),
      }).guiltyMetric,
    } as never)?.statement ?? null;

export default {
  module: "playbooks/factors/retry-storm/factor.ts",
  rows: [
    [
      "a third is given up, and there are three times the requests",
      statement(333, 330),
      "33 % of the requests in the spikes were closed by their client before the answer (460), 0 % outside them: what is sent again is load that nobody waits for, and no metric tells it from what clients want; the access log does",
    ],
    [
      "they come after the latency",
      statement(333, 330, 2),
      "33 % of the requests in the spikes were closed by their client before the answer (460), 0 % outside them, and in 1 of 1 spike the requests rise after the latency: what is sent again is load that nobody waits for, and no metric tells it from what clients want; the access log does",
    ],
    ["a tenth is given up", (module: Module) => statement(100, 330)(module) !== null, true],
    ["as many requests as ever", statement(333, 1000), null],
    ["few are given up", statement(30, 330), null],
    [
      "the load balancer had no requests in the spike",
      (module: Module) =>
        module.default.find({
          ...givenUp(always(0), always(0)),
          ...episodes(),
          metric: metric({ average: level(0.1, 1), requests: level(330, 1000) }).guiltyMetric,
        } as never),
      null,
    ],
  ],
} satisfies Held<Module>;
