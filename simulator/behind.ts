import { ORIGINS } from "./arrivals.ts";
import { LEAD } from "./clock.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { buildWorld, type Happened, type World } from "./world.ts";

/** A Service to which the focus service, an ingress controller, passes requests on. */
export interface BehindService {
  readonly namespace: string;
  readonly service: string;
  readonly replicas: number;
  /** Of the controller's requests; all together 1. */
  readonly share: number;
  /** How long its requests take usually, against the mean of all. */
  readonly pace: number;
  /** Whether what is added in the troubles is added to its requests; where several are, by their requests. */
  readonly slow: boolean;
  /** The same of failed requests. */
  readonly fails: boolean;
  /** Name of the HTTPRoute that leads to it; the Service's where absent. */
  readonly route?: string;
  /** The service simulated by itself, as the focus service of a scenario of the same window and nodes; one at most. */
  readonly inside?: Scenario;
}

export type IngressController = "ingress-nginx" | "traefik" | "envoy-gateway" | "istio";

/** The focus service is an ingress controller, with what is behind it. */
export interface Behind {
  readonly controller: IngressController;
  /** Whether Prometheus keeps the labels that the controller gives, or has its own in their place. */
  readonly labels: "honoured" | "exported";
  /** Whether it scrapes the controller. */
  readonly scraped: boolean;
  readonly services: readonly BehindService[];
  /** Istio: whether the backends' pods have proxies of their own, which report the same requests once more. */
  readonly sidecars?: boolean;
}

/** The world of the backend that is simulated by itself; null where none is. */
export function insideOf({ behind }: Pick<Scenario, "behind">): World | null {
  const inside = behind?.services.find((one) => one.inside !== undefined)?.inside;
  return inside ? buildWorld(inside) : null;
}

/** Names of a backend's pods, and the hash of their replica set. */
export function behindPodNames(
  { seed }: { readonly seed: number },
  { service, replicas }: BehindService,
): { readonly hash: string; readonly names: readonly string[] } {
  const random = new Random(seed, `behind ${service}`);
  const hash = random.suffix(10);
  return { hash, names: Array.from({ length: replicas }, () => `${service}-${hash}-${random.suffix(5)}`) };
}

/** What a backend answered, cumulated by minute: entry m is the sum of the minutes before m. */
export interface BehindCounters {
  readonly requests: Float64Array;
  /** Seconds that the backend took for them, all together. */
  readonly seconds: Float64Array;
  readonly errors: Float64Array;
}

/** One minute of a backend, or of several together. */
interface Counted {
  readonly requests: number;
  readonly seconds: number;
  readonly errors: number;
}

const COUNTED = new WeakMap<World, readonly BehindCounters[]>();

/**
 * The backends' counters, of the same requests that the load balancer saw. One that is simulated by itself has its own; of
 * the others', what took longer than a usual minute is added to the slow ones, or to all alike where none is slow for itself.
 */
export function behindCounters(world: World, { services }: Behind): readonly BehindCounters[] {
  const known = COUNTED.get(world);
  if (known) return known;
  const rest = services.filter(({ inside }) => inside === undefined);
  const shared = sharedOut(answered(world, false), rest);
  const own = answered(world, true);
  const made = services.map((service) =>
    cumulated(service.inside ? own : own.map((_, minute) => shared(minute)[rest.indexOf(service)] as Counted)),
  );
  COUNTED.set(world, made);
  return made;
}

/** What the controller answered in each minute: of the backend that is simulated by itself, or of all others. */
function answered({ minutes, groups, truth }: Happened, inside: boolean): Counted[] {
  const [group] = groups;
  return Array.from({ length: minutes }, (_, minute) => {
    const total = { requests: 0, seconds: 0, errors: 0 };
    for (let one = group?.offsets[minute] ?? 0; one < (group?.offsets[minute + 1] ?? 0); one += 1) {
      const passedOn = truth.requests.origin[group?.request?.[one] ?? -1] === ORIGINS.passedOn;
      if (passedOn !== inside) continue;
      total.requests += 1;
      total.seconds += group?.latency[one] ?? 0;
      total.errors += group?.codeClass[one] === 5 ? 1 : 0;
    }
    return total;
  });
}

function cumulated(minutes: readonly Counted[]): BehindCounters {
  const line = (name: keyof Counted) => {
    const sums = new Float64Array(minutes.length + 1);
    for (const [minute, one] of minutes.entries()) sums[minute + 1] = (sums[minute] ?? 0) + one[name];
    return sums;
  };
  return { requests: line("requests"), seconds: line("seconds"), errors: line("errors") };
}

/** How the answers of each minute are shared out to backends that are not simulated by themselves. */
function sharedOut(totals: readonly Counted[], services: readonly BehindService[]): (minute: number) => Counted[] {
  const means = totals.slice(LEAD / 60).flatMap(({ requests, seconds }) => (requests > 0 ? [seconds / requests] : []));
  const usual = means.sort((a, b) => a - b)[Math.floor(means.length / 2)] ?? 0;
  const sum = (of: (one: BehindService) => number) => services.reduce((all, one) => all + of(one), 0);
  const paces = sum(({ share, pace }) => share * pace) / sum(({ share }) => share);
  const partOf = (which: "slow" | "fails") => {
    const own = services.some((one) => one[which]) ? services.filter((one) => one[which]) : services;
    const all = own.reduce((shares, { share }) => shares + share, 0);
    return services.map((one) => (own.includes(one) ? one.share / all : 0));
  };
  const [added, failed] = [partOf("slow"), partOf("fails")];
  return (minute) => {
    const total = totals[minute] ?? { requests: 0, seconds: 0, errors: 0 };
    const more = Math.max(0, total.seconds - usual * total.requests);
    return services.map(({ pace }, index) => {
      const requests = requestsOf(total, services, failed, index);
      const even = total.requests === 0 ? 0 : ((total.seconds - more) * requests) / total.requests;
      return {
        requests,
        seconds: total.requests === 0 ? 0 : even * (pace / paces) + more * (added[index] ?? 0),
        errors: total.errors * (failed[index] ?? 0),
      };
    });
  };
}

/** What a backend answered with errors it was asked for: in a minute with many of them it has more than its share. */
function requestsOf(total: Counted, services: readonly BehindService[], failed: readonly number[], index: number) {
  const errors = services.map((_, one) => total.errors * (failed[one] ?? 0));
  const fails = (one: number) => (failed[one] ?? 0) > 0;
  const other = services.reduce((all, { share }, one) => all + (fails(one) ? 0 : share), 0);
  const all = services.reduce((shares, { share }) => shares + share, 0);
  const failing = services.map(({ share }, one) =>
    fails(one) ? Math.max((share / all) * total.requests, errors[one] ?? 0) : 0,
  );
  const left = total.requests - failing.reduce((sum, one) => sum + one, 0);
  return fails(index) ? (failing[index] ?? 0) : (left * (services[index]?.share ?? 0)) / other;
}
