import { definePlaybook } from "../../../src/playbook.ts";
import { OF_FLOWS } from "../../evidence/of-flows.ts";
import network from "../network/playbook.ts";

/** Alarms on how many targets of a Network Load Balancer are healthy, or not: read and judged as its connections are. */
export default definePlaybook({
  id: "host-health",
  of: "a Network Load Balancer",
  judges: "target health of a Network Load Balancer",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/NetworkELB" &&
    /^((UnHealthy|Healthy)HostCount|(Healthy|Unhealthy)State(DNS|Routing))$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    dimensions.TargetGroup !== undefined,
  steps: OF_FLOWS,
  causes: network.causes,
  factors: network.factors,
  fixes: network.fixes,
});
