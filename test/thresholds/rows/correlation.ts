import type { Series } from "../../../src/model/time.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/correlation.ts");

/** Loads that never repeat, so many minutes late. */
const loads = (minutes: number, late = 0): Series => ({
  start: 60 * late,
  step: 60,
  values: Array.from({ length: minutes }, (_, minute) => (minute * minute * 37) % 1009),
});
const lag = (late: number) => (module: Module) =>
  module.cpuAndRequests([loads(200, late)], loads(200), () => false)?.lag;
const says = (minutes: number) => (module: Module) =>
  module.cpuAndRequests([loads(minutes)], loads(minutes), () => false) !== null;

export default {
  module: "src/analysis/correlation.ts",
  rows: [
    ["thirty minutes say something", says(30), true],
    ["29 minutes say nothing", says(29), false],
    ["CPU ten minutes early is found", lag(-10), 10],
    ["CPU eleven minutes early is not looked for", (module) => lag(-11)(module) === 11, false],
  ],
} satisfies Held<Module>;
