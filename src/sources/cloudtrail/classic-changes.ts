import type { SettingChange } from "../../model/facts/changes.ts";
import { plural } from "../../model/words.ts";
import { listOf, name } from "../parse.ts";
import * as z from "../zod.ts";
import type { CallChange, RecordedCall } from "./call.ts";

/*
 * Calls of Elastic Load Balancing on a Classic Load Balancer, which is known by its name alone (API reference, version
 * 2012-06-01). Settings are named as that API names them, with a small first letter, as CloudTrail writes them.
 */

const figure = z.union([z.number(), name]);
const names = z.nullish(z.array(name));
const switched = z.nullish(z.boolean());
const check = z.object({
  target: z.nullish(name),
  interval: z.nullish(figure),
  timeout: z.nullish(figure),
  unhealthyThreshold: z.nullish(figure),
  healthyThreshold: z.nullish(figure),
});
const attributes = z.object({
  crossZoneLoadBalancing: z.nullish(z.object({ enabled: switched })),
  connectionDraining: z.nullish(z.object({ enabled: switched, timeout: z.nullish(figure) })),
  connectionSettings: z.nullish(z.object({ idleTimeout: z.nullish(figure) })),
  accessLog: z.nullish(z.object({ enabled: switched })),
  additionalAttributes: listOf(z.object({ key: name, value: z.nullish(name) })),
});
const request = z.object({
  loadBalancerName: name,
  loadBalancerPort: z.nullish(figure),
  instancePort: z.nullish(figure),
  sSLCertificateId: z.nullish(name),
  policyName: z.nullish(name),
  policyNames: names,
  healthCheck: z.nullish(check),
  loadBalancerAttributes: z.nullish(attributes),
  securityGroups: names,
  subnets: names,
  availabilityZones: names,
  instances: listOf(z.object({ instanceId: name })),
  listeners: listOf(z.object({ loadBalancerPort: figure, protocol: z.nullish(name), instancePort: figure })),
  loadBalancerPorts: listOf(figure),
});
type Request = z.infer<typeof request>;
type Told = Omit<CallChange, "touches">;

const named = z.object({ loadBalancerName: name });

/** Whether a call names a load balancer as only the classic API does. */
export function isClassic({ request: raw }: RecordedCall): boolean {
  return named.safeParse(raw).success;
}

/** Throws a ZodError where the parameters do not fit. */
export function classicChange({ name: call, request: raw }: RecordedCall): CallChange {
  const asked = request.parse(raw);
  return { ...toldOf(call, asked), touches: [{ kind: "load balancer", id: asked.loadBalancerName }] };
}

function toldOf(call: string, asked: Request): Told {
  const balancer = `load balancer ${asked.loadBalancerName}`;
  const { loadBalancerPort: port = "unknown", instancePort = "unknown" } = asked;
  const policies = (asked.policyNames ?? []).join(", ") || "none";
  switch (call) {
    case "SetLoadBalancerListenerSSLCertificate":
      return one("certificate", balancer, `certificate of port ${port}`, asked.sSLCertificateId ?? "unknown");
    case "SetLoadBalancerPoliciesOfListener":
      // Policies are TLS settings or bind clients; only those that AWS made say which by their names.
      return one(
        /ELBSecurityPolicy-/.test(policies) ? "certificate" : "attribute",
        balancer,
        `policies of port ${port}`,
        policies,
      );
    case "SetLoadBalancerPoliciesForBackendServer":
      return one("attribute", balancer, `policies of instance port ${instancePort}`, policies);
    case "ConfigureHealthCheck":
      return {
        kind: "health check",
        what: `health check of ${balancer} changed`,
        settings: members(asked.healthCheck, "healthCheck"),
      };
    case "ModifyLoadBalancerAttributes": {
      const given = asked.loadBalancerAttributes;
      return { kind: "attribute", what: `${balancer} changed`, settings: given ? attributesIn(given) : [] };
    }
    case "ApplySecurityGroupsToLoadBalancer":
      return one("network", balancer, "securityGroups", (asked.securityGroups ?? []).join(", ") || "none");
    default:
      return ofParts(call, asked, balancer);
  }
}

function one(kind: Told["kind"], balancer: string, setting: string, after: string): Told {
  return { kind, what: `${balancer} changed`, settings: [{ name: setting, after }] };
}

/** Calls that add parts to the load balancer or take them from it: subnets, zones, listeners, instances, itself. */
function ofParts(call: string, asked: Request, balancer: string): Told {
  const isGone = /^(Detach|Disable|Delete|Deregister)/.test(call);
  const parts = (kind: Told["kind"], what: string, all: readonly string[]): Told => ({
    kind,
    what: `${plural(all.length, what)} ${isGone ? "removed from" : "added to"} ${balancer}`,
    settings: all.map((part): SettingChange => {
      const there = { name: `${what} ${part}` };
      return isGone ? { ...there, before: "attached", after: null } : { ...there, before: null, after: "attached" };
    }),
  });
  if (/LoadBalancer(To|From)Subnets$/.test(call)) return parts("network", "subnet", asked.subnets ?? []);
  if (/AvailabilityZones/.test(call)) return parts("network", "zone", asked.availabilityZones ?? []);
  if (/Instances/.test(call)) {
    const done = isGone ? "deregistered from" : "registered with";
    return { kind: "targets", what: `${plural(asked.instances.length, "instance")} ${done} ${balancer}`, settings: [] };
  }
  if (call === "DeleteLoadBalancerListeners") return parts("routing", "listener", asked.loadBalancerPorts.map(String));
  if (call === "CreateLoadBalancerListeners") return parts("routing", "listener", asked.listeners.map(listenerWords));
  const done = isGone ? "deleted" : "created";
  if (/Policy$/.test(call))
    return { kind: "other", what: `policy ${asked.policyName ?? "unknown"} of ${balancer} ${done}`, settings: [] };
  return { kind: "other", what: `${balancer} ${/^(Create|Delete)/.test(call) ? done : "changed"}`, settings: [] };
}

function listenerWords({ loadBalancerPort, protocol, instancePort }: Request["listeners"][number]): string {
  return `${protocol ?? ""} ${loadBalancerPort} to ${instancePort}`.trim();
}

/** `{interval: 30}` → "healthCheck.interval → 30" */
function members(all: object | null | undefined, path: string): SettingChange[] {
  return Object.entries(all ?? {}).flatMap(([member, value]) =>
    value === null || value === undefined ? [] : [{ name: `${path}.${member}`, after: String(value) }],
  );
}

function attributesIn({ additionalAttributes, ...structs }: z.infer<typeof attributes>): SettingChange[] {
  return [
    ...Object.entries(structs).flatMap(([attribute, inner]) => members(inner, attribute)),
    ...additionalAttributes.map(({ key, value }) => ({ name: key, after: value ?? "none" })),
  ];
}
