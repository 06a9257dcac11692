import type { ContainerCpu } from "../../../src/model/facts.ts";
import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const container = (name: string, role: ContainerCpu["role"]): ContainerCpu => ({
  name,
  role,
  plateau: 0.9,
  limit: null,
  throttledShare: null,
});
const both = [container("app", "serving"), container("proxy", "beside")];

export default [
  ["the only container", podCpu({ containers: [container("app", "serving")] }), "yes"],
  ["the serving one of two works", podCpu({ containers: both }), "yes"],
  ["the one beside it works", podCpu({ containers: both, container: "proxy" }), "no"],
  ["the containers' CPU is not known", podCpu(), "unknown"],
] satisfies readonly Row[];
