import { pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["evenness 0.91", podCpu({ jain: 0.91 }), "yes"],
  ["evenness 0.91, one pod at 52 % of another", podCpu({ jain: 0.91, pods: [pod(1), pod(0.52)] }), "yes"],
  ["evenness 0.91, one pod at 48 % of another", podCpu({ jain: 0.91, pods: [pod(1), pod(0.48)] }), "unclear"],
  ["evenness 0.89", podCpu({ jain: 0.89 }), "unclear"],
  ["evenness 0.86", podCpu({ jain: 0.86 }), "unclear"],
  ["evenness 0.86, one pod at 52 % of another", podCpu({ jain: 0.86, pods: [pod(1), pod(0.52)] }), "unclear"],
  ["evenness 0.86, one pod at 48 % of another", podCpu({ jain: 0.86, pods: [pod(1), pod(0.48)] }), "no"],
  ["evenness 0.84", podCpu({ jain: 0.84 }), "no"],
  ["one pod", podCpu({ jain: 1, together: 1 }), "yes"],
  ["no evenness is known", podCpu({ jain: null }), "unknown"],
  ["no pod has a figure", podCpu({ pods: [] }), "unknown"],
] satisfies readonly Row[];
