import { service, topology } from "../balancer.ts";
import type { Row } from "../row.ts";

const off = topology({ stickiness: { enabled: false, type: null } });

export default [
  ["a cookie binds clients", topology({ stickiness: { enabled: true, type: "lb_cookie" } }), "yes"],
  ["stickiness of no known kind", topology({ stickiness: { enabled: true, type: null } }), "yes"],
  ["the Service binds addresses", { ...off, ...service("ClientIP") }, "yes"],
  ["neither does", { ...off, ...service("None") }, "no"],
  ["stickiness is off, and no Service is known", off, "no"],
  ["the setting could not be read", topology(), "unknown"],
] satisfies readonly Row[];
