import { alarm, episodes } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/noisy-evaluation/factor.ts");

const found = (cycles: number, period: number) => (module: Module) =>
  module.default.find({ ...episodes(undefined, { cycles }), alarm: { ...alarm().alarm, period } } as never) !== null;

export default {
  module: "playbooks/factors/noisy-evaluation/factor.ts",
  rows: [
    ["two periods of 90 s, three cycles", found(3, 90), true],
    ["two periods of 92 s, three cycles", found(3, 92), false],
    ["two cycles are incidents", found(2, 90), false],
  ],
} satisfies Held<Module>;
