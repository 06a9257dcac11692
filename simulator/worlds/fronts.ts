import { targetGroupName } from "../families/names.ts";
import type { Faults } from "../faults.ts";
import type { BalancerType, CheckSpec, Front } from "../front.ts";
import type { LoadBalancerSpec } from "../load-balancer.ts";
import type { Random } from "../random.ts";
import type { AlarmSpec, FocusService, Scenario } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { serving } from "./errors.ts";

/** Figures as people set them. */
const ROUND = [
  0, 1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 50_000,
] as const;

export interface Watch {
  readonly metric: string;
  /** What the trouble makes of it in a period, and what it is otherwise. */
  readonly expected: number;
  readonly usual?: number;
  /** "Sum" where it is not said. */
  readonly statistic?: string;
  readonly on?: AlarmSpec["on"];
  readonly words?: readonly string[];
}

/** An alarm on what is counted, with a threshold between the usual and the trouble, as somebody would set it. */
export function watching(scenario: Scenario, random: Random, watch: Watch): AlarmSpec {
  const { metric, expected, usual = 0, statistic = "Sum", on = "load balancer", words } = watch;
  const fitting = ROUND.filter((figure) => figure < 0.55 * expected && figure >= 1.6 * usual);
  const evaluationPeriods = expected > 4 ? random.pick([1, 1, 2, 3]) : 1;
  const { alarm, focus, place } = scenario;
  const short = metric
    .replace(/_?Count$/, "")
    .replaceAll("_", "-")
    .toLowerCase();
  return {
    ...alarm,
    name: `${place.cluster}-${focus.service}-${random.pick(words ?? [short])}`,
    description: random.chance(0.5) ? null : `${metric} of the load balancer`,
    on,
    metric,
    statistic,
    threshold: fitting.length > 0 ? random.pick(fitting) : Math.floor((expected * 0.5 + usual * 1.5) / 2),
    evaluationPeriods,
    datapointsToAlarm: random.chance(0.7) ? evaluationPeriods : Math.max(1, evaluationPeriods - 1),
    treatMissingData: random.pick(["notBreaching", "notBreaching", "notBreaching", "missing"]),
  };
}

/** In a third of the worlds one source does not answer. What is true does not change: `lacks` says what it takes from it. */
export function perhapsBlind(
  random: Random,
  judgement: Judgement,
  { sources }: { readonly sources: readonly string[] },
): { readonly judgement: Judgement; readonly missing: readonly string[] } {
  const source = random.pick(sources);
  return { judgement, missing: random.chance(1 / 3) ? [source] : [] };
}

/** What is seen of a scenario whose sources are these. */
export function seeing({ seen }: Scenario, missing: readonly string[]): Partial<Scenario> {
  return missing.length === 0 ? {} : { seen: { ...seen, missing } };
}

/** In some worlds a second fault, much smaller than the first: a few 5xx, or one container that restarts. */
export function besides({ loadBalancer, seen, window }: Scenario, random: Random): Faults {
  if (seen?.instances || random.chance(0.7)) return {};
  const at = Math.round(window * random.between(0.05, 0.85));
  return loadBalancer.type === "network"
    ? { kills: [{ at, pod: 0, reason: "Error" }], noticedAfter: random.between(5, 15) }
    : { errors: [{ at, seconds: random.integer(120, 400), share: random.between(0.01, 0.04) }] };
}

/** A steady service behind a load balancer of another type. It has the load balancer to itself. */
export function behind(
  name: string,
  seed: number,
  random: Random,
  type: Exclude<BalancerType, "application">,
  front: Front = {},
  focus: Partial<FocusService> = {},
): Scenario {
  const plain = serving(name, seed, random, focus);
  const check = checkOf(type, random, plain.focus.healthCheck);
  const loadBalancer: LoadBalancerSpec = {
    ...plain.loadBalancer,
    name: nameOf(type, random, plain),
    idleTimeout: type === "classic" ? random.pick([60, 60, 120]) : 350,
    clientErrors: type === "classic" ? plain.loadBalancer.clientErrors : 0,
    targetErrors: 0,
    type,
    ...front,
  };
  return {
    ...plain,
    loadBalancer,
    others: [],
    focus: {
      ...plain.focus,
      port: type === "network" ? random.pick([80, 443, 1883, 5432, 9092]) : 80,
      protocol: "HTTP",
      healthCheck: { ...check, ...focus.healthCheck },
      targetType: type === "network" ? (focus.targetType ?? plain.focus.targetType) : "instance",
    },
  };
}

/** How each type's checks are made where nobody says otherwise. */
function checkOf(type: BalancerType, random: Random, check: CheckSpec): CheckSpec {
  switch (type) {
    case "network":
      // AWS Load Balancer Controller, Service of an NLB: 10 s and 3 checks, TCP.
      return { ...check, interval: 10, timeout: 10, protocol: "TCP", unhealthyAfter: 3, healthyAfter: 3 };
    case "classic":
      // cloud-provider-aws: TCP every 10 s with 5 s, 6 failed and 2 passed.
      return random.chance(0.5)
        ? { ...check, interval: 10, timeout: 5, protocol: "TCP", unhealthyAfter: 6, healthyAfter: 2 }
        : { ...check, interval: 30, timeout: 5, protocol: "HTTP", unhealthyAfter: 2, healthyAfter: 3 };
    default:
      return { ...check, interval: 10, timeout: 5, protocol: "HTTP", port: "80", unhealthyAfter: 2, healthyAfter: 5 };
  }
}

function nameOf(type: BalancerType, random: Random, { focus, place }: Scenario): string {
  if (type === "network") return targetGroupName(random, focus.namespace, focus.service);
  // Kubernetes names a Classic Load Balancer "a" and the Service's uid without dashes, cut at 32.
  if (type === "classic") return random.chance(0.6) ? `a${random.hex(31)}` : `${focus.service}-elb`.slice(0, 32);
  return `inspection-${place.cluster}`.slice(0, 32);
}

/** The same service on instances that are no nodes of the cluster: Kubernetes and Prometheus do not know of it. */
export function onInstances(scenario: Scenario, random: Random): Scenario {
  const instances = Array.from({ length: scenario.focus.replicas }, () => `i-0${random.hex(16)}`);
  return {
    ...scenario,
    focus: { ...scenario.focus, targetType: "instance" },
    seen: { ...scenario.seen, instances, hidden: true },
  };
}
