import { always, episodes, level } from "../facts.ts";
import { responses } from "../groups.ts";
import { readiness } from "../pods.ts";
import type { Row } from "../row.ts";

/** An episode that is over, or still goes on. */
const episode = (isOver: boolean) => {
  const { episodes: fact } = episodes();
  return { episodes: { ...fact, episodes: fact.episodes.map((one) => (isOver ? one : { ...one, okAt: null })) } };
};

/** So many are healthy in the spike, pods are ready, and so many of 100 own 5xx a minute are 504. */
const silent = (late: number | null, reasons: readonly string[] = [], healthy = level(3, 0), isOver = false) => ({
  ...episode(isOver),
  targetHealth: {
    healthy: responses([], { "504": healthy }).responses.made["504"],
    unhealthy: { start: 0, step: 60, values: [] },
  },
  ...readiness(always(1)),
  ...responses([], late === null ? {} : { "502": level(0, 100 - late), "504": level(0, late) }),
  topology: { targets: reasons.map((reason) => ({ id: "i-1", state: "unhealthy", reason })) },
});
/** A pod that is ready in so many of the spike's ten minutes. */
const readyIn = (minutes: number) => readiness(level(1, 0, [[30 + minutes, 60]]));

export default [
  ["62 % are 504", silent(62), "yes"],
  ["58 % are 504", silent(58), "unclear"],
  ["58 % are, and targets fail by time-out now", silent(58, ["Target.Timeout"]), "unclear"],
  ["no request came, and targets fail by time-out now", silent(null, ["Target.Timeout"]), "yes"],
  ["no request came, and none fails now", silent(null), "unclear"],
  ["targets fail for another reason now", silent(100, ["Target.Timeout", "Target.FailedHealthChecks"]), "no"],
  ["they do, and the episode is over", silent(100, ["Target.FailedHealthChecks"], level(3, 0), true), "yes"],
  ["none healthy in 6 of 10 minutes", silent(100, [], level(0, 2, [[36, 60]])), "yes"],
  ["none healthy in 5 of 10 minutes", silent(100, [], level(0, 2, [[35, 60]])), "no"],
  ["no pod was ready", { ...silent(100), ...readyIn(0) }, "no"],
  ["a pod was ready in 6 of 10 minutes", { ...silent(100), ...readyIn(6) }, "yes"],
  ["a pod was ready in 5 of 10 minutes", { ...silent(100), ...readyIn(5) }, "unclear"],
  ["no episode", { ...silent(100), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
