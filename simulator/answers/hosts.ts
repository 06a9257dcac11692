import { TICK } from "../clock.ts";
import type { PodTruth } from "../pod.ts";
import type { World } from "../world.ts";
import { readyAt } from "../world.ts";
import type { Where } from "./metrics.ts";

/** Targets of the first group of a place in a minute, by what the health checks say of them at its start. */
export function hostsIn(world: World, where: Where, minute: number): { healthy: number; unhealthy: number } {
  const { scenario, truth } = world;
  const { focus, nodes, place, seen } = scenario;
  const zone = where.zone === null ? null : place.zones[where.zone];
  const here = (node: number) => zone === null || nodes[node]?.zone === zone;
  const own = where.groups[0] === 0;
  if (own && seen?.instances)
    return { healthy: seen.instances.filter((_, index) => here(index % nodes.length)).length, unhealthy: 0 };
  const at = minute * 60;
  // A target that is deregistered drains: it is neither healthy nor unhealthy (UnHealthyHostCount, CloudWatch metrics).
  const gone = (pod: PodTruth) => Math.min(pod.left ?? Infinity, pod.ended ?? Infinity);
  const alive = truth.pods.filter((pod) => pod.ready <= at && gone(pod) > at);
  if (own && focus.targetType === "ip") {
    const near = alive.filter((pod) => here(pod.node));
    const healthy = near.filter((pod) => readyAt(pod, at + TICK)).length;
    return { healthy, unhealthy: near.length - healthy };
  }
  const local = own && focus.routing?.localPolicy === true;
  const registered = nodes.flatMap((_, node) => (here(node) ? [node] : []));
  // With externalTrafficPolicy Local a node without a ready pod fails its health check.
  const serving = registered.filter((node) => !local || alive.some((pod) => pod.node === node && readyAt(pod, at)));
  return { healthy: serving.length, unhealthy: registered.length - serving.length };
}
