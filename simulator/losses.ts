import type { Requests } from "./arrivals.ts";
import type { HealthChecks } from "./checks.ts";
import { LEAD } from "./clock.ts";
import { typeOf } from "./front.ts";
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
  /** Of the dropped ones: those whose TLS handshake with the target failed. */
  readonly unnegotiated: ReadonlyMap<number, number>;
}

/** What becomes of requests on their way to a pod. */
export class Losses implements Lost {
  readonly dropped = new Map<number, number>();
  readonly refused = new Map<number, number>();
  readonly unserved = new Map<number, number>();
  readonly unreached = new Map<number, number>();
  readonly unnegotiated = new Map<number, number>();
  readonly #random: Random;
  /** When each connection to a pod carried its last request. */
  readonly #used = new Map<Pod, number[]>();
  /** Nodes that were seen to have a pod. */
  readonly #homes = new Set<number>();

  constructor(
    private readonly scenario: Scenario,
    private readonly checks: HealthChecks,
  ) {
    this.#random = new Random(scenario.seed, "losses");
  }

  get lost(): Lost {
    const { dropped, refused, unserved, unreached, unnegotiated } = this;
    return { dropped, refused, unserved, unreached, unnegotiated };
  }

  /** Where a request is lost on its way to a pod: when the load balancer answers it. Null: it arrives. */
  onTheWay(request: number, pod: Pod | null, now: number): number | null {
    if (!pod && (this.scenario.focus.targetType === "ip" || typeOf(this.scenario) === "classic")) {
      // Without a registered target the load balancer answers at once.
      this.unserved.set(request, now);
      return now;
    }
    if (this.checks.outOfService(now)) {
      this.unserved.set(request, now);
      return now;
    }
    if (this.checks.blocked(now) || (pod && this.#strayed(pod, now))) {
      this.unreached.set(request, now + CONNECT_TIMEOUT);
      return now + CONNECT_TIMEOUT;
    }
    // Behind a NodePort without a ready pod the nodes refuse the connection.
    const refused = !pod || pod.ended !== null || pod.down(now) || this.#full(pod);
    if (this.#unnegotiated(now)) this.unnegotiated.set(request, now);
    else if (!refused && !this.#closing(pod, now) && !this.checks.garbled(now)) return null;
    this.dropped.set(request, now);
    if (refused) this.refused.set(request, now);
    return now;
  }

  /** Whether the request went to a node without a pod, which drops it. */
  #strayed(pod: Pod, now: number): boolean {
    const { nodes, focus } = this.scenario;
    const { localUnseen } = focus.routing ?? {};
    this.#homes.add(pod.node);
    if (!localUnseen || now - LEAD < localUnseen.from) return false;
    return this.#random.chance(1 - this.#homes.size / nodes.length);
  }

  #full(pod: Pod): boolean {
    const { backlog } = this.scenario.faults ?? {};
    return backlog !== undefined && pod.outstanding >= backlog;
  }

  #unnegotiated(now: number): boolean {
    const { targetHandshakes = [] } = this.scenario.faults ?? {};
    const at = now - LEAD;
    return targetHandshakes.some((one) => at >= one.at && at < one.at + one.seconds && this.#random.chance(one.share));
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
  truth: { readonly requests: Pick<Requests, "at">; readonly servedBy: readonly number[] } & {
    readonly pods: readonly { readonly version: string }[];
  },
): ReadonlySet<number> {
  const { errors = [] } = scenario.faults ?? {};
  const { rollouts } = scenario.focus;
  const failed = new Set<number>();
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

/** The requests that a pod answers 4xx, whichever pod it is. */
export function unwantedRequests(
  { seed, faults, focus }: Scenario,
  { at: arrivals, origin }: Pick<Requests, "at" | "origin">,
): ReadonlySet<number> {
  const { clientErrors = [] } = faults ?? {};
  const unwanted = new Set<number>();
  const astray = focus.traffic.bursts.map(({ answered }) => answered !== undefined);
  if (astray.includes(true)) for (const [request, burst] of origin.entries()) if (astray[burst]) unwanted.add(request);
  if (clientErrors.length === 0) return unwanted;
  const random = new Random(seed, "client errors");
  for (const [request, arrived] of arrivals.entries()) {
    const at = arrived - LEAD;
    const shares = clientErrors.map((one) => (at >= one.at && at < one.at + one.seconds ? one.share : 0));
    if (random.chance(Math.max(...shares))) unwanted.add(request);
  }
  return unwanted;
}
