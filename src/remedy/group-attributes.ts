import type { ServiceFact, TargetGroupFact, WorkloadFact } from "../model/facts.ts";
import type { Fix } from "../model/judgement.ts";
import { targetGroupAttributes } from "./aws-commands.ts";
import { changedLines } from "./changed-lines.ts";
import { objectChange, whereItLives } from "./patches.ts";

type Attributes = { readonly [key: string]: string };

/** A change of a target group's attributes where they are kept, the rollback, and what has to be seen to before it. */
export interface AttributesChange {
  readonly change: Fix["changes"][number];
  readonly rollback: string;
  readonly before: readonly string[];
}

const ANNOTATION = "alb.ingress.kubernetes.io/target-group-attributes";

/**
 * Where the AWS Load Balancer Controller made the target group from an Ingress, its attributes are an annotation of the
 * Service, which wins over the Ingress's own; elsewhere they are set on the target group. `undo` are today's values.
 */
export function attributesChange(
  { group, service, by }: { group: TargetGroupFact; service: ServiceFact | undefined; by: WorkloadFact["appliedBy"] },
  attributes: Attributes,
  undo: Attributes,
): AttributesChange {
  const byIngress = Object.keys(group.tags).some((key) => /^ingress\.(k8s\.aws|eks\.amazonaws\.com)\//.test(key));
  if (!byIngress || !service)
    return {
      change: {
        target: `target group ${group.name}`,
        patch: JSON.stringify(attributes, null, 2),
        command: targetGroupAttributes(group.arn, attributes),
        lines: changedLines(undo, attributes),
      },
      rollback: targetGroupAttributes(group.arn, undo),
      before: [
        "if Terraform or another tool made the target group, make the change there: otherwise the old one comes back",
      ],
    };
  const name = { kind: "Service", resource: "service", namespace: service.namespace, name: service.name };
  const annotated = (values: Attributes) => {
    const list = Object.entries(values).map(([key, value]) => `${key}=${value}`);
    return { metadata: { annotations: { [ANNOTATION]: list.join(",") } } };
  };
  return {
    change: objectChange(by, name, "merge", annotated(attributes)),
    // The controller leaves alone what the annotation does not name, so that removing it would not take the value back.
    rollback: objectChange(by, name, "merge", annotated(undo)).command,
    before: [
      whereItLives(by),
      "if the Service or its Ingress has target-group-attributes already, merge them into one value: the annotation replaces the whole list",
    ],
  };
}
