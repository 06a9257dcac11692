import type { NodeFact } from "../../../src/model/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/uneven-node-sizes/factor.ts");

const node = (allocatableCpu: number | null, busyInBursts: number | null, pods = 1) =>
  ({ name: `${allocatableCpu}`, allocatableCpu, busyInBursts, pods }) as unknown as NodeFact;
const found =
  (...nodes: readonly NodeFact[]) =>
  (module: Module) =>
    module.default.find({ nodes } as never) !== null;

export default {
  module: "playbooks/factors/uneven-node-sizes/factor.ts",
  rows: [
    ["1.55 times the cores, the small one busier", found(node(2, 0.9), node(3.1, 0.3)), true],
    ["1.45 times the cores", found(node(2, 0.9), node(2.9, 0.3)), false],
    ["the small one 1.35 times as busy", found(node(2, 0.54), node(8, 0.4)), true],
    ["the small one 1.25 times as busy", found(node(2, 0.5), node(8, 0.4)), false],
    ["the small ones on average", found(node(2, 0.9), node(2, 0.2), node(8, 0.4)), true],
    ["the large one holds none of the pods", found(node(2, 0.9), node(8, 0.1, 0)), false],
    ["how busy the small one was is not known", found(node(2, null), node(8, 0.1)), false],
    ["no node is known", found(), false],
  ],
} satisfies Held<Module>;
