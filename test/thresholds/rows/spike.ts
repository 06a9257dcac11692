import type { EpisodesFact } from "../../../src/model/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/model/words.ts");

/** Episodes whose metric breached for so many minutes each. */
const called =
  (...minutes: readonly number[]) =>
  ({ spike }: Module) => {
    const bursts = minutes.map((length) => ({ burst: { start: 0, end: 60 * length } }));
    return spike({ episodes: bursts as unknown as EpisodesFact["episodes"] });
  };

export default {
  module: "src/model/words.ts",
  rows: [
    ["29 min are a spike", called(29), "spike"],
    ["31 min are none", called(31), "episode"],
    ["two of three that soon pass are spikes", called(5, 5, 40), "spike"],
    ["one of two is not most of them", called(5, 40), "episode"],
    ["none are no spikes", called(), "episode"],
  ],
} satisfies Held<Module>;
