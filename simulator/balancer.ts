import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { FocusService } from "./scenario.ts";

/**
 * Picks the pod for a request. In instance mode the load balancer's choice of a node does not matter for the pod: with
 * externalTrafficPolicy Cluster, kube-proxy on any node picks uniformly at random among all ready pods. In ip mode the
 * load balancer's own nodes (one a zone) each go round on their own, or pick the target with the fewest requests: for
 * every request anew, whatever connection brought it. kube-proxy picks for every connection.
 */
export class Balancer {
  readonly #random: Random;
  readonly #pointers: number[];
  readonly #pinned = new Map<number, Pod>();

  constructor(
    seed: number,
    private readonly service: Pick<FocusService, "targetType" | "algorithm" | "stickyClients">,
    zones: number,
  ) {
    this.#random = new Random(seed, "balancer");
    this.#pointers = Array.from({ length: zones }, () => this.#random.integer(0, 1000));
  }

  /** `connection`: the kept-alive connection (or sticky client) of the request; -1: a pick of its own. */
  pick(ready: readonly Pod[], connection: number): Pod | null {
    if (ready.length === 0) return null;
    const keeps = connection >= 0 && this.#pins;
    if (keeps) {
      const pinned = this.#pinned.get(connection);
      if (pinned && !pinned.draining) return pinned;
    }
    const pod = this.#choose(ready);
    if (keeps) this.#pinned.set(connection, pod);
    return pod;
  }

  /** Whether what comes over one connection stays with one pod. */
  get #pins(): boolean {
    return this.service.targetType === "instance" || this.service.stickyClients !== null;
  }

  #choose(ready: readonly Pod[]): Pod {
    if (this.service.targetType === "instance") return this.#random.pick(ready);
    if (this.service.algorithm === "least_outstanding_requests") return this.#fewest(ready);
    const zone = this.#random.integer(0, this.#pointers.length - 1);
    const pointer = this.#pointers[zone] ?? 0;
    this.#pointers[zone] = pointer + 1;
    return ready[pointer % ready.length] as Pod;
  }

  /** One of those with the fewest requests, whichever. */
  #fewest(ready: readonly Pod[]): Pod {
    const least = Math.min(...ready.map((pod) => pod.outstanding));
    return this.#random.pick(ready.filter((pod) => pod.outstanding === least));
  }
}
