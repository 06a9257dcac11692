import { listed, mean } from "../../../src/playbook.ts";
import type { NodeOfTarget } from "../../evidence/node-endpoints/fact.ts";

/** More names than these make no better picture. */
const NAMED = 6;
/** Shares that differ by less are one: what is left of dividing and adding up. */
const SAME = 1e-9;

export function namesOf(nodes: readonly NodeOfTarget[]): string {
  const names = nodes.slice(0, NAMED).map(({ node, zone }) => (zone === null ? node : `${node} (${zone})`));
  return nodes.length > NAMED ? `${names.join(", ")} and ${nodes.length - NAMED} more` : listed(names);
}

/**
 * The share of new connections that is sent to nodes without a pod. With cross-zone load balancing each healthy target gets
 * the same; without it each zone that has a healthy target does, and shares that out among its own (NLB User Guide, "Cross-zone
 * load balancing"). Where none is healthy all of them are sent to ("fail open"). Null: which of both is not known, and it
 * makes a difference.
 */
export function lostShare(
  nodes: readonly NodeOfTarget[],
  ofGroup: string | null,
  ofBalancer: boolean | null,
): { readonly share: number | null; readonly isZonal: boolean } {
  const healthy = nodes.filter(({ state }) => state === "healthy");
  const used = healthy.length > 0 ? healthy : nodes;
  const whole = emptyShare(used);
  const zones = [...new Set(used.map(({ zone }) => zone))];
  const byZone = mean(zones.map((zone) => emptyShare(used.filter((one) => one.zone === zone)))) ?? 0;
  const isOn = ofGroup === "true" ? true : ofGroup === "false" ? false : ofBalancer;
  if (Math.abs(whole - byZone) < SAME) return { share: whole, isZonal: false };
  if (isOn === null || (!isOn && zones.includes(null))) return { share: null, isZonal: false };
  return { share: isOn ? whole : byZone, isZonal: !isOn };
}

function emptyShare(nodes: readonly NodeOfTarget[]): number {
  return nodes.filter(({ pods }) => pods === 0).length / Math.max(1, nodes.length);
}
