import { pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const used = (...cores: readonly (number | null)[]) => podCpu({ pods: cores.map((one) => pod(one)) });

export default [
  ["0.24 cores", used(0.24), "yes"],
  ["0.26 cores", used(0.26), "unclear"],
  ["0.48 cores", used(0.48), "unclear"],
  ["0.52 cores", used(0.52), "no"],
  ["one works and another idles", used(0.9, 0.01), "yes"],
  ["no pod has a figure", used(null), "unknown"],
] satisfies readonly Row[];
