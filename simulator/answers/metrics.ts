import { statistic } from "../traffic.ts";
import type { Happened } from "../world.ts";
import { CONNECTION_METRICS } from "./connections.ts";
import {
  ALL_SETS,
  authErrorsIn,
  classesIn,
  clientErrorsIn,
  connectionErrorsIn,
  droppedIn,
  groupsOf,
  hostCount,
  LB_SETS,
  type Metric,
  minutesOf,
  ownErrorsIn,
  perMinute,
  requests,
  TG_SETS,
  timedOutIn,
  total,
  unservedIn,
  type Where,
} from "./counts.ts";
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
  const minutes = minutesOf(world, at, step);
  if (!where || !minutes) return null;
  return METRICS[name]?.(world, where, stat, minutes.from, minutes.to) ?? null;
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
  HTTPCode_ELB_500_Count: (world, where, stat, from, to) => gateway(world, where, stat, from, to, authErrorsIn),
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
  ...CONNECTION_METRICS,
};

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
