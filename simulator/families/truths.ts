import { LEAD, TICK } from "../clock.ts";
import { mean, podCores, throttledShare } from "../figures.ts";
import type { World } from "../world.ts";
import type { Trouble } from "./settle.ts";

/** Whole minutes (since the simulation's start) that lie within troubles. */
export function minutesOf(troubles: readonly Trouble[]): number[] {
  return troubles.flatMap(({ at, seconds }) => {
    const first = Math.ceil((at + LEAD + 10) / 60);
    const last = Math.floor((at + LEAD + seconds - 5) / 60);
    return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  });
}

/** Mean cores of all pods together in the troubles. */
export function fleetUse(world: World, troubles: readonly Trouble[]): number {
  const minutes = minutesOf(troubles);
  return minutes.length === 0 ? 0 : mean(minutes.map((minute) => fleetCores(world, minute)));
}

export function fleetCores(world: World, minute: number): number {
  return coresIn(world, minute).reduce((all, one) => all + one, 0);
}

/** Cores of the pods that lived through a minute. */
export function coresIn(world: World, minute: number): number[] {
  return world.truth.pods.flatMap((_, index) => podCores(world, index, minute) ?? []);
}

export function throttledIn(world: World, troubles: readonly Trouble[]): number {
  return throttledShare(world, minutesOf(troubles));
}

/** Mean busy share in the troubles of the busiest node that holds a pod. */
export function nodeUse(world: World, troubles: readonly Trouble[]): number {
  return Math.max(0, ...nodeShares(world, troubles));
}

/** Mean busy share in the troubles of each node that holds a pod. */
export function nodeShares(world: World, troubles: readonly Trouble[]): number[] {
  const minutes = minutesOf(troubles);
  const perMinute = 60 / TICK;
  return world.scenario.nodes.flatMap((node, index) => {
    if (!world.truth.pods.some((pod) => pod.node === index)) return [];
    const busy = world.truth.nodeBusy[index] ?? [];
    const used = (minute: number) => (busy[(minute + 1) * perMinute] ?? 0) - (busy[minute * perMinute] ?? 0);
    return [mean(minutes.map((minute) => used(minute) / 60 / node.cores))];
  });
}
