import { type Ask, type ChangeFact, type Epoch, lookupEvents, TRAIL, type TrailEvent } from "../../../src/playbook.ts";

/** By call, those that set the same before: what a setting was, only an earlier event tells. */
const SET_BY: { readonly [call: string]: readonly string[] } = {
  ModifyRule: ["ModifyRule", "CreateRule"],
  ModifyListener: ["ModifyListener", "CreateListener"],
  ModifyTargetGroup: ["ModifyTargetGroup", "CreateTargetGroup"],
  ModifyTargetGroupAttributes: ["ModifyTargetGroupAttributes"],
  ModifyLoadBalancerAttributes: ["ModifyLoadBalancerAttributes"],
  SetSecurityGroups: ["SetSecurityGroups"],
  ConfigureHealthCheck: ["ConfigureHealthCheck"],
  ApplySecurityGroupsToLoadBalancer: ["ApplySecurityGroupsToLoadBalancer"],
  SetLoadBalancerListenerSSLCertificate: ["SetLoadBalancerListenerSSLCertificate"],
  SetLoadBalancerPoliciesOfListener: ["SetLoadBalancerPoliciesOfListener"],
  SetLoadBalancerPoliciesForBackendServer: ["SetLoadBalancerPoliciesForBackendServer"],
};
/** Lookups that are made for it: two a second is all that CloudTrail takes. */
const MOST = 4;

/**
 * Earlier calls of the kinds that can have made the trouble and whose old values are not known yet, as far back as CloudTrail
 * goes. Without such a change nothing is asked.
 */
export async function readEarlier(
  changes: readonly ChangeFact[],
  from: Epoch,
  until: Epoch,
  ask: Ask,
): Promise<TrailEvent[]> {
  const open = changes.filter(
    ({ reaches, call, settings }) =>
      reaches === "yes" && SET_BY[call ?? ""] !== undefined && settings.some(({ before }) => before === undefined),
  );
  const calls = [...new Set(open.flatMap(({ call }) => SET_BY[call ?? ""] ?? []))].slice(0, MOST);
  const span = { start: until - TRAIL, end: from };
  const answers = await Promise.all(calls.map((value) => ask(lookupEvents({ key: "EventName", value }, span))));
  return answers.flatMap((answer) => (answer.ok ? answer.value : []));
}
