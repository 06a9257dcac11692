import type { WorkersFact } from "../../../src/model/facts.ts";
import { demand, podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

/** So many requests in flight for four workers that each waits this share of its time. */
const waiting = (share: number, kind: WorkersFact["kind"] = "processes") => ({
  ...demand([{ outstanding: 4 / (1 - share) }]),
  ...workers({ kind, singleCore: true }),
});

/** So many requests in flight for four workers of four threads each. */
const held = (outstanding: number) => ({
  ...demand([{ outstanding }], { ceiling: 16 }),
  ...workers({ kind: "threads", threads: 4, singleCore: true }),
});

export default [
  ["52 % of the time waiting", waiting(0.52), "yes"],
  ["48 % of the time waiting", waiting(0.48), "unclear"],
  ["26 % of the time waiting", waiting(0.26), "unclear"],
  ["24 % of the time waiting", waiting(0.24), "no"],
  ["fewer in flight than workers", { ...demand([{ outstanding: 2 }]), ...workers() }, "no"],
  [
    "fewer in flight than workers, of a part of the requests",
    { ...demand([{ outstanding: 2 }], { part: true }), ...workers() },
    "unclear",
  ],
  ["threads may hold more than one each", waiting(0.8, "threads"), "unclear"],
  ["busy threads of one interpreter, as many as may be held", { ...held(16), ...podCpu({ plateau: 0.9 }) }, "unclear"],
  ["threads that are not busy, as many as may be held", { ...held(16), ...podCpu({ plateau: 0.4 }) }, "no"],
  ["busy threads of one interpreter, one request for each", { ...held(4), ...podCpu({ plateau: 0.9 }) }, "no"],
  ["how the workers work is not known", waiting(0.8, null), "unclear"],
  ["a busy event loop, 52 % waiting", { ...waiting(0.52, "event loop"), ...podCpu({ plateau: 0.9 }) }, "yes"],
  ["a busy event loop, 48 % waiting", { ...waiting(0.48, "event loop"), ...podCpu({ plateau: 0.9 }) }, "unclear"],
  ["an event loop neither busy nor idle", { ...waiting(0.8, "event loop"), ...podCpu({ plateau: 0.6 }) }, "unclear"],
  [
    "an idle event loop holds what waits elsewhere",
    { ...waiting(0.8, "event loop"), ...podCpu({ plateau: 0.2 }) },
    "no",
  ],
  ["an event loop without CPU figures", waiting(0.8, "event loop"), "unclear"],
  ["the workers are not known", { ...demand([{ outstanding: 9 }], { ceiling: null }), ...workers() }, "unknown"],
  ["no episode has figures", { ...demand(), ...workers() }, "unknown"],
] satisfies readonly Row[];
