import { definePlaybook } from "../../../src/playbook.ts";
import classic from "../classic/playbook.ts";

/** Alarms on how many instances of a Classic Load Balancer are in service, or not. */
export default definePlaybook({
  id: "host-health",
  of: "a Classic Load Balancer",
  judges: "target health of a Classic Load Balancer",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/ELB" &&
    /^(UnHealthy|Healthy)HostCount$/.test(metric) &&
    dimensions.LoadBalancerName !== undefined,
  steps: classic.steps,
  causes: classic.causes,
  factors: classic.factors,
  fixes: classic.fixes,
});
