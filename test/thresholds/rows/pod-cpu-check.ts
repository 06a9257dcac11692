import type { WorkloadFact } from "../../../src/model/facts.ts";
import { podCpu } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/pod-cpu/check.ts");

/** Minutes of the window that a running pod has no sample of, which was made so many seconds into it. */
const unseen = (created: number) => (module: Module) => {
  const workload = {
    serving: { name: "app" },
    containers: [],
    replicas: 1,
    pods: [{ name: "shop-1", phase: "Running", created }],
  } as unknown as WorkloadFact;
  return module.checked(podCpu().podCpu, [], workload, null, [], { start: 0, end: 1800 }, false).missing.outside;
};

export default {
  module: "playbooks/evidence/pod-cpu/check.ts",
  rows: [
    ["a pod has no rate for its first three minutes", unseen(0), 26],
    ["nor for what is left of the fourth, where it was made within a minute", unseen(10), 25],
    [
      "bursts of 120 s compare the pods",
      (module) =>
        module.tooShort([
          { start: 0, end: 60 },
          { start: 600, end: 660 },
        ]),
      null,
    ],
    ["bursts of 115 s do not", (module) => module.tooShort([{ start: 0, end: 115 }]), 115],
    ["the pods of now are those of 290 s ago", (module) => module.isLive({ start: 0, end: 1000 }, 1290), true],
    ["and not those of 310 s ago", (module) => module.isLive({ start: 0, end: 1000 }, 1310), false],
  ],
} satisfies Held<Module>;
