import type { WorkloadFact } from "../../../src/model/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/pod-cpu/lines.ts");

/** Pods of another cluster that are found beside a hundred of this one's, where so many are not listed. */
const foreign = (strangers: number) => (module: Module) => {
  const names = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const own = names(100, "shop");
  const lines = [...own, ...names(strangers, "strange")].map((pod) => ({
    pod,
    container: "app",
    cluster: "",
    cpu: { start: 0, step: 60, values: [0.5, 0.5] },
  }));
  const workload = { kind: "Deployment", pods: own.map((name) => ({ name })) } as unknown as WorkloadFact;
  return module.ownLines(lines, workload, null, true).foreign.length;
};

export default {
  module: "playbooks/evidence/pod-cpu/lines.ts",
  rows: [
    ["a quarter more pods than are listed may be a rollout's", foreign(25), 0],
    ["more than a quarter are another cluster's", foreign(26), 26],
    ["the sum counts each pod 1.55 times: twice", (module) => module.isTwice(1.55), true],
    ["the sum counts each pod 1.45 times: once", (module) => module.isTwice(1.45), false],
  ],
} satisfies Held<Module>;
