import { always, episodes, level } from "../facts.ts";
import { targetHealth } from "../groups.ts";
import { pod, podCpu, readiness } from "../pods.ts";
import type { Row } from "../row.ts";

const SPIKES = [3, 10, 17, 24, 31, 38, 45, 52].map((minute) => [minute, minute + 5] as const);
const idling = (cores: number) => podCpu({ pods: [pod(cores), pod(cores)] });
/** Targets fail in all of the episodes; a pod is ready in the first so many. */
const ready = (count: number, cores = 0.1, of = 8) => ({
  ...episodes(SPIKES.slice(0, of)),
  ...targetHealth(level(0, 1, SPIKES)),
  ...readiness(always(1), level(1, 0, SPIKES.slice(count))),
  ...idling(cores),
});

export default [
  ["ready in 5 of 8 episodes, and idle", ready(5), "yes"],
  ["ready in 4 of 7", ready(4, 0.1, 7), "unclear"],
  ["not ready in any", ready(0), "no"],
  ["ready, and each uses 0.24 cores", ready(8, 0.24), "yes"],
  ["ready, and each uses 0.26 cores", ready(8, 0.26), "unclear"],
  ["ready, and each uses 0.6 cores", ready(8, 0.6), "unclear"],
  [
    "how busy they are is not known",
    { ...episodes(), ...targetHealth(level(0, 1)), ...readiness(always(1)) },
    "unclear",
  ],
  [
    "a pod that was never ready before does not count",
    {
      ...episodes(),
      ...targetHealth(level(0, 1)),
      ...readiness(
        always(1),
        level(0, 0, [[30, 60]]).map((value, minute) => (minute < 45 ? 0 : value === 0 ? 1 : 1)),
      ),
      ...idling(0.1),
    },
    "yes",
  ],
  [
    "no pod is there",
    { ...episodes(), ...targetHealth(level(0, 1)), ...readiness(level(1, null)), ...idling(0.1) },
    "no",
  ],
  ["when the pods were ready is not known", { ...episodes(), ...targetHealth(level(0, 1)) }, "unknown"],
  ["how many targets fail is not known", { ...episodes(), ...targetHealth([]), ...readiness(always(1)) }, "unknown"],
  ["no target fails, and when the pods were ready is not known", { ...episodes(), ...targetHealth(always(0)) }, "no"],
  ["no target fails", { ...episodes(), ...targetHealth(always(0)), ...readiness(always(1)), ...idling(0.1) }, "no"],
  [
    "there is no episode",
    { ...episodes([]), ...targetHealth(always(1)), ...readiness(always(1)), ...idling(0.1) },
    "unknown",
  ],
] satisfies readonly Row[];
