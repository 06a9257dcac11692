import { Random } from "../../random.ts";
import type { World } from "../../world.ts";

/** A Kubernetes object as `kubectl get -o json` shows it; the builders know what is in it. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [key: string]: string };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** "2026-06-26T08:00:00Z"; `ago` seconds before now. */
export function timeAgo(world: World, ago: number): string {
  return new Date(Math.round(world.scenario.now - ago) * 1000).toISOString().replace(".000Z", "Z");
}

/** `at`: seconds after the simulation's start. */
export function timeAt(world: World, at: number): string {
  return timeAgo(world, world.truth.length - at);
}

export function uid(kind: string, name: string): string {
  return new Random(7, `${kind} ${name}`).uuid();
}

/** Labels by which the focus service's pods are selected. */
export function focusLabels(world: World): { readonly [key: string]: string } {
  const { selector, deployment } = world.scenario.focus;
  return selector ?? { app: deployment };
}

export function ownedBy(kind: string, name: string) {
  return [{ apiVersion: "apps/v1", kind, name, uid: uid(kind, name), controller: true, blockOwnerDeletion: true }];
}
