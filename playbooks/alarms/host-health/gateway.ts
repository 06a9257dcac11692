import { definePlaybook } from "../../../src/playbook.ts";
import gateway from "../gateway/playbook.ts";

/** Alarms on how many appliances behind a Gateway Load Balancer are healthy, or not. */
export default definePlaybook({
  id: "host-health",
  of: "a Gateway Load Balancer",
  judges: "target health of a Gateway Load Balancer",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/GatewayELB" &&
    /^(UnHealthy|Healthy)HostCount$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    dimensions.TargetGroup !== undefined,
  steps: gateway.steps,
  causes: gateway.causes,
  factors: gateway.factors,
  fixes: gateway.fixes,
});
