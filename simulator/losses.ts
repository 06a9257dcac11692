import type { Requests } from "./arrivals.ts";
import type { HealthChecks } from "./checks.ts";
import { LEAD } from "./clock.ts";
import { idleTimeoutAt } from "./load-balancer.ts";
import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** Seconds on either side of a server's closing a connection in which a request on it is lost: the way there and back. */
const RACE = 0.008;

/** Seconds after which the load balancer gives up on a connection (Troubleshoot your Application Load Balancers, 504). */
const CONNECT_TIMEOUT = 10;

/** When requests were lost, by request, seconds after the simulation's start. */
export interface Lost {
  /** Died with their container, were refused, or sent on a connection that was being closed: 502. */
  readonly dropped: ReadonlyMap<number, number>;
  /** Those of them whose connection was refused. */
  readonly refused: ReadonlyMap<number, number>;
  /** There was no target to send them to: 503. */
  readonly unserved: ReadonlyMap<number, number>;
  /** Sent where packets are dropped; no connection came about: 504 after the load balancer's ten seconds. */
  readonly unreached: ReadonlyMap<number, number>;
}

/** What becomes of requests on their way to a pod. */
export class Losses implements Lost {
  readonly dropped = new Map<number, number>();
  readonly refused = new Map<number, number>();
  readonly unserved = new Map<number, number>();
  readonly unreached = new Map<number, number>();
  readonly #random: Random;
  /** When each connection to a pod carried its last request. */
  readonly #used = new Map<Pod, number[]>();

  constructor(
    private readonly scenario: Scenario,
    private readonly checks: HealthChecks,
  ) {
    this.#random = new Random(scenario.seed, "losses");
  }

  /** Where a request is lost on its way to a pod: when the load balancer answers it. Null: it arrives. */
  onTheWay(request: number, pod: Pod | null, now: number): number | null {
    if (!pod && this.scenario.focus.targetType === "ip") {
      // Without a registered target the load balancer answers at once.
      this.unserved.set(request, now);
      return now;
    }
    if (this.checks.blocked(now)) {
      this.unreached.set(request, now + CONNECT_TIMEOUT);
      return now + CONNECT_TIMEOUT;
    }
    // Behind a NodePort without a ready pod the nodes refuse the connection.
    const refused = !pod || pod.ended !== null || pod.down(now);
    if (!refused && !this.#closing(pod, now)) return null;
    this.dropped.set(request, now);
    if (refused) this.refused.set(request, now);
    return now;
  }

  /** Whether the connection that carries the request was idle for just as long as the pod's server keeps it. */
  #closing(pod: Pod, now: number): boolean {
    const { keepAlive } = this.scenario.faults ?? {};
    // The load balancer closes them first.
    if (!keepAlive || keepAlive.seconds >= idleTimeoutAt(this.scenario.loadBalancer, now)) return false;
    const used = this.#used.get(pod) ?? Array.from({ length: keepAlive.connections }, () => 0);
    this.#used.set(pod, used);
    const connection = this.#random.integer(0, used.length - 1);
    const idle = now - (used[connection] ?? 0);
    used[connection] = now;
    return Math.abs(idle - keepAlive.seconds) < RACE;
  }
}

/** The requests that a pod answered 5xx. */
export function failedRequests(
  scenario: Scenario,
  truth: { readonly requests: Pick<Requests, "at" | "origin">; readonly servedBy: readonly number[] } & {
    readonly pods: readonly { readonly version: string }[];
  },
): ReadonlySet<number> {
  const { errors = [] } = scenario.faults ?? {};
  const { rollouts, traffic } = scenario.focus;
  const failed = new Set<number>();
  const strayed = traffic.bursts.flatMap(({ answered }, index) => (answered === 500 ? [index] : []));
  if (strayed.length > 0)
    for (const [request, origin] of truth.requests.origin.entries()) if (strayed.includes(origin)) failed.add(request);
  if (errors.length === 0 && rollouts.every(({ errorShare }) => errorShare === undefined)) return failed;
  const random = new Random(scenario.seed, "errors");
  const shares = new Map(rollouts.map(({ version, errorShare = 0 }) => [version, errorShare]));
  for (const [request, arrived] of truth.requests.at.entries()) {
    const pod = truth.servedBy[request] ?? -1;
    const at = arrived - LEAD;
    const hit = errors.filter((one) => at >= one.at && at < one.at + one.seconds && (one.pod ?? pod) === pod);
    const share = Math.max(shares.get(truth.pods[pod]?.version ?? "") ?? 0, ...hit.map((one) => one.share));
    if (random.chance(share)) failed.add(request);
  }
  return failed;
}
