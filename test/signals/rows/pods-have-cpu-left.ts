import { podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const used = (plateau: number | null) => ({ ...podCpu({ plateau }), ...workers({ workers: 1 }) });
/** Pods whose workers could not be counted, and that were read to have no quota. */
const unbounded = (plateau: number) => ({
  ...podCpu({ plateau }),
  ...workers({ workers: null, quotaFrom: "cpu.max" }),
});

export default [
  ["59 % of a core a worker", used(0.59), "yes"],
  ["62 % of a core a worker", used(0.62), "unclear"],
  ["68 % of a core a worker", used(0.68), "unclear"],
  ["72 % of a core a worker", used(0.72), "no"],
  ["threads use more than a core a worker", used(1.4), "no"],
  [
    "the quota allows less than the workers",
    { ...podCpu({ plateau: 0.9 }), ...workers({ workers: 4, quota: 1 }) },
    "no",
  ],
  ["only the quota is known", { ...podCpu({ plateau: 0.5 }), ...workers({ workers: null, quota: 2 }) }, "yes"],
  [
    "another container of the pod is the busy one",
    { ...podCpu({ plateau: 0.2, container: "proxy" }), ...workers({ workers: 1 }) },
    "unclear",
  ],
  ["no quota, the workers not known, and 0.59 cores", unbounded(0.59), "yes"],
  ["no quota, the workers not known, and 0.61 cores", unbounded(0.61), "unknown"],
  ["no quota, the workers not known, and 3 cores", unbounded(3), "unknown"],
  [
    "no quota, the workers not known, and another container is the busy one",
    { ...unbounded(0.2), ...podCpu({ plateau: 0.2, container: "proxy" }) },
    "unknown",
  ],
  ["neither workers nor quota are known", { ...podCpu(), ...workers({ workers: null }) }, "unknown"],
  ["nothing is known of the workers", podCpu(), "unknown"],
  ["another container works", { ...podCpu({ plateau: 0.5, container: "proxy" }), ...workers() }, "unclear"],
  ["no CPU figure", used(null), "unknown"],
] satisfies readonly Row[];
