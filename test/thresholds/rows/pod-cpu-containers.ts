import type { ContainerCpu } from "../../../src/model/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/pod-cpu/containers.ts");

const container = (name: string, plateau: number, limit: number | null): ContainerCpu => ({
  name,
  plateau,
  limit,
  throttledShare: null,
  role: name === "app" ? "serving" : "beside",
});
/** The container that works: the serving one or the one beside it, with the CPU and the limit of each. */
const works = (own: readonly [number, number | null], beside: readonly [number, number | null]) => (module: Module) =>
  module.working([container("app", ...own), container("sidecar", ...beside)], "app");

export default {
  module: "playbooks/evidence/pod-cpu/containers.ts",
  rows: [
    ["beside it one is at 86 % of its limit", works([0.1, 1], [0.86, 1]), "sidecar"],
    ["beside it one is at 84 % of its limit", works([0.1, 1], [0.84, 1]), "app"],
    ["it is at 59 % of its own limit, beside a full one", works([0.59, 1], [1, 1]), "sidecar"],
    ["it is at 61 % of its own limit, beside a full one", works([0.61, 1], [1, 1]), "app"],
    ["it has no limit and uses 0.59 cores, beside a full one", works([0.59, null], [0.2, 0.2]), "sidecar"],
    ["it has no limit and uses 0.61 cores, beside a full one", works([0.61, null], [0.2, 0.2]), "app"],
    ["one without a limit uses 4.1 times as much", works([0.1, null], [0.41, null]), "sidecar"],
    ["one without a limit uses 3.9 times as much", works([0.1, null], [0.39, null]), "app"],
  ],
} satisfies Held<Module>;
