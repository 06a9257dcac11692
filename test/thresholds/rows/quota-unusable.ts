import { podCpu, workers } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/quota-unusable/factor.ts");

const found = (quota: number) => (module: Module) =>
  module.default.find({ ...podCpu({ plateau: 0.9 }), ...workers({ quota }) } as never) !== null;

export default {
  module: "playbooks/factors/quota-unusable/factor.ts",
  rows: [
    ["121 % of what the workers can use", found(1.21), true],
    ["119 % is a little headroom", found(1.19), false],
  ],
} satisfies Held<Module>;
