import type { RuleFact } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { count, listOf, mapped, name, nameOrNull, pagedItems, text } from "../parse.ts";
import * as z from "../zod.ts";

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  /** To which its default action forwards: all that a listener of a Network Load Balancer does. */
  readonly targetGroups: readonly string[];
  /** Which protocols and ciphers it takes; null where it takes none, or is not told. */
  readonly policy: string | null;
}
const listener = mapped(
  z.object({
    ListenerArn: name,
    Port: z.int().check(z.positive(), z.maximum(65_535)),
    Protocol: z.string(),
    SslPolicy: nameOrNull,
    DefaultActions: listOf(z.object({ TargetGroupArn: nameOrNull })),
  }),
  (raw): Listener => ({
    arn: raw.ListenerArn,
    port: raw.Port,
    protocol: raw.Protocol,
    policy: raw.SslPolicy,
    targetGroups: raw.DefaultActions.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
  }),
);

export function describeListeners(loadBalancerArn: string): Typed<Listener[]> {
  return {
    question: { source: "elbv2", operation: "DescribeListeners", input: { LoadBalancerArn: loadBalancerArn } },
    parse: (pages) => pagedItems(listener, pages, "Listeners"),
  };
}

/** A certificate of a listener: the one that is shown to whoever names no host, or one of the others. */
export interface ListenerCertificate {
  readonly arn: string;
  readonly isDefault: boolean;
}
const listenerCertificate = mapped(
  z.object({ CertificateArn: name, IsDefault: z.nullish(z.boolean()) }),
  (raw): ListenerCertificate => ({ arn: raw.CertificateArn, isDefault: raw.IsDefault ?? false }),
);

/** Every certificate of a listener: DescribeListeners tells only the default one. */
export function describeListenerCertificates(listenerArn: string): Typed<ListenerCertificate[]> {
  return {
    question: { source: "elbv2", operation: "DescribeListenerCertificates", input: { ListenerArn: listenerArn } },
    // The default one is told twice, once by either name.
    parse: (pages) => {
      const { value, flaws } = pagedItems(listenerCertificate, pages, "Certificates");
      const defaults = new Set(value.filter(({ isDefault }) => isDefault).map(({ arn }) => arn));
      const arns = [...new Set(value.map(({ arn }) => arn))];
      return { value: arns.map((arn) => ({ arn, isDefault: defaults.has(arn) })), ...(flaws && { flaws }) };
    },
  };
}

const values = z.nullish(z.object({ Values: z.nullish(z.array(name)) }));
const rule = z.object({
  RuleArn: nameOrNull,
  IsDefault: z.nullish(z.boolean()),
  Priority: name,
  Conditions: z.nullish(
    z.array(
      z.object({
        Field: text,
        Values: z.nullish(z.array(name)),
        HostHeaderConfig: values,
        PathPatternConfig: values,
      }),
    ),
  ),
  Actions: z.array(
    z.object({
      Type: z.string(),
      TargetGroupArn: text,
      FixedResponseConfig: z.nullish(z.object({ StatusCode: text })),
      ForwardConfig: z.nullish(
        z.object({
          TargetGroups: z.nullish(z.array(z.object({ TargetGroupArn: name, Weight: count }))),
          TargetGroupStickinessConfig: z.nullish(
            z.object({ Enabled: z.nullish(z.boolean()), DurationSeconds: z.nullish(z.number()) }),
          ),
        }),
      ),
    }),
  ),
});

export function describeRules(listenerArn: string): Typed<RuleFact[]> {
  return {
    question: { source: "elbv2", operation: "DescribeRules", input: { ListenerArn: listenerArn } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(rule, pages, "Rules");
      return { value: value.map((one) => toRule(one, listenerArn)), flaws };
    },
  };
}

function toRule(raw: z.infer<typeof rule>, listenerArn: string): RuleFact {
  const conditions = (raw.Conditions ?? []).map((condition) => {
    const config = condition.HostHeaderConfig ?? condition.PathPatternConfig;
    const wanted = condition.Values?.length ? condition.Values : (config?.Values ?? []);
    return `${(condition.Field ?? "condition").replace("-header", "").replace("-pattern", "")} ${wanted.join(" or ")}`;
  });
  const targetGroups = raw.Actions.flatMap((action) => {
    const weighted = action.ForwardConfig?.TargetGroups ?? [];
    if (weighted.length > 0) return weighted.map((group) => ({ arn: group.TargetGroupArn, weight: group.Weight ?? 1 }));
    return action.TargetGroupArn === null ? [] : [{ arn: action.TargetGroupArn, weight: 1 }];
  });
  const sticky = raw.Actions.map(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig).find(
    (one) => one?.Enabled,
  );
  const hosts = (raw.Conditions ?? []).flatMap(({ Field, Values, HostHeaderConfig }) =>
    Field === "host-header" ? (HostHeaderConfig?.Values ?? Values ?? []) : [],
  );
  const answers = raw.Actions.flatMap(({ FixedResponseConfig }) => FixedResponseConfig?.StatusCode ?? [])[0];
  return {
    ...(raw.RuleArn === null ? {} : { arn: raw.RuleArn }),
    ...(answers === undefined ? {} : { answers }),
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(raw.IsDefault ? { defaultOf: listenerArn } : {}),
    forwardsOnly: raw.Actions.every(({ Type }) => Type === "forward"),
    groupStickiness: sticky?.DurationSeconds ?? null,
    priority: raw.Priority,
    condition: conditions.join(", ") || "everything else",
    targetGroups,
  };
}
