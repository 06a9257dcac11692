import { always, episodes, givenUp, level, metric } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/retry-storm/factor.ts");

/**
 * Of the target group's 1000 requests in each minute of the spike so many are given up; before it there were so many
 * requests. They rise so many minutes after the latency. `all`: what the load balancer had, other groups' requests too.
 */
const statement =
  (closed: number, before: number, { late = 0, all = 1000 } = {}) =>
  (module: Module) =>
    module.default.find({
      ...givenUp(level(before, all), level(null, closed)),
      ...episodes(),
      metric: metric({
        average: level(0.1, 1),
        requests: level(before, 1000).map((count, minute) => (minute >= 30 && minute < 30 + late ? before : count)),
      }).guiltyMetric,
    } as never)?.statement ?? null;
const found =
  (...of: Parameters<typeof statement>) =>
  (module: Module) =>
    statement(...of)(module) !== null;

export default {
  module: "playbooks/factors/retry-storm/factor.ts",
  rows: [
    [
      "a third is given up, and there are half as many more requests",
      statement(333, 670),
      "33 % of the requests in the spikes were closed by their client before the answer (460), 0 % outside them; the extra requests are no more than these: retries are load that nobody waits for, and no metric tells them from genuine requests; the access log does",
    ],
    [
      "they come after the latency",
      statement(333, 670, { late: 2 }),
      "33 % of the requests in the spikes were closed by their client before the answer (460), 0 % outside them, and in 1 of 1 spike requests rise after latency does; the extra requests are no more than these: retries are load that nobody waits for, and no metric tells them from genuine requests; the access log does",
    ],
    ["331 are given up, and 330 come on top", found(331, 670), true],
    ["329 are given up, and 330 come on top: one of them at least is nobody's second", found(329, 670), false],
    ["a third is given up, and there are three times the requests: a burst of its own", found(333, 330), false],
    ["a tenth of all the load balancer's requests, and as many as come on top", found(331, 670, { all: 3000 }), true],
    ["as many requests as ever", found(333, 1000), false],
    ["few are given up", found(30, 330), false],
    [
      "they come a minute before the latency",
      (module: Module) =>
        module.default.find({
          ...givenUp(level(670, 1000, [[29, 40]]), level(null, 400)),
          ...episodes(),
          metric: metric({ average: level(0.1, 1), requests: level(670, 1000, [[29, 40]]) }).guiltyMetric,
        } as never),
      null,
    ],
    [
      "the load balancer had no requests in the spike",
      (module: Module) =>
        module.default.find({
          ...givenUp(always(0), always(0)),
          ...episodes(),
          metric: metric({ average: level(0.1, 1), requests: level(670, 1000) }).guiltyMetric,
        } as never),
      null,
    ],
  ],
} satisfies Held<Module>;
