import type { CpuAndRequests, WorkloadFact } from "../../../src/model/facts.ts";
import { cpuCheck, node, pod, podCpu } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/plausibility.ts");

interface Known {
  readonly plateau?: number;
  readonly shares?: readonly number[];
  readonly figures?: readonly number[];
}
const reasons = (known: Known) => (module: Module) =>
  module.impossible({
    container: "app",
    plateau: null,
    limit: 1,
    alive: null,
    listed: 2,
    shares: [],
    figures: [],
    ...known,
  }).length;

/** One pod with so many cores on a node that has four. */
const onNode = (cores: number) => (module: Module) => {
  const workload = { serving: { name: "app" }, pods: [{ name: "shop-1", node: "node-1" }] } as unknown as WorkloadFact;
  const { podCpu: fact } = podCpu({ plateau: null, pods: [pod(cores)] });
  return module.impossibleBeside(fact, null, workload, [node({ allocatableCpu: 4 })]).length;
};

/** Pod-minutes without a sample: of a hundred in the bursts, unless said, and of a thousand outside them. */
const missing =
  (inside: number, outside: number, ofInside = 100) =>
  (module: Module) =>
    module.lostWhenBusy(cpuCheck({ missing: { inside, ofInside, outside, ofOutside: 1000 } }).cpuCheck);

const belongs =
  (known: Partial<CpuAndRequests>, latency = 0) =>
  (module: Module) => {
    const requests = { atOnce: 0.3, lag: 2, atLag: 0.8, costInside: 0.02, costOutside: 0.02, ...known };
    return module.belongs(cpuCheck({ requests }).cpuCheck, latency, "spike").answer;
  };

export default {
  module: "src/analysis/plausibility.ts",
  rows: [
    ["114 % of the quota can be", reasons({ plateau: 1.14 }), 0],
    ["116 % of the quota cannot", reasons({ plateau: 1.16 }), 1],
    ["a share of 109 % can be", reasons({ shares: [1.09] }), 0],
    ["a share of 111 % cannot", reasons({ shares: [1.11] }), 1],
    ["no CPU at all can be", reasons({ figures: [0], shares: [0] }), 0],
    ["less than none cannot", reasons({ figures: [-0.01] }), 1],
    ["a share below nothing cannot", reasons({ shares: [-0.01] }), 1],
    ["114 % of a node's CPU can be", onNode(4 * 1.14), 0],
    ["116 % of a node's CPU cannot", onNode(4 * 1.16), 1],
    ["five samples of twenty are lost, all in the bursts", missing(5, 0, 20), true],
    ["four samples of sixteen are an accident", missing(4, 0, 16), false],
    ["21 % are lost, all in the bursts", missing(21, 0), true],
    ["19 % are lost, all in the bursts", missing(19, 0), false],
    ["lost 3.06 times as often in the bursts", missing(30, 98), true],
    ["lost 2.94 times as often in the bursts", missing(30, 102), false],
    ["51 % of the bursts are not seen, and as little of the rest", missing(51, 510), true],
    ["49 % of the bursts are not seen, and as little of the rest", missing(49, 490), false],
    ["moved by two minutes", belongs({}), "no"],
    ["moved by two minutes the other way", belongs({ lag: -2 }), "no"],
    ["moved by one minute", belongs({ lag: 1 }), "yes"],
    ["moved by more than twice what a request takes", belongs({ lag: 4 }, 119), "no"],
    ["moved by less than twice what a request takes", belongs({ lag: 4 }, 121), "yes"],
    ["moved, it follows them by 0.61", belongs({ atLag: 0.61 }), "no"],
    ["moved, it follows them by 0.59", belongs({ atLag: 0.59 }), "yes"],
    ["moved, it follows them better by 0.21", belongs({ atOnce: 0.59 }), "no"],
    ["moved, it follows them better by 0.19", belongs({ atOnce: 0.61 }), "yes"],
    ["a request costs 41 % of its usual CPU", belongs({ lag: 0, costInside: 0.0082 }), "yes"],
    ["a request costs 39 % of its usual CPU", belongs({ lag: 0, costInside: 0.0078 }), "unclear"],
  ],
} satisfies Held<Module>;
