import { podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const sidecar = { name: "proxy", role: "beside", plateau: 0.1, limit: 0.2, throttledShare: null } as const;
const share = (throttledShare: number | null) => podCpu({ throttledShare });

export default [
  ["26 % of the periods", share(0.26), "yes"],
  ["24 % of the periods", share(0.24), "unclear"],
  ["10.5 % of the periods", share(0.105), "unclear"],
  ["9.5 % of the periods", share(0.095), "no"],
  ["no periods are known, and there is no quota", { ...share(null), ...workers({ quotaFrom: "cpu.max" }) }, "no"],
  [
    "no periods are known, and only a container beside the serving one has a quota",
    { ...podCpu({ throttledShare: null, containers: [sidecar] }), ...workers({ quotaFrom: "cpu.max" }) },
    "unknown",
  ],
  [
    "no periods are known, and there is a quota",
    { ...share(null), ...workers({ quota: 1, quotaFrom: "limit" }) },
    "unknown",
  ],
  ["no periods are known, nor a quota", { ...share(null), ...workers() }, "unknown"],
  ["nothing is known of the quota", share(null), "unknown"],
] satisfies readonly Row[];
