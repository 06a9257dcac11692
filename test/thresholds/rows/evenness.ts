import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/evenness.ts");

const line = (pod: string, ...values: number[]) => ({ pod, cpu: { start: 0, step: 60, values } });
const minutes = (count: number, value: number) => new Array<number>(count).fill(value);
const of =
  (figure: "clumpedShare" | "plateau", ...lines: ReturnType<typeof line>[]) =>
  (module: Module) =>
    module.evenness(lines, [{ start: 0, end: 6060 }])[figure];

export default {
  module: "src/analysis/evenness.ts",
  rows: [
    [
      "71 % of the highest, beside a pod without load",
      of("clumpedShare", line("a", ...minutes(4, 1), 0.71), line("b", ...minutes(4, 1), 0)),
      0.2,
    ],
    [
      "69 % of the highest, beside a pod without load",
      of("clumpedShare", line("a", ...minutes(4, 1), 0.69), line("b", ...minutes(4, 1), 0)),
      0,
    ],
    [
      "a full pod beside one at 34 % of it",
      of("clumpedShare", line("a", ...minutes(9, 1)), line("b", ...minutes(9, 0.34))),
      1,
    ],
    [
      "a full pod beside one at 36 % of it",
      of("clumpedShare", line("a", ...minutes(9, 1)), line("b", ...minutes(9, 0.36))),
      0,
    ],
    [
      "the highest is what few minutes reach, not what most do",
      of("clumpedShare", line("a", ...minutes(10, 1), ...minutes(40, 0.3)), line("b", ...minutes(50, 0.3))),
      0.2,
    ],
    [
      "the plateau is below the highest twentieth",
      of("plateau", line("a", ...Array.from({ length: 101 }, (_, minute) => minute))),
      95,
    ],
  ],
} satisfies Held<Module>;
