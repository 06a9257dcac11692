import { service, topology } from "../balancer.ts";
import type { Row } from "../row.ts";

export default [
  ["targets are nodes", { ...topology({ targetType: "instance" }), ...service() }, "yes"],
  ["targets are pods", topology({ targetType: "ip" }), "no"],
  ["targets are nodes, and no Service is known", topology({ targetType: "instance" }), "unknown"],
] satisfies readonly Row[];
