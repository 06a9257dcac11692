import { episodes, level, metric } from "../facts.ts";
import { cpuCheck } from "../pods.ts";
import type { Row } from "../row.ts";

const SAME_MINUTES = { atOnce: 0.9, lag: 0, atLag: 0.9, costInside: 0.02, costOutside: 0.02 };
const SHIFTED = { ...SAME_MINUTES, atOnce: 0.1, lag: 5, atLag: 0.9 };

export default [
  ["the CPU follows the requests of the same minutes", cpuCheck({ requests: SAME_MINUTES }), "yes"],
  ["moved by five minutes it follows them", cpuCheck({ requests: SHIFTED }), "no"],
  [
    "moved by five minutes it follows them, and requests take four",
    { ...cpuCheck({ requests: SHIFTED }), ...metric({ average: level(0.1, 240) }), ...episodes() },
    "yes",
  ],
  [
    "a request seems to cost a fifth of its usual CPU",
    cpuCheck({ requests: { ...SAME_MINUTES, costInside: 0.004 } }),
    "unclear",
  ],
  [
    "samples are missing just when the pods are busy",
    cpuCheck({ missing: { inside: 20, ofInside: 40, outside: 10, ofOutside: 1000 }, requests: SAME_MINUTES }),
    "unclear",
  ],
  ["too few minutes to compare", cpuCheck(), "unknown"],
] satisfies readonly Row[];
