import { episodes, level, tails } from "../facts.ts";
import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

/** Some pods hot and others idle in this share of the minutes, and nine of ten requests answered so much later than usual. */
const clumped = (share: number, factor: number) => ({
  ...podCpu({ clumpedShare: share, jain: 0.7 }),
  ...tails({ p90: level(0.1, 0.1 * factor) }),
  ...episodes(),
});

export default [
  ["some pods hot in 32 % of the minutes, and many requests late", clumped(0.32, 2), "yes"],
  ["some pods hot in 32 % of the minutes, and few requests late", clumped(0.32, 1.15), "no"],
  ["some pods hot in 32 % of the minutes, and whether many are late is not clear", clumped(0.32, 1.3), "unclear"],
  ["some pods hot in 28 % of the minutes, and few requests late", clumped(0.28, 1.15), "unclear"],
  ["hardly ever some pods hot", clumped(0.09, 2), "no"],
  [
    "some pods hot, and the latency of the slowest tenth not read",
    { ...podCpu({ clumpedShare: 0.32, jain: 0.7 }), ...episodes() },
    "yes",
  ],
] satisfies readonly Row[];
