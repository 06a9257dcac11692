import { mainFacts } from "../../fixes/main-facts.ts";
import { judgedOf } from "../../judged.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/verify.ts");

/** Bursts of a single period, and a later session with so many periods of so many requests, all of them fast. */
const outcome = (periods: number, requests: number) => (module: Module) => {
  const facts = mainFacts();
  const short = facts.episodes.episodes.map((one) => ({ ...one, burst: { ...one.burst, end: one.burst.start + 60 } }));
  const then = { ...facts, episodes: { ...facts.episodes, episodes: short } };
  const start = facts.episodes.window.end + 7200;
  const grid = (value: number) => ({ start, step: 60, values: new Array<number>(periods).fill(value) });
  const metric = { ...facts.alarmMetric, judged: grid(0.5), average: grid(0.5), requests: grid(requests) };
  const quiet = { ...facts.episodes, window: { start, end: start + 60 * periods }, episodes: [] };
  const judged = judgedOf(facts.alarm, metric);
  const now = { ...facts, judged, alarmMetric: metric, guiltyMetric: metric, episodes: quiet, rollouts: [] };
  return module.compareSessions(then, now).outcome;
};

export default {
  module: "src/analysis/verify.ts",
  rows: [
    ["two periods as heavy as a burst prove it", outcome(2, 480), "fixed"],
    ["one may be chance", outcome(1, 480), "unproven"],
    ["82 % of a burst's requests are as heavy", outcome(2, 394), "fixed"],
    ["78 % of them are not", outcome(2, 374), "unproven"],
  ],
} satisfies Held<Module>;
