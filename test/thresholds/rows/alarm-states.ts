import type { Transition } from "../../../src/model/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/alarm-states.ts");

/** An alarm that lost its data so often in three hours, for a minute each time. */
const lost = (times: number) => (module: Module) => {
  const gone = "INSUFFICIENT_DATA";
  const transitions = Array.from({ length: times }, (_, index): Transition[] => [
    { at: 600 * (index + 1), from: "OK", to: gone },
    { at: 600 * (index + 1) + 60, from: gone, to: "OK" },
  ]).flat();
  return module.alarmStates({
    alarm: {
      state: "OK",
      comparison: "GreaterThanThreshold",
      treatMissingData: "missing",
      period: 60,
      evaluationPeriods: 2,
    },
    window: { start: 0, end: 10_800 },
    transitions,
    historyFrom: 0,
    datapoints: 100,
  }).kind;
};

export default {
  module: "src/analysis/alarm-states.ts",
  rows: [
    ["twice without data is a habit", lost(2), "loses-data"],
    ["once is none", lost(1), "has-data"],
  ],
} satisfies Held<Module>;
