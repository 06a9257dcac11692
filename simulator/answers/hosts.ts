import { TICK } from "../clock.ts";
import { type PodTruth, readyAt } from "../pod.ts";
import type { Happened } from "../world.ts";
import type { Where } from "./counts.ts";

/** Targets of the first group of a place in a minute, by what the health checks say of them at its start. */
export function hostsIn(world: Happened, where: Where, minute: number): { healthy: number; unhealthy: number } {
  const { scenario, truth } = world;
  const { focus, nodes, place, seen } = scenario;
  const zone = where.zone === null ? null : place.zones[where.zone];
  const here = (node: number) => zone === null || nodes[node]?.zone === zone;
  const own = where.groups[0] === 0;
  const at = minute * 60;
  if (own && seen?.instances) {
    const near = seen.instances.flatMap((id, index) => (here(index % nodes.length) ? [{ id, index }] : []));
    const well = near.filter(({ id, index }) => !truth.checks.sick(index, at) && !truth.checks.failing(id, at));
    return { healthy: well.length, unhealthy: near.length - well.length };
  }
  // A target that is deregistered drains: it is neither healthy nor unhealthy (UnHealthyHostCount, CloudWatch metrics).
  const gone = (pod: PodTruth) => Math.min(pod.left ?? Infinity, pod.ended ?? Infinity);
  const alive = truth.pods.filter((pod) => pod.ready <= at && gone(pod) > at);
  if (own && focus.targetType === "ip") {
    const near = alive.filter((pod) => here(pod.node));
    const passing = (pod: PodTruth) => readyAt(pod, at + TICK) && !truth.checks.failing(pod.name, at + TICK);
    const healthy = near.filter(passing).length;
    return { healthy, unhealthy: near.length - healthy };
  }
  const local = own && focus.routing?.localPolicy === true && !focus.routing.localUnseen;
  const registered = nodes.flatMap((_, node) => (here(node) ? [node] : []));
  const serving = registered.filter((node) => !own || nodePasses(world, node, at, local ? node : null));
  return { healthy: serving.length, unhealthy: registered.length - serving.length };
}

/** Whether a node passes the health check of the focus service's NodePort; `only`: with pods of that node alone. */
export function nodePasses({ scenario, truth }: Happened, node: number, at: number, only: number | null): boolean {
  const there = truth.pods.filter((pod) => (only === null || pod.node === only) && (pod.left ?? Infinity) > at);
  return there.some((pod) => readyAt(pod, at)) && !truth.checks.failing(scenario.nodes[node]?.instanceId ?? "", at);
}
