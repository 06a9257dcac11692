import { service, topology } from "../balancer.ts";
import type { Row } from "../row.ts";

const off = topology({ stickiness: { enabled: false, type: null } });
const nodes = (targetsAre: "nodes" | "instances" | null) =>
  topology({ stickiness: { enabled: false, type: null }, targetType: "instance", targetsAre });

export default [
  ["a cookie binds clients", topology({ stickiness: { enabled: true, type: "lb_cookie" } }), "yes"],
  ["stickiness of no known kind", topology({ stickiness: { enabled: true, type: null } }), "yes"],
  ["the Service binds addresses", { ...off, ...service("ClientIP") }, "yes"],
  ["neither does", { ...off, ...service("None") }, "no"],
  ["stickiness is off, the targets are pods, and no Service is known", off, "no"],
  ["stickiness is off, the targets are nodes, and no Service is known", nodes("nodes"), "unknown"],
  ["stickiness is off, and what the instances are is not known, nor a Service", nodes(null), "unknown"],
  ["stickiness is off, and the instances are no nodes", nodes("instances"), "no"],
  [
    "stickiness is off, the targets are nodes, and the Service binds nothing",
    { ...nodes("nodes"), ...service("None") },
    "no",
  ],
  ["the setting could not be read", topology(), "unknown"],
] satisfies readonly Row[];
