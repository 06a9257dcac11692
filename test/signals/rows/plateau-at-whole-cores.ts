import { podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const plateau = (cores: number | null, quota: number | null) => ({
  ...podCpu({ plateau: cores }),
  ...workers({ workers: null, quota, quotaFrom: quota === null ? null : "limit" }),
});

export default [
  ["0.72 cores of a quota of 2", plateau(0.72, 2), "yes"],
  ["0.68 cores of a quota of 2", plateau(0.68, 2), "no"],
  ["1.9 cores of a quota of 4", plateau(1.9, 4), "yes"],
  ["0.74 of a quota of 1", plateau(0.74, 1), "yes"],
  ["0.76 of a quota of 1", plateau(0.76, 1), "no"],
  [
    "another container of the pod is the busy one",
    { ...plateau(0.95, 2), ...podCpu({ plateau: 0.95, container: "proxy" }) },
    "unclear",
  ],
  ["no quota is known", plateau(0.95, null), "no"],
  ["no CPU figure", plateau(null, 2), "unknown"],
] satisfies readonly Row[];
