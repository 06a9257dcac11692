import { podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const share = (plateau: number | null, count: number | null = 1, singleCore: boolean | null = true) => ({
  ...podCpu({ plateau }),
  ...workers({ workers: count, singleCore }),
});

export default [
  ["0.72 cores a worker", share(0.72), "yes"],
  ["0.68 cores a worker", share(0.68), "unclear"],
  ["0.52 cores a worker", share(0.52), "unclear"],
  ["0.48 cores a worker", share(0.48), "no"],
  ["1.05 cores a worker", share(1.05), "yes"],
  ["1.15 cores a worker", share(1.15), "unclear"],
  ["0.9 cores for two workers", share(0.9, 2), "no"],
  ["0.9 cores, and whether a worker can use more than one is not known", share(0.9, 1, null), "unclear"],
  ["0.4 cores, and whether a worker can use more than one is not known", share(0.4, 1, null), "no"],
  ["0.9 cores of a server whose workers may use several", share(0.9, 1, false), "unknown"],
  [
    "another container of the pod is the busy one",
    { ...podCpu({ container: "proxy" }), ...workers({ singleCore: true }) },
    "unclear",
  ],
  ["the workers are not known", share(0.9, null), "unknown"],
  ["a worker may use several cores", { ...podCpu({ plateau: 0.9 }), ...workers({ singleCore: false }) }, "unknown"],
  ["whether it may is not known", { ...podCpu({ plateau: 0.9 }), ...workers({ singleCore: null }) }, "unclear"],
  [
    "whether it may is not known, and it idles",
    { ...podCpu({ plateau: 0.2 }), ...workers({ singleCore: null }) },
    "no",
  ],
  ["another container works", { ...podCpu({ plateau: 0.9, container: "proxy" }), ...workers() }, "unclear"],
  ["no CPU figure", share(null), "unknown"],
] satisfies readonly Row[];
