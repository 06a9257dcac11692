import { episodes, level, tails } from "../facts.ts";
import { pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

/** Nine of ten requests answered so many times later than usual. */
const late = (factor: number) => ({ ...tails({ p90: level(0.1, 0.1 * factor) }), ...episodes() });
/** Some pods hot and others idle in this share of the minutes. */
const clumped = (share: number, factor: number) => ({
  ...podCpu({ clumpedShare: share, jain: 0.7 }),
  ...late(factor),
});
/** Two pods that differ alike in every episode: the one at a core, the other at this share of it. */
const lasting = (share: number, factor: number, samePods = 0.9, clumpedShare = 0.12) => ({
  ...podCpu({ pods: [pod(1), pod(share)], samePods, clumpedShare }),
  ...late(factor),
});

export default [
  ["some pods hot in 32 % of the minutes, and many requests late", clumped(0.32, 2), "yes"],
  ["some pods hot in 32 % of the minutes, and few requests late", clumped(0.32, 1.15), "no"],
  ["some pods hot in 32 % of the minutes, and whether many are late is not clear", clumped(0.32, 1.3), "yes"],
  ["some pods hot in 28 % of the minutes, and few requests late", clumped(0.28, 1.15), "unclear"],
  ["hardly ever some pods hot", clumped(0.09, 2), "no"],
  [
    "some pods hot, and the latency of the slowest tenth not read",
    { ...podCpu({ clumpedShare: 0.32, jain: 0.7 }), ...episodes() },
    "yes",
  ],
  ["always the same pods hot, one at 48 % of the other, and many requests late", lasting(0.48, 2), "yes"],
  ["always the same pods hot, one at 52 % of the other", lasting(0.52, 2), "unclear"],
  ["one at 48 % of the other, and whether it is always the same is not clear", lasting(0.48, 2, 0.55), "unclear"],
  ["one at 48 % of the other, and whether many are late is not clear", lasting(0.48, 1.3), "unclear"],
  ["never some pods hot beside idle ones, one always at 48 % of the other", lasting(0.48, 2, 0.9, 0), "yes"],
] satisfies readonly Row[];
