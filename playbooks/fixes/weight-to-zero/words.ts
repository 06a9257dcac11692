import { type Facts, type Fix, type RuleFact, shellQuoted } from "../../../src/playbook.ts";

interface WeightChange {
  readonly change: Fix["changes"][number] | null;
  readonly rollback: string | null;
  readonly before: readonly string[];
}

/**
 * The command that takes the weight off, where the weight is kept: Argo Rollouts sets it itself; the AWS Load Balancer
 * Controller writes it from an Ingress or a route, and would put it back; else it is the listener's rule.
 */
export function changeOf(rule: RuleFact, guilty: { readonly arn: string }, facts: Partial<Facts>): WeightChange {
  const { workload, targetGroups, service } = facts;
  const tags = targetGroups?.find(({ arn }) => arn === guilty.arn)?.tags ?? {};
  if (workload?.kind === "Rollout") {
    const [name, where] = [shellQuoted(workload.name), `-n ${shellQuoted(workload.namespace)}`];
    return {
      change: {
        target: `Rollout ${workload.namespace}/${workload.name}`,
        patch: "abort: all traffic back to the stable version",
        command: `kubectl argo rollouts abort ${name} ${where}`,
      },
      rollback: `kubectl argo rollouts retry rollout ${name} ${where}`,
      before: ["Argo Rollouts sets the weights: it would undo a manual change to the rule or the Ingress"],
    };
  }
  const resource = Object.entries(tags).find(([key]) => /^(ingress|gateway)\..*\/resource$/.test(key));
  if (resource) return inKubernetes(resource, service);
  return inTheRule(rule, guilty);
}

/** The annotation or route is not read, so that the edit is told and not made up. */
function inKubernetes([key, value]: readonly [string, string], service: Facts["service"] | undefined): WeightChange {
  const gateway = key.startsWith("gateway.");
  const words = gateway
    ? `backendRefs of the route: weight 0 for Service ${service?.name ?? "of the slow target group"}`
    : `annotation alb.ingress.kubernetes.io/actions.…: "weight": 0 for Service ${service?.name ?? "of the slow target group"}`;
  const ingress = gateway || !service ? null : ingressOf(value, service.name);
  const where = `-n ${shellQuoted(service?.namespace ?? "NAMESPACE")}`;
  const object = gateway ? "httproute ROUTE" : `ingress ${shellQuoted(ingress ?? "INGRESS")}`;
  return {
    change: {
      target: `${gateway ? "route" : "Ingress"} ${value}`,
      patch: words,
      command: `kubectl edit ${object} ${where}`,
    },
    rollback: null,
    before: [
      "the AWS Load Balancer Controller writes the rule from it: a manual change to the rule would be undone. Where GitOps applies it, make the change in its repository",
      `today's weights, for the rollback: kubectl get ${object} ${where} -o yaml`,
    ],
  };
}

/** The controller's tag is namespace/ingress-service:port; the Service is known, so the rest is the Ingress. */
function ingressOf(resource: string, service: string): string | null {
  const name =
    resource
      .split("/")
      .at(-1)
      ?.replace(/:[^:]*$/, "") ?? "";
  return name.endsWith(`-${service}`) ? name.slice(0, -service.length - 1) : null;
}

function inTheRule(rule: RuleFact, guilty: { readonly arn: string }): WeightChange {
  const { arn, defaultOf, forwardsOnly, targetGroups, groupStickiness, condition } = rule;
  const before = [
    "if Terraform or another tool made the rule, make the change there: otherwise the old weights come back",
  ];
  const target = `rule ${rule.priority} (${condition})`;
  // The command replaces all actions of a rule; one that authenticates as well was not read whole.
  if (!forwardsOnly || (arn === undefined && defaultOf === undefined))
    return {
      change: null,
      rollback: null,
      before: [
        ...before,
        `${target} does more than forward, or its ARN is not known: change the weight in the console or where it is made, its other actions as they are`,
      ],
    };
  const actions = (off: boolean) => [
    {
      Type: "forward",
      ForwardConfig: {
        TargetGroups: targetGroups.map((one) => ({
          TargetGroupArn: one.arn,
          Weight: off && one.arn === guilty.arn ? 0 : one.weight,
        })),
        ...(groupStickiness
          ? { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: groupStickiness } }
          : {}),
      },
    },
  ];
  const command = (off: boolean) =>
    defaultOf === undefined
      ? `aws elbv2 modify-rule --rule-arn ${shellQuoted(arn ?? "")} --actions ${shellQuoted(JSON.stringify(actions(off)))}`
      : `aws elbv2 modify-listener --listener-arn ${shellQuoted(defaultOf)} --default-actions ${shellQuoted(JSON.stringify(actions(off)))}`;
  return {
    change: { target, patch: JSON.stringify(actions(true), null, 2), command: command(true) },
    rollback: command(false),
    before,
  };
}
