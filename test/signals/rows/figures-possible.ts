import { atQuota, cpuCheck, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["within the quota", { ...cpuCheck(), ...atQuota(0.95) }, "yes"],
  ["no quota is known", { ...cpuCheck(), ...podCpu() }, "yes"],
  ["twice the quota: counted twice", { ...cpuCheck(), ...atQuota(2) }, "no"],
  ["the figures cannot be in themselves", cpuCheck({ impossible: ["negative cores"] }), "no"],
  ["no figures, and nothing against them", cpuCheck(), "unknown"],
] satisfies readonly Row[];
