import type { ReadLog } from "../../../src/model/logs.ts";
import { requestLog, row } from "../../signals/logs.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/logs/clumps.ts");

/** An episode in which two targets have so many requests each, of which one's are slow so often; and a quiet stretch. */
const log = (requests: number, slow: number, quiet: readonly (readonly [number, number])[] = [[200, 0.1]]): ReadLog => {
  const own = [
    [requests - slow, 0.1],
    [slow, 1],
  ] as const;
  return requestLog(
    row(0, "all", [], [...own, [requests, 0.1]]),
    row(0, "target", ["a"], own),
    row(0, "target", ["b"], [[requests, 0.1]]),
    row(2, "all", [], quiet),
    row(2, "target", ["a"], [[100, 0.1]]),
    row(2, "target", ["b"], [[100, 0.1]]),
  )["request-log"];
};

export default {
  module: "src/analysis/logs/clumps.ts",
  rows: [
    ["20 requests of each target", (module: Module) => module.clumpsOf(log(20, 10), "shop")?.byEpisode.length ?? 0, 1],
    ["19 requests of each target", (module: Module) => module.clumpsOf(log(19, 10), "shop")?.byEpisode.length ?? 0, 0],
    [
      "5 slow requests are expected of each",
      (module: Module) => module.clumpsOf(log(100, 10), "shop")?.compared ?? -1,
      1,
    ],
    [
      "4.5 slow requests are expected of each",
      (module: Module) => module.clumpsOf(log(100, 9), "shop")?.compared ?? -1,
      0,
    ],
    [
      "in the quiet stretch 4.5 % take longer: in the episode all those are slow",
      (module: Module) =>
        module.clumpsOf(
          log(100, 100, [
            [191, 0.1],
            [9, 1],
          ]),
          "shop",
        )?.slow ?? -1,
      0.5,
    ],
    [
      "in the quiet stretch 5.5 % take longer: none is",
      (module: Module) =>
        module.clumpsOf(
          log(100, 100, [
            [189, 0.1],
            [11, 1],
          ]),
          "shop",
        )?.slow ?? -1,
      0,
    ],
  ],
} satisfies Held<Module>;
