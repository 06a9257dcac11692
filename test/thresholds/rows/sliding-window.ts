import { alarm, at, episodes } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/sliding-window/factor.ts");

/** An alarm of this period whose state changed at these seconds of the window, beginning with ALARM. */
const found =
  (period: number, seconds: readonly number[], other: "OK" | "INSUFFICIENT_DATA" = "OK") =>
  (module: Module) =>
    module.default.find({
      alarm: { ...alarm().alarm, period },
      ...episodes([], {
        transitions: seconds.map((second, index) => {
          const [from, to] = index % 2 === 0 ? ([other, "ALARM"] as const) : (["ALARM", other] as const);
          return { at: at(0) + second, from, to };
        }),
      }),
    } as never) !== null;

export default {
  module: "playbooks/factors/sliding-window/factor.ts",
  rows: [
    ["two changes come 3 min after the one before, of 5", found(300, [0, 180, 360]), true],
    ["one comes 3 min after", found(300, [0, 180, 900]), false],
    ["two come 235 s after: more than a minute's lateness less than 5 min", found(300, [0, 235, 470]), true],
    ["two come 243 s after: a late evaluation may do that", found(300, [0, 243, 486]), false],
    ["changes come a whole period apart", found(300, [0, 300, 600, 900]), false],
    ["a period of a minute does not slide", found(60, [0, 0, 0, 0]), false],
    ["a period of 64 s", found(64, [0, 0, 0, 0]), true],
    ["to INSUFFICIENT_DATA and back", found(300, [0, 60, 120, 180], "INSUFFICIENT_DATA"), false],
  ],
} satisfies Held<Module>;
