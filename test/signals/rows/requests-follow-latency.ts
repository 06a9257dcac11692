import { always, episodes, metric } from "../facts.ts";
import type { Row } from "../row.ts";

const STARTS = [20, 60, 100, 140, 180, 220, 260] as const;
const MINUTES = 300;
/** The earliest that anything rises, before the first breach. */
const MINUTES_BEFORE = 12;

/** Spikes of ten minutes; in each, requests and latency rise by so much, so many minutes after its first breach. */
const rising = (
  spikes: number,
  follow: number,
  {
    latency = 3,
    requests = 2,
    late = 0,
    after = 2,
  }: Partial<Record<"latency" | "requests" | "late" | "after", number>> = {},
) => {
  const average = [...always(0.1, MINUTES)];
  const count = [...always(100, MINUTES)];
  for (const [index, start] of STARTS.slice(0, spikes).entries())
    for (let minute = start - MINUTES_BEFORE; minute < start + 10; minute += 1) {
      if (minute >= start + late) average[minute] = 0.1 * latency;
      // Where they do not follow, they come with it.
      if (minute >= start + late + (index < follow ? after : 0)) count[minute] = 100 * requests;
    }
  return {
    ...metric({ average, requests: count }),
    ...episodes(
      STARTS.slice(0, spikes).map((start) => [start, start + 10] as const),
      {},
      MINUTES,
    ),
  };
};

export default [
  ["requests rise two minutes later", rising(1, 1), "yes"],
  ["requests rise a minute later", rising(1, 1, { after: 1 }), "yes"],
  ["requests rise in the same minute", rising(1, 0), "unclear"],
  ["requests rise before it", rising(1, 1, { after: -1 }), "no"],
  ["it is slow from 2.1 times the usual on", rising(1, 1, { latency: 2.1 }), "yes"],
  ["1.9 times the usual is not slow", rising(1, 1, { latency: 1.9 }), "no"],
  ["1.32 times the requests", rising(1, 1, { requests: 1.32 }), "yes"],
  ["1.28 times the requests are no more", rising(1, 1, { requests: 1.28 }), "no"],
  ["in 3 of 5 spikes", rising(5, 3), "yes"],
  ["in 4 of 7 spikes", rising(7, 4), "unclear"],
  ["it became slow 10 min before the first breach", rising(1, 1, { late: -10, after: 1 }), "yes"],
  ["both rose 11 min before the first breach", rising(1, 1, { late: -11, after: 0 }), "unclear"],
  [
    "both rose just as it became slow, 11 min before; what is left looks like an order",
    rising(1, 1, { late: -11, after: 1 }),
    "unclear",
  ],
  ["no requests outside", { ...metric({ average: [], requests: [] }), ...episodes() }, "unknown"],
  ["no episode", { ...metric({ average: always(1), requests: always(1) }), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
