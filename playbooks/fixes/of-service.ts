/** What fixes say of a Service of type LoadBalancer, and of the target group that was made of it. */
import type { ServiceFact, TargetGroupFact } from "../../src/playbook.ts";

/** The annotation that holds the attributes of the Service's target groups, all of them in one value. */
export const ATTRIBUTES = "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes";
export const MERGE_ATTRIBUTES =
  "if the Service has target-group-attributes already, merge them into one value: the annotation replaces the whole list";

/** Whether the AWS Load Balancer Controller, or EKS Auto Mode, made it from a Service: only then annotations rule it. */
export function isOfService({ tags }: TargetGroupFact): boolean {
  return Object.keys(tags).some((key) => /^service\.(k8s\.aws|eks\.amazonaws\.com)\//.test(key));
}

export const namedService = ({ namespace, name }: ServiceFact) => ({
  kind: "Service",
  resource: "service",
  namespace,
  name,
});
