import { connectionsIn } from "../logs/connections.ts";
import { statistic } from "../traffic.ts";
import type { Happened } from "../world.ts";
import { classesIn, malformedIn } from "./classes.ts";
import { hostsIn } from "./hosts.ts";

/** One datapoint of AWS/ApplicationELB; null where nothing was published. `at`: epoch seconds of the period's start. */
export function metricValue(
  world: Happened,
  name: string,
  dimensions: { readonly [name: string]: string },
  stat: string,
  at: number,
  step: number,
): number | null {
  const where = placeOf(world, dimensions);
  if (!where) return null;
  const from = (at - world.start) / 60;
  // Only whole minutes that have passed are there.
  const to = Math.min(from + step / 60, Math.floor((world.scenario.now - world.start) / 60));
  if (to <= Math.max(0, from)) return null;
  return METRICS[name]?.(world, where, stat, Math.max(0, from), to) ?? null;
}

/** What a dimension set stands for, if it is one that the load balancer publishes (CloudWatch metrics for ALB). */
export interface Where {
  readonly set: "LB" | "AZ,LB" | "LB,TG" | "AZ,LB,TG" | "TG" | "AZ,TG";
  /** Indices into Happened.groups. */
  readonly groups: readonly number[];
  readonly zone: number | null;
}

export function placeOf(world: Happened, dimensions: { readonly [name: string]: string }): Where | null {
  const { LoadBalancer, TargetGroup, AvailabilityZone, ...odd } = dimensions;
  if (Object.keys(odd).length > 0) return null;
  if (LoadBalancer !== undefined && LoadBalancer !== world.arns.loadBalancerDimension) return null;
  const zone = AvailabilityZone === undefined ? null : world.scenario.place.zones.indexOf(AvailabilityZone);
  if (zone === -1) return null;
  const group = TargetGroup === undefined ? null : world.arns.targetGroupDimensions.indexOf(TargetGroup);
  if (group === -1) return null;
  const set = [zone === null ? [] : ["AZ"], LoadBalancer === undefined ? [] : ["LB"], group === null ? [] : ["TG"]]
    .flat()
    .join(",") as Where["set"] | "AZ" | "";
  if (set === "AZ" || set === "") return null;
  return { set, groups: group === null ? world.groups.map((_, index) => index) : [group], zone };
}

type Metric = (world: Happened, where: Where, stat: string, from: number, to: number) => number | null;

const ALL_SETS: readonly Where["set"][] = ["LB", "AZ,LB", "LB,TG", "AZ,LB,TG"];
const LB_SETS: readonly Where["set"][] = ["LB", "AZ,LB"];
const TG_SETS: readonly Where["set"][] = ["LB,TG", "AZ,LB,TG"];

const METRICS: { readonly [name: string]: Metric } = {
  TargetResponseTime: (world, where, stat, from, to) => {
    if (!ALL_SETS.includes(where.set)) return null;
    const value = statistic(groupsOf(world, where), where.zone, from, to, stat);
    return value === null ? null : stat === "SampleCount" ? value : Math.round(value * 1e4) / 1e4;
  },
  RequestCount: (world, where, stat, from, to) =>
    ALL_SETS.includes(where.set)
      ? total(
          perMinute(from, to, (minute) => requests(world, where, minute)),
          stat,
        )
      : null,
  // It is an average per target already; Sum is its only useful statistic.
  RequestCountPerTarget: (world, where, stat, from, to) => {
    if (!["LB,TG", "AZ,LB,TG", "TG", "AZ,TG"].includes(where.set)) return null;
    const sum = total(
      perMinute(from, to, (minute) => requests(world, where, minute)),
      stat,
    );
    return sum === null ? null : Math.round((sum / targetsOf(world, where, from)) * 100) / 100;
  },
  HTTPCode_Target_2XX_Count: (world, where, stat, from, to) => codes(world, where, stat, from, to, "2xx"),
  HTTPCode_Target_4XX_Count: (world, where, stat, from, to) => codes(world, where, stat, from, to, "4xx"),
  HTTPCode_Target_5XX_Count: (world, where, stat, from, to) => codes(world, where, stat, from, to, "5xx"),
  HTTPCode_ELB_4XX_Count: (world, where, stat, from, to) => gateway(world, where, stat, from, to, clientErrorsIn),
  HTTPCode_ELB_5XX_Count: (world, where, stat, from, to) => gateway(world, where, stat, from, to, ownErrorsIn),
  HTTPCode_ELB_502_Count: (world, where, stat, from, to) => gateway(world, where, stat, from, to, droppedIn),
  HTTPCode_ELB_503_Count: (world, where, stat, from, to) => gateway(world, where, stat, from, to, unservedIn),
  HTTPCode_ELB_504_Count: (world, where, stat, from, to) => gateway(world, where, stat, from, to, timedOutIn),
  TargetConnectionErrorCount: (world, where, stat, from, to) =>
    ALL_SETS.includes(where.set)
      ? total(
          perMinute(from, to, (minute) => connectionErrorsIn(world, where, minute)),
          stat,
        )
      : null,
  HealthyHostCount: (world, where, stat, from, to) =>
    TG_SETS.includes(where.set) ? hostCount(world, where, stat, from, to, true) : null,
  UnHealthyHostCount: (world, where, stat, from, to) =>
    TG_SETS.includes(where.set) ? hostCount(world, where, stat, from, to, false) : null,
  ActiveConnectionCount: (world, where, stat, from, to) => {
    if (!LB_SETS.includes(where.set)) return null;
    return total(
      perMinute(from, to, (minute) => Math.ceil(requests(world, where, minute) * 0.6)),
      stat,
    );
  },
  NewConnectionCount: (world, where, stat, from, to) => {
    if (!LB_SETS.includes(where.set)) return null;
    return total(
      perMinute(
        from,
        to,
        (minute) =>
          connectionsIn(world, where.zone, minute) ?? Math.ceil(requests(world, where, minute) * newConnections(world)),
      ),
      stat,
    );
  },
};

function groupsOf(world: Happened, where: Where) {
  return where.groups.flatMap((index) => world.groups[index] ?? []);
}

function perMinute(from: number, to: number, read: (minute: number) => number): number[] {
  return Array.from({ length: Math.ceil(to - from) }, (_, index) => read(from + index)).filter((value) => value > 0);
}

/** New connections for each request: few where the load balancer keeps its own alive. */
function newConnections({ scenario }: Happened): number {
  return scenario.focus.routing?.keptAlive === undefined ? 0.3 : 0.02;
}

/** A count metric's statistic: each of its samples is 1, so Average, Minimum and Maximum are 1 too. */
export function total(minutes: readonly number[], stat: string): number | null {
  if (minutes.length === 0) return null;
  if (stat === "Sum" || stat === "SampleCount") return minutes.reduce((all, one) => all + one, 0);
  return stat === "Average" || stat === "Minimum" || stat === "Maximum" || /^p\d/.test(stat) ? 1 : null;
}

/**
 * Requests that a target answered or that were given up waiting for one, by the load balancer or the client. Those for
 * which no target could be chosen are not counted (CloudWatch metrics for ALB, RequestCount).
 */
function requests(world: Happened, where: Where, minute: number): number {
  return answeredIn(world, where, minute) + givenUpIn(world, where, minute) + hungUpIn(world, where, minute);
}

/** 460: the client hung up; 400: malformed, which no target hears of. */
function clientErrorsIn(world: Happened, where: Where, minute: number): number {
  return hungUpIn(world, where, minute) + malformedIn(world, where.zone, minute);
}

/** Answers 5xx that the load balancer made itself. */
function ownErrorsIn(world: Happened, where: Where, minute: number): number {
  return givenUpIn(world, where, minute) + unservedIn(world, where, minute);
}

/**
 * Refused connections, and those that never came about. Where it is not said how long a killed container's endpoint is in
 * use, about one for two requests lost with it.
 */
function connectionErrorsIn(world: Happened, where: Where, minute: number): number {
  const { kills, noticedAfter } = world.scenario.faults ?? {};
  if (kills && noticedAfter === undefined) return Math.floor(droppedIn(world, where, minute) / 2);
  return unanswered(world, where, minute, "unconnected");
}

function givenUpIn(world: Happened, where: Where, minute: number): number {
  return timedOutIn(world, where, minute) + droppedIn(world, where, minute);
}

const droppedIn = (world: Happened, where: Where, minute: number) => unanswered(world, where, minute, "dropped");
const unservedIn = (world: Happened, where: Where, minute: number) => unanswered(world, where, minute, "unserved");
const timedOutIn = (world: Happened, where: Where, minute: number) => unanswered(world, where, minute, "timedOut");
const hungUpIn = (world: Happened, where: Where, minute: number) => unanswered(world, where, minute, "hungUp");

type Unanswered = "dropped" | "timedOut" | "hungUp" | "unserved" | "unconnected";

/** Requests that got no answer of a target, in a minute; a zone has all of every so-manieth minute. */
function unanswered(world: Happened, where: Where, minute: number, how: Unanswered): number {
  const all = groupsOf(world, where).reduce((sum, group) => sum + (group[how][minute] ?? 0), 0);
  return where.zone === null || where.zone === minute % world.scenario.place.zones.length ? all : 0;
}

function answeredIn(world: Happened, where: Where, minute: number): number {
  return statistic(groupsOf(world, where), where.zone, minute, minute + 1, "SampleCount") ?? 0;
}

/** Answers by class. Which minutes hold the odd errors depends on group, zone and minute only, so that the sums agree. */
function codes(world: Happened, where: Where, stat: string, from: number, to: number, wanted: "2xx" | "4xx" | "5xx") {
  if (!ALL_SETS.includes(where.set)) return null;
  const zones = where.zone === null ? world.scenario.place.zones.map((_, zone) => zone) : [where.zone];
  const count = (minute: number) =>
    where.groups.reduce(
      (all, group) => all + zones.reduce((sum, zone) => sum + classesIn(world, group, zone, minute)[wanted], 0),
      0,
    );
  return total(perMinute(from, to, count), stat);
}

/** Answers that the load balancer made itself: requests that it gave up. It has no target group dimension for them. */
function gateway(
  world: Happened,
  where: Where,
  stat: string,
  from: number,
  to: number,
  read: (world: Happened, where: Where, minute: number) => number,
): number | null {
  if (!LB_SETS.includes(where.set)) return null;
  return total(
    perMinute(from, to, (minute) => read(world, where, minute)),
    stat,
  );
}

/** Healthy targets of the first group of a place, in a minute; at least one, because there are requests to divide. */
function targetsOf(world: Happened, where: Where, minute: number): number {
  return Math.max(1, hostsIn(world, where, minute).healthy);
}

function hostCount(world: Happened, where: Where, stat: string, from: number, to: number, healthy: boolean) {
  const counts = Array.from({ length: Math.ceil(to - from) }, (_, index) => {
    const found = hostsIn(world, where, from + index);
    // Reported if there are registered targets (CloudWatch metrics for ALB).
    if (found.healthy + found.unhealthy === 0) return [];
    return healthy ? found.healthy : found.unhealthy;
  }).flat();
  if (counts.length === 0) return null;
  const sum = counts.reduce((all, one) => all + one, 0);
  if (stat === "SampleCount") return counts.length;
  if (stat === "Sum") return sum;
  if (stat === "Minimum") return Math.min(...counts);
  if (stat === "Maximum") return Math.max(...counts);
  return stat === "Average" || /^p\d/.test(stat) ? sum / counts.length : null;
}
