import { LEAD } from "./clock.ts";
import { Random } from "./random.ts";
import type { World } from "./world.ts";

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

const COUNTED = new WeakMap<World, readonly BehindCounters[]>();

/**
 * The backends' counters, of the same requests that the load balancer saw: what took longer than a usual minute is added to
 * the slow backends' requests, or to all alike where none is slow for itself.
 */
export function behindCounters(world: World, { services }: Behind): readonly BehindCounters[] {
  const known = COUNTED.get(world);
  if (known) return known;
  const { minutes, groups } = world;
  const [group] = groups;
  const totals = Array.from({ length: minutes }, (_, minute) => {
    const [from, to] = [group?.offsets[minute] ?? 0, group?.offsets[minute + 1] ?? 0];
    let seconds = 0;
    let errors = 0;
    for (let one = from; one < to; one += 1) {
      seconds += group?.latency[one] ?? 0;
      errors += group?.codeClass[one] === 5 ? 1 : 0;
    }
    return { requests: to - from, seconds, errors };
  });
  const means = totals.slice(LEAD / 60).flatMap(({ requests, seconds }) => (requests > 0 ? [seconds / requests] : []));
  const usual = means.sort((a, b) => a - b)[Math.floor(means.length / 2)] ?? 0;
  const paces = services.reduce((all, { share, pace }) => all + share * pace, 0);
  const partOf = (which: "slow" | "fails") => {
    const own = services.some((one) => one[which]) ? services.filter((one) => one[which]) : services;
    const all = own.reduce((sum, { share }) => sum + share, 0);
    return services.map((one) => (own.includes(one) ? one.share / all : 0));
  };
  const [added, failed] = [partOf("slow"), partOf("fails")];
  // What a backend answered with errors it was asked for: in a minute with many of them it has more than its share.
  const requestsOf = (total: { readonly requests: number; readonly errors: number }, index: number) => {
    const errors = services.map((_, one) => total.errors * (failed[one] ?? 0));
    const other = 1 - services.reduce((all, { share }, one) => all + ((failed[one] ?? 0) > 0 ? share : 0), 0);
    const failing = services.map(({ share }, one) =>
      (failed[one] ?? 0) > 0 ? Math.max(share * total.requests, errors[one] ?? 0) : 0,
    );
    const left = total.requests - failing.reduce((all, one) => all + one, 0);
    return (failed[index] ?? 0) > 0 ? (failing[index] ?? 0) : (left * (services[index]?.share ?? 0)) / other;
  };
  const made = services.map(({ pace }, index): BehindCounters => {
    const line = () => new Float64Array(minutes + 1);
    const counters = { requests: line(), seconds: line(), errors: line() };
    for (const [minute, total] of totals.entries()) {
      const more = Math.max(0, total.seconds - usual * total.requests);
      const requests = requestsOf(total, index);
      const values = {
        requests,
        seconds:
          total.requests === 0
            ? 0
            : (((total.seconds - more) * requests) / total.requests) * (pace / paces) + more * (added[index] ?? 0),
        errors: total.errors * (failed[index] ?? 0),
      };
      for (const name of ["requests", "seconds", "errors"] as const)
        counters[name][minute + 1] = (counters[name][minute] ?? 0) + values[name];
    }
    return counters;
  });
  COUNTED.set(world, made);
  return made;
}
