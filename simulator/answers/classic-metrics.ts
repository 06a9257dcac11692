import { surgeOf } from "../surge.ts";
import { statistic } from "../traffic.ts";
import type { Happened } from "../world.ts";
import { gauge } from "./connections.ts";
import {
  classesIn,
  hostCount,
  type Metric,
  minutesOf,
  perMinute,
  requests,
  total,
  type Unanswered,
  unanswered,
  type Where,
} from "./counts.ts";

/** One datapoint of AWS/ELB; null where nothing was published. A Classic Load Balancer has no target groups. */
export function classicValue(
  world: Happened,
  name: string,
  { LoadBalancerName, AvailabilityZone, ...odd }: { readonly [name: string]: string },
  stat: string,
  at: number,
  step: number,
): number | null {
  const minutes = minutesOf(world, at, step);
  const { zones } = world.scenario.place;
  const zone = AvailabilityZone === undefined ? null : zones.indexOf(AvailabilityZone);
  if (!minutes || LoadBalancerName !== world.scenario.loadBalancer.name) return null;
  if (zone === -1 || Object.keys(odd).length > 0) return null;
  const where: Where = { set: zone === null ? "LB" : "AZ,LB", groups: [0], zone };
  return METRICS[name]?.(world, where, stat, minutes.from, minutes.to) ?? null;
}

function counted(read: (world: Happened, where: Where, minute: number) => number): Metric {
  return (world, where, stat, from, to) =>
    total(
      perMinute(from, to, (minute) => read(world, where, minute)),
      stat,
    );
}

/** Answers of the instances by class, over the zones of a place. */
function answers(wanted: "2xx" | "4xx" | "5xx"): Metric {
  return counted((world, where, minute) =>
    zonesOf(world, where).reduce((sum, zone) => sum + classesIn(world, 0, zone, minute)[wanted], 0),
  );
}

function zonesOf({ scenario }: Happened, { zone }: Where): readonly number[] {
  return zone === null ? scenario.place.zones.map((_, index) => index) : [zone];
}

const lost = (how: readonly Unanswered[]) => (world: Happened, where: Where, minute: number) =>
  how.reduce((all, one) => all + unanswered(world, where, minute, one), 0);

/** Turned away for a full queue: a zone has all of every so-manieth minute. */
function spilledIn(world: Happened, { zone }: Where, minute: number): number {
  if (zone !== null && zone !== minute % world.scenario.place.zones.length) return 0;
  return surgeOf(world.scenario, world.minutes).spilled[minute] ?? 0;
}

/** CloudWatch metrics for your Classic Load Balancer; dimensions LoadBalancerName, with AvailabilityZone or without. */
const METRICS: { readonly [name: string]: Metric } = {
  Latency: (world, where, stat, from, to) => {
    const value = statistic(world.groups.slice(0, 1), where.zone, from, to, stat);
    return value === null ? null : Math.round(value * 1e6) / 1e6;
  },
  RequestCount: counted(requests),
  HTTPCode_Backend_2XX: answers("2xx"),
  HTTPCode_Backend_4XX: answers("4xx"),
  HTTPCode_Backend_5XX: answers("5xx"),
  HTTPCode_ELB_4XX: counted(lost(["hungUp"])),
  HTTPCode_ELB_5XX: counted(
    (world, where, minute) =>
      lost(["timedOut", "dropped", "unserved"])(world, where, minute) + spilledIn(world, where, minute),
  ),
  BackendConnectionErrors: counted(lost(["unconnected"])),
  SpilloverCount: counted(spilledIn),
  SurgeQueueLength: (world, _, stat, from, to) => {
    const { longest } = surgeOf(world.scenario, world.minutes);
    return gauge(
      // Each node of the load balancer has a queue of its own; they fill alike.
      perMinute(from, to, (minute) => longest[minute] ?? 0),
      stat,
    );
  },
  HealthyHostCount: (world, where, stat, from, to) => hostCount(world, where, stat, from, to, true),
  UnHealthyHostCount: (world, where, stat, from, to) => hostCount(world, where, stat, from, to, false),
};
