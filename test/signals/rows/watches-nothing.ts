import type { AlarmState } from "../../../src/model/facts.ts";
import { alarm, at, episodes } from "../facts.ts";
import type { Row } from "../row.ts";

const change = (minute: number, from: AlarmState, to: AlarmState) => ({ at: at(minute), from, to });
/** It loses its data at these minutes, and has it again five minutes later. */
const lost = (...minutes: readonly number[]) =>
  minutes.flatMap((minute) => [
    change(minute, "OK", "INSUFFICIENT_DATA"),
    change(minute + 5, "INSUFFICIENT_DATA", "OK"),
  ]);
const quiet = { from: "history" as const };
const judged = (datapoints: number) => ({ judged: { datapoints } as never });
const watched = (known: object) => ({ watched: { fault: null, gone: [], instead: [], ...known } });
const state = (one: AlarmState) => ({ alarm: { ...alarm().alarm, state: one } });

export default [
  [
    "its dimension holds an ARN",
    { ...alarm(), ...watched({ fault: { because: "an ARN", remedy: "not one" } }) },
    "yes",
  ],
  ["its load balancer is gone", { ...alarm(), ...watched({ gone: ["the load balancer app/a/1"] }) }, "yes"],
  [
    "it lost its data twice, and never alarmed",
    { ...alarm(), ...episodes([], { ...quiet, transitions: lost(10, 30) }), ...judged(9), ...watched({}) },
    "yes",
  ],
  [
    "it lost its data twice, though gaps do not change its state",
    {
      alarm: { ...alarm().alarm, treatMissingData: "ignore" },
      ...episodes([], { ...quiet, transitions: lost(10, 30) }),
      ...judged(9),
      ...watched({}),
    },
    "unclear",
  ],
  [
    "it lost its data once",
    { ...alarm(), ...episodes([], { ...quiet, transitions: lost(10) }), ...judged(9), ...watched({}) },
    "no",
  ],
  [
    "it lost its data twice, and alarmed in between",
    {
      ...alarm(),
      ...episodes([[40, 50]], {
        ...quiet,
        transitions: [...lost(10, 30), change(42, "OK", "ALARM"), change(50, "ALARM", "OK")],
      }),
      ...judged(9),
    },
    "unclear",
  ],
  [
    "it lost its data twice, and is in ALARM since before",
    { ...alarm(), ...episodes([[0, 5]], { ...quiet, transitions: lost(10, 30) }), ...judged(9) },
    "unclear",
  ],
  [
    "it never had any, as far as its history goes",
    { ...state("INSUFFICIENT_DATA"), ...episodes([], quiet), ...judged(0), ...watched({}) },
    "yes",
  ],
  ["it has none in this window", { ...state("OK"), ...episodes([], quiet), ...judged(0) }, "unclear"],
  ["it has some", { ...alarm(), ...episodes([], quiet), ...judged(9), ...watched({}) }, "no"],
  ["whether what it watches is there is not known", { ...alarm(), ...watched({ gone: null }) }, "unknown"],
  ["its metric could not be read", { ...alarm(), ...episodes([], quiet) }, "unknown"],
] satisfies readonly Row[];
