import { podCpu } from "../facts.ts";
import type { Row } from "../row.ts";

const SERVING = { name: "shop", plateau: 0.9, limit: 1, throttledShare: 0, role: "serving" } as const;
const BESIDE = { name: "proxy", plateau: 0.2, limit: 0.2, throttledShare: 0.5, role: "beside" } as const;

export default [
  ["the pod has one container", podCpu({ containers: [SERVING] }), "yes"],
  ["a container beside it has little to do", podCpu({ containers: [SERVING, BESIDE] }), "yes"],
  ["a container beside it is the busy one", podCpu({ containers: [SERVING, BESIDE], container: "proxy" }), "no"],
  ["CPU without the containers' names", podCpu({ containers: [] }), "unknown"],
  ["CPU of the whole pod", podCpu(), "unknown"],
] satisfies readonly Row[];
