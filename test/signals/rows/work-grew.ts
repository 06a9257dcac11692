import { demand } from "../pods.ts";
import type { Row } from "../row.ts";

const costs = (cpuPerRequest: number | null, cpuPerRequestOutside: number | null) =>
  demand([], { cpuPerRequest, cpuPerRequestOutside });

export default [
  ["1.55 times the CPU", costs(0.155, 0.1), "yes"],
  ["1.45 times the CPU", costs(0.145, 0.1), "unclear"],
  ["1.3 times the CPU", costs(0.13, 0.1), "unclear"],
  ["1.2 times the CPU", costs(0.12, 0.1), "no"],
  ["not known in the episodes", costs(null, 0.1), "unknown"],
  ["not known outside them", costs(0.1, null), "unknown"],
  ["nothing outside them", costs(0.1, 0), "unknown"],
] satisfies readonly Row[];
