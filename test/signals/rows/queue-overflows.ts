import { classic } from "../classic.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const SPIKES = [3, 10, 17, 24, 31, 38, 45, 52].map((minute) => [minute, minute + 5] as const);
const over = (count: number, longest = 1024, of = 8) => ({
  ...episodes(SPIKES.slice(0, of)),
  ...classic({
    requests: always(900),
    queued: level(0, longest, SPIKES),
    spilled: level(null, 40, SPIKES.slice(0, count)),
  }),
});

export default [
  ["it turns requests down in 5 of 8 episodes", over(5), "yes"],
  ["in 4 of 7", over(4, 1024, 7), "unclear"],
  ["it is full, and turns nothing down", over(0), "unclear"],
  ["513 requests wait at most", over(0, 513), "unclear"],
  ["511 requests wait at most", over(0, 511), "no"],
  ["no request came", { ...episodes(), ...classic({}) }, "unknown"],
  [
    "no request came through, and all were turned down",
    { ...episodes(), ...classic({ spilled: level(null, 40) }) },
    "yes",
  ],
] satisfies readonly Row[];
