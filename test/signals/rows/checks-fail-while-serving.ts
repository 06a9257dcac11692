import { always, episodes, level, metric } from "../facts.ts";
import { targetHealth } from "../groups.ts";
import { readiness } from "../pods.ts";
import type { Row } from "../row.ts";

const STARTS = [10, 60, 110, 160, 210, 260, 310] as const;
const MINUTES = 400;
const spikes = (count: number) => STARTS.slice(0, count).map((from) => [from, from + 10] as const);
/** Of so many episodes so many have a target out; requests take so many times their usual in all. */
const out = (all: number, failing: number, slower = 1) => ({
  ...episodes(spikes(all), {}, MINUTES),
  ...targetHealth(level(0, 1, spikes(failing), MINUTES)),
  ...readiness(always(1, MINUTES)),
  ...metric({ average: level(0.1, 0.1 * slower, spikes(all), MINUTES) }),
});

export default [
  ["in 3 of 5 episodes", out(5, 3), "yes"],
  ["in 4 of 7", out(7, 4), "unclear"],
  ["in none", out(5, 0), "no"],
  ["requests take 1.9 times their usual", out(1, 1, 1.9), "yes"],
  ["requests take 2.1 times their usual", out(1, 1, 2.1), "no"],
  ["a pod is not ready meanwhile", { ...out(1, 1), ...readiness(level(1, 0, spikes(1), MINUTES)) }, "no"],
  ["the usual latency is not known", { ...out(1, 1), ...metric({ average: [] }) }, "unknown"],
  ["no episode", { ...out(1, 1), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
