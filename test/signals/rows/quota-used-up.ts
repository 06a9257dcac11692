import { atQuota, podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["87 % of the quota", atQuota(0.87), "yes"],
  ["87 % of the quota, throttled in 11 % of the periods", atQuota(0.87, { throttledShare: 0.11 }), "yes"],
  ["87 % of the quota, throttled in 9.5 % of the periods", atQuota(0.87, { throttledShare: 0.095 }), "unclear"],
  ["83 % of the quota", atQuota(0.83), "unclear"],
  ["77 % of the quota", atQuota(0.77), "unclear"],
  ["73 % of the quota", atQuota(0.73), "no"],
  ["another container of the pod is the busy one", atQuota(1, { container: "proxy" }), "unclear"],
  ["no quota", { ...podCpu(), ...workers({ quotaFrom: "cpu.max" }) }, "no"],
  ["the quota could not be read", { ...podCpu(), ...workers() }, "unknown"],
  ["another container works", atQuota(0.95, { container: "proxy" }), "unclear"],
  ["no CPU figure", { ...podCpu({ plateau: null }), ...workers({ quota: 1, quotaFrom: "limit" }) }, "unknown"],
] satisfies readonly Row[];
