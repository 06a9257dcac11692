import { cpuCheck, nodeModes, pod, podCpu, workers } from "../facts.ts";
import type { Row } from "../row.ts";

const ofQuota = (plateau: number, more: object = {}) => ({
  ...cpuCheck(),
  ...podCpu({ plateau, ...more }),
  ...workers({ quota: 1, quotaFrom: "cpu.max" }),
});
/** Pods that use so many cores of the one node, which has four. */
const onNode = (cores: number) => ({
  ...cpuCheck(),
  ...podCpu({ pods: [pod(cores)] }),
  ...nodeModes({ allocatableCpu: 4 }),
  workload: { serving: { name: "shop" }, pods: [{ name: "shop-1", node: "node-0" }] },
});

export default [
  ["1.1 cores of a quota of 1: what rate() extrapolates", ofQuota(1.1), "yes"],
  ["1.2 cores of a quota of 1", ofQuota(1.2), "no"],
  ["1.2 cores of another container, which the quota is not of", ofQuota(1.2, { container: "sidecar" }), "yes"],
  ["4.5 cores of a node of 4", onNode(4.5), "yes"],
  ["4.7 cores of a node of 4", onNode(4.7), "no"],
  ["a figure that cannot be, and is withheld", cpuCheck({ impossible: ["a share of 150 %"] }), "no"],
  ["a figure that cannot be, beside others", { ...podCpu(), ...cpuCheck({ impossible: ["counted twice?"] }) }, "no"],
  ["no figure at all", cpuCheck(), "unknown"],
] satisfies readonly Row[];
