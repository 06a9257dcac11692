import { LEAD } from "./clock.ts";
import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Picks the pod for a request. In instance mode the load balancer's choice of a node does not matter for the pod: with
 * externalTrafficPolicy Cluster, kube-proxy on any node picks uniformly at random among all ready pods. In ip mode the
 * load balancer's own nodes (one a zone) each go round on their own, or pick the target with the fewest requests: for
 * every request anew, whatever connection brought it. kube-proxy picks for every connection.
 */
export class Balancer {
  /** The zone of the load balancer's node that took the last request; null: it does not matter for the pod. */
  zone: number | null = null;
  readonly #random: Random;
  readonly #pointers: number[];
  readonly #pinned = new Map<number, Pod>();
  /** Zone of each node, by index. */
  readonly #zones: readonly number[];

  constructor(private readonly scenario: Scenario) {
    const { seed, place, nodes } = scenario;
    this.#random = new Random(seed, "balancer");
    this.#pointers = place.zones.map(() => this.#random.integer(0, 1000));
    this.#zones = nodes.map((node) => place.zones.indexOf(node.zone));
  }

  /** `connection`: the kept-alive connection (or sticky client) of the request; -1: a pick of its own. */
  pick(ready: readonly Pod[], connection: number, now: number): Pod | null {
    if (ready.length === 0) return null;
    const carrier = this.#carrier(connection);
    const keeps = carrier >= 0 && this.#pins(now);
    if (keeps) {
      const pinned = this.#pinned.get(carrier);
      // Connections of the load balancer stay with a pod that is not ready: kube-proxy moves new ones only.
      if (pinned && !pinned.draining && pinned.ended === null) return pinned;
    }
    const pod = this.#choose(ready, now);
    if (keeps) this.#pinned.set(carrier, pod);
    return pod;
  }

  /** What carries the request, where that decides on the pod. */
  #carrier(connection: number): number {
    const { routing } = this.scenario.focus;
    if (routing?.keptAlive !== undefined) return this.#random.integer(0, routing.keptAlive - 1);
    if (!routing?.clientIpAffinity) return connection;
    // Each node's kube-proxy keeps its own table, and sees the load balancer's address of a zone as the client.
    this.zone = this.#random.integer(0, this.#pointers.length - 1);
    return this.zone * this.#zones.length + this.#random.integer(0, this.#zones.length - 1);
  }

  /** Whether what comes over one connection stays with one pod. */
  #pins(now: number): boolean {
    const { targetType, stickyClients, stickySince = -LEAD } = this.scenario.focus;
    return targetType === "instance" || (stickyClients !== null && now - LEAD >= stickySince);
  }

  #choose(ready: readonly Pod[], now: number): Pod {
    const { targetType, algorithm, routing } = this.scenario.focus;
    if (routing?.localPolicy) return this.#local(ready);
    if (targetType === "instance") return this.#random.pick(ready);
    if (algorithm === "least_outstanding_requests") return this.#fewest(ready);
    const zone = this.#random.integer(0, this.#pointers.length - 1);
    const apart = routing?.crossZoneOff && now - LEAD >= (routing.crossZoneOffSince ?? -LEAD);
    if (routing?.crossZoneOff) this.zone = apart ? zone : null;
    const near = apart ? ready.filter((pod) => this.#zones[pod.node] === zone) : ready;
    const targets = near.length > 0 ? near : ready;
    const pointer = this.#pointers[zone] ?? 0;
    this.#pointers[zone] = pointer + 1;
    return targets[pointer % targets.length] as Pod;
  }

  /** A node that has a pod, and one of its own. */
  #local(ready: readonly Pod[]): Pod {
    const node = this.#random.pick([...new Set(ready.map((pod) => pod.node))]);
    return this.#random.pick(ready.filter((pod) => pod.node === node));
  }

  /** One of those with the fewest requests, whichever. */
  #fewest(ready: readonly Pod[]): Pod {
    const least = Math.min(...ready.map((pod) => pod.outstanding));
    return this.#random.pick(ready.filter((pod) => pod.outstanding === least));
  }
}
