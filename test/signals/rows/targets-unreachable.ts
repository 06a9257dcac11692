import { always, episodes, level, readiness, responses } from "../facts.ts";
import type { Row } from "../row.ts";

/** So many are healthy in the spike, pods are ready, and so many of 100 own 5xx a minute are 504. */
const silent = (late: number, reasons: readonly string[] = [], healthy = level(3, 0)) => ({
  ...episodes(),
  targetHealth: {
    healthy: responses([], { "504": healthy }).responses.made["504"],
    unhealthy: { start: 0, step: 60, values: [] },
  },
  ...readiness(always(1)),
  ...responses([], { "502": level(0, 100 - late), "504": level(0, late) }),
  topology: { targets: reasons.map((reason) => ({ id: "i-1", state: "unhealthy", reason })) },
});

export default [
  ["62 % are 504", silent(62), "yes"],
  ["58 % are 504", silent(58), "unclear"],
  ["58 % are, and targets fail by time-out now", silent(58, ["Target.Timeout"]), "yes"],
  ["targets fail for another reason now", silent(100, ["Target.Timeout", "Target.FailedHealthChecks"]), "no"],
  ["none healthy in 6 of 10 minutes", silent(100, [], level(0, 2, [[36, 60]])), "yes"],
  ["none healthy in 5 of 10 minutes", silent(100, [], level(0, 2, [[35, 60]])), "no"],
  ["no pod was ready", { ...silent(100), ...readiness(level(1, 0)) }, "no"],
  ["a pod was ready only at first", { ...silent(100), ...readiness(level(1, 0, [[35, 60]])) }, "no"],
  ["a pod was ready only at last", { ...silent(100), ...readiness(level(1, 0, [[0, 35]])) }, "no"],
  ["no episode", { ...silent(100), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
