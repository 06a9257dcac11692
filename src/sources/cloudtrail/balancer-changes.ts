import type { ChangeFact, SettingChange, Touched } from "../../model/facts/changes.ts";
import { plural } from "../../model/words.ts";
import { field, listOf, name } from "../parse.ts";
import * as z from "../zod.ts";
import { type CallChange, nameIn, type RecordedCall } from "./call.ts";

/*
 * Calls of Elastic Load Balancing. CloudTrail writes their parameters and answers as the API has them, with a small first
 * letter (Elastic Load Balancing User Guide, "Log API calls using CloudTrail").
 */

const optional = z.nullish(name);
const figure = z.nullish(z.union([z.number(), name]));
const group = z.object({ targetGroupArn: name, weight: z.nullish(z.int()) });
const action = z.object({
  type: optional,
  targetGroupArn: optional,
  forwardConfig: z.nullish(
    z.object({
      targetGroups: listOf(group),
      targetGroupStickinessConfig: z.nullish(z.object({ enabled: z.nullish(z.boolean()), durationSeconds: figure })),
    }),
  ),
});
const values = z.nullish(z.object({ values: listOf(name) }));
const condition = z.object({
  field: optional,
  values: listOf(name),
  hostHeaderConfig: values,
  pathPatternConfig: values,
});
const request = z.object({
  loadBalancerArn: optional,
  listenerArn: optional,
  ruleArn: optional,
  targetGroupArn: optional,
  name: optional,
  priority: figure,
  attributes: listOf(z.object({ key: name, value: optional })),
  actions: z.nullish(z.array(action)),
  defaultActions: z.nullish(z.array(action)),
  conditions: z.nullish(z.array(condition)),
  certificates: z.nullish(z.array(z.object({ certificateArn: optional }))),
  sslPolicy: optional,
  mutualAuthentication: z.nullish(z.object({ mode: optional })),
  port: figure,
  protocol: optional,
  securityGroups: z.nullish(z.array(name)),
  subnets: z.nullish(z.array(name)),
  targets: z.nullish(z.array(z.object({ id: name, port: figure }))),
  rulePriorities: z.nullish(z.array(z.object({ ruleArn: name, priority: figure }))),
  healthCheckPath: optional,
  healthCheckPort: figure,
  healthCheckProtocol: optional,
  healthCheckIntervalSeconds: figure,
  healthCheckTimeoutSeconds: figure,
  healthyThresholdCount: figure,
  unhealthyThresholdCount: figure,
  matcher: z.nullish(z.object({ httpCode: optional, grpcCode: optional })),
});
type Request = z.infer<typeof request>;

/** Settings that a call gives by themselves, as the API names them. */
const PLAIN = [
  "sslPolicy",
  "port",
  "protocol",
  "priority",
  "healthCheckPath",
  "healthCheckPort",
  "healthCheckProtocol",
  "healthCheckIntervalSeconds",
  "healthCheckTimeoutSeconds",
  "healthyThresholdCount",
  "unhealthyThresholdCount",
] as const;

/** Throws a ZodError where the parameters do not fit. */
export function balancerChange({ name: call, request: raw, response }: RecordedCall): CallChange {
  const asked = request.parse(raw ?? {});
  const touches = touchedBy(asked, response);
  const settings = settingsOf(call, asked, response);
  const isMade = /^(Create|Delete)/.exec(call)?.[1];
  return {
    kind: kindOf(call, asked, settings),
    what: words(call, asked, touches),
    touches,
    // What was made was not there before.
    settings: isMade === "Create" ? settings.map((one) => ({ ...one, before: null })) : settings,
  };
}

function touchedBy(asked: Request, response: unknown): Touched[] {
  const touched: Touched[] = [];
  const add = (kind: Touched["kind"], id: string | null | undefined) => {
    if (id && !touched.some((one) => one.id === id)) touched.push({ kind, id });
  };
  add("load balancer", asked.loadBalancerArn);
  add("listener", asked.listenerArn);
  add("rule", asked.ruleArn);
  for (const { ruleArn } of asked.rulePriorities ?? []) add("rule", ruleArn);
  for (const { certificateArn } of asked.certificates ?? []) add("certificate", certificateArn);
  add("target group", asked.targetGroupArn);
  for (const one of groupsIn([...(asked.actions ?? []), ...(asked.defaultActions ?? [])])) add("target group", one.arn);
  // What was made has its ARN from the answer.
  add("rule", first(response, "rules", "ruleArn"));
  add("listener", first(response, "listeners", "listenerArn"));
  add("target group", first(response, "targetGroups", "targetGroupArn"));
  add("load balancer", first(response, "loadBalancers", "loadBalancerArn"));
  return touched;
}

function first(response: unknown, list: string, member: string): string | null {
  const found = field(response, list);
  const value = Array.isArray(found) ? field(found[0], member) : null;
  return typeof value === "string" ? value : null;
}

function groupsIn(actions: readonly z.infer<typeof action>[]) {
  return actions.flatMap(({ targetGroupArn, forwardConfig }) => {
    const weighted = forwardConfig?.targetGroups ?? [];
    if (weighted.length > 0) return weighted.map((one) => ({ arn: one.targetGroupArn, weight: one.weight ?? 1 }));
    return targetGroupArn ? [{ arn: targetGroupArn, weight: 1 }] : [];
  });
}

function settingsOf(call: string, asked: Request, response: unknown): SettingChange[] {
  const told: SettingChange[] = [];
  const tell = (setting: string, after: string | number | null | undefined) => {
    if (after !== undefined && after !== null && after !== "") told.push({ name: setting, after: String(after) });
  };
  for (const { key, value } of asked.attributes) tell(key, value);
  for (const setting of PLAIN) tell(setting, asked[setting]);
  // A listener that was made without a policy got the default one, which only the answer names.
  if (call === "CreateListener" && !asked.sslPolicy) tell("sslPolicy", first(response, "listeners", "sslPolicy"));
  tell("matcher", asked.matcher?.httpCode ?? asked.matcher?.grpcCode);
  tell("securityGroups", asked.securityGroups?.join(", "));
  tell("subnets", asked.subnets?.join(", "));
  tell("mutualAuthentication.mode", asked.mutualAuthentication?.mode);
  const certificates = (asked.certificates ?? []).map(({ certificateArn }) => certificateArn ?? "unknown");
  if (isOfList(call))
    for (const arn of certificates)
      told.push(
        call.startsWith("Add")
          ? { name: `certificate ${arn}`, before: null, after: "shown" }
          : { name: `certificate ${arn}`, before: "shown", after: null },
      );
  else tell("certificates", certificates.join(", "));
  if (call === "DeregisterTargets")
    for (const { id, port } of asked.targets ?? [])
      told.push({ name: `target ${id}${port ? `:${port}` : ""}`, before: "registered", after: null });
  tell("conditions", asked.conditions?.map(conditionWords).join(", "));
  const actions = asked.actions ?? asked.defaultActions ?? [];
  const groups = groupsIn(actions);
  if (groups.length > 1) for (const { arn, weight } of groups) tell(`weight of ${nameIn(arn)}`, weight);
  else tell("forwards to", groups[0] && nameIn(groups[0].arn));
  const others = actions.flatMap(({ type }) => (type && type !== "forward" ? [type] : []));
  tell("actions", others.join(", "));
  const sticky = actions.map(({ forwardConfig }) => forwardConfig?.targetGroupStickinessConfig).find(Boolean);
  if (sticky) tell("target group stickiness", sticky.enabled ? `${sticky.durationSeconds ?? "some"} s` : "off");
  return told;
}

function conditionWords({
  field: what,
  values: plain,
  hostHeaderConfig,
  pathPatternConfig,
}: z.infer<typeof condition>) {
  const wanted = plain.length > 0 ? plain : (hostHeaderConfig ?? pathPatternConfig)?.values;
  return `${what ?? "condition"} ${(wanted ?? []).join(" or ")}`.trim();
}

/** Calls on the list of certificates beside the listener's default one: each adds some or removes some. */
function isOfList(call: string): boolean {
  return /^(Add|Remove)ListenerCertificates$/.test(call);
}

function kindOf(call: string, asked: Request, settings: readonly SettingChange[]): ChangeFact["kind"] {
  const names = settings.map(({ name }) => name);
  if (/^(De)?[Rr]egister/.test(call)) return "targets";
  if (names.some((one) => one.startsWith("weight of "))) return "weight";
  if (names.some((one) => /^stickiness\.|stickiness$/.test(one))) return "stickiness";
  if (/Certificate/.test(call) || names.some((one) => /^(certificates|sslPolicy|mutualAuth)/.test(one)))
    return "certificate";
  if (names.some((one) => /^health|^unhealthy|^matcher$/.test(one)) || /HealthCheck/.test(call)) return "health check";
  if (asked.securityGroups || asked.subnets || /SecurityGroups|Subnets/.test(call)) return "network";
  if (asked.attributes.length > 0 || /Attributes$/.test(call)) return "attribute";
  return /Rule|Listener/.test(call) ? "routing" : "other";
}

const DONE: readonly (readonly [RegExp, string])[] = [
  [/^Create/, "created"],
  [/^Delete/, "deleted"],
  [/^Add/, "added to"],
  [/^Remove/, "removed from"],
  [/^Deregister/, "deregistered from"],
  [/^Register/, "registered with"],
];

function words(call: string, asked: Request, touches: readonly Touched[]): string {
  // A call on a rule may name its listener too, and one that makes a listener its load balancer.
  const meant = /Rule/.test(call) ? "rule" : /Listener/.test(call) ? "listener" : null;
  const object = touches.find(({ kind }) => kind === meant) ?? touches[0];
  const done = DONE.find(([form]) => form.test(call))?.[1] ?? "changed";
  const named = object ? objectWords(object) : call;
  if (/egister/.test(call))
    return `${asked.targets ? plural(asked.targets.length, "target") : "targets"} ${done} ${named}`;
  if (isOfList(call)) return `${plural(asked.certificates?.length ?? 1, "certificate")} ${done} ${named}`;
  return `${named} ${done}`;
}

function objectWords({ kind, id }: Touched): string {
  return kind === "rule" || kind === "listener" ? `a ${kind} of ${nameIn(id)}` : `${kind} ${nameIn(id)}`;
}
