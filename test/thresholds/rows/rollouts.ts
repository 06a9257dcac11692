import type { RolloutFact, WorkloadFact } from "../../../src/model/facts.ts";
import { at } from "../../signals/facts.ts";
import { pod, podCpu } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/rollouts/collect.ts");

/** When a version was rolled out whose only pod's series begins so many seconds into the window, in seconds from there. */
const rolledOut = (begins: number) => async (module: Module) => {
  const given: RolloutFact[][] = [];
  const workload = { kind: "Deployment", name: "shop", namespace: "shop", replicaSets: [], pods: [] };
  await module.default.run({
    facts: { workload: workload as unknown as WorkloadFact },
    use: async ({ id }: { readonly id: string }) =>
      id === "podCpu" ? podCpu({ pods: [pod(0.5, begins, "shop-7d9f-abcde")] }).podCpu : undefined,
    give: (_: unknown, rollouts: RolloutFact[]) => given.push(rollouts),
    find: () => {},
    now: at(60),
    window: { start: at(0), end: at(60) },
  } as never);
  return given.flat().map((one) => one.at - at(0));
};

export default {
  module: "playbooks/evidence/rollouts/collect.ts",
  rows: [
    ["a pod seen from 290 s on was there before the window", rolledOut(290), [0]],
    ["a pod seen from 310 s on was not", rolledOut(310), [310]],
  ],
} satisfies Held<Module>;
