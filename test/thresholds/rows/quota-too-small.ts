import { podCpu, workers } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/quota-too-small-for-workers/factor.ts");

const found = (throttledShare: number) => (module: Module) =>
  module.default.find({ ...podCpu({ throttledShare }), ...workers({ workers: 4, quota: 1 }) } as never) !== null;

export default {
  module: "playbooks/factors/quota-too-small-for-workers/factor.ts",
  rows: [
    ["throttled in 10.5 % of the periods", found(0.105), true],
    ["throttled in 9.5 % of the periods", found(0.095), false],
  ],
} satisfies Held<Module>;
