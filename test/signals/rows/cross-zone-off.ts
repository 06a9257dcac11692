import { loadBalancer, topology } from "../balancer.ts";
import type { Row } from "../row.ts";

export default [
  ["the target group turns it off", topology({ crossZone: "false" }), "yes"],
  ["the target group turns it on", topology({ crossZone: "true" }), "no"],
  [
    "off for the target group, on for the rest",
    { ...topology({ crossZone: "false" }), ...loadBalancer({}, true) },
    "yes",
  ],
  [
    "the target group follows the load balancer, which has it off",
    { ...topology({ crossZone: "use_load_balancer_configuration" }), ...loadBalancer({}, false) },
    "yes",
  ],
  ["not set on the target group, on for the load balancer", { ...topology(), ...loadBalancer({}, true) }, "no"],
  ["neither setting could be read", { ...topology(), ...loadBalancer() }, "unknown"],
  ["the load balancer is not known", topology({ crossZone: "use_load_balancer_configuration" }), "unknown"],
] satisfies readonly Row[];
