import { Random } from "../random.ts";
import { failures, statistic } from "../traffic.ts";
import type { Happened } from "../world.ts";
import { drawnIn } from "./drawn.ts";
import { hostsIn } from "./hosts.ts";

/** What a dimension set stands for, if it is one that the load balancer publishes (CloudWatch metrics for ALB). */
export interface Where {
  readonly set: "LB" | "AZ,LB" | "LB,TG" | "AZ,LB,TG" | "TG" | "AZ,TG";
  /** Indices into Happened.groups. */
  readonly groups: readonly number[];
  readonly zone: number | null;
}

export type Metric = (world: Happened, where: Where, stat: string, from: number, to: number) => number | null;

export const ALL_SETS: readonly Where["set"][] = ["LB", "AZ,LB", "LB,TG", "AZ,LB,TG"];
export const LB_SETS: readonly Where["set"][] = ["LB", "AZ,LB"];
export const TG_SETS: readonly Where["set"][] = ["LB,TG", "AZ,LB,TG"];

/** The minutes of the simulation that a period holds, [from, to); null: none. Only those that have passed are there. */
export function minutesOf(world: Happened, at: number, step: number): { from: number; to: number } | null {
  const from = (at - world.start) / 60;
  const to = Math.min(from + step / 60, Math.floor((world.scenario.now - world.start) / 60));
  return to <= Math.max(0, from) ? null : { from: Math.max(0, from), to };
}

export function groupsOf(world: Happened, where: Where) {
  return where.groups.flatMap((index) => world.groups[index] ?? []);
}

export function perMinute(from: number, to: number, read: (minute: number) => number): number[] {
  return Array.from({ length: Math.ceil(to - from) }, (_, index) => read(from + index)).filter((value) => value > 0);
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
export function requests(world: Happened, where: Where, minute: number): number {
  return answeredIn(world, where, minute) + givenUpIn(world, where, minute) + hungUpIn(world, where, minute);
}

/** 460: the client hung up; 400: malformed, which no target hears of. */
export function clientErrorsIn(world: Happened, where: Where, minute: number): number {
  return hungUpIn(world, where, minute) + malformedIn(world, where, minute);
}

/** Malformed requests of a minute, which the load balancer answers 400. */
export function malformedIn(world: Happened, where: Pick<Where, "zone">, minute: number): number {
  const { scenario } = world;
  const bursts = drawnIn(world, where, minute, "scanned", scenario.faults?.malformed ?? [], ({ rate }) => rate);
  const { malformed } = scenario.loadBalancer;
  if (malformed === undefined) return bursts;
  const count = new Random(scenario.seed, `malformed ${minute}`).poisson(malformed);
  return bursts + (where.zone === null || where.zone === minute % scenario.place.zones.length ? count : 0);
}

/** 500: log-ins that the load balancer could not finish with the identity provider (Troubleshoot your ALB, HTTP 500). */
export function authErrorsIn(world: Happened, where: Where, minute: number): number {
  return drawnIn(world, where, minute, "log-ins", world.scenario.faults?.authErrors ?? [], ({ rate }) => rate);
}

/** Answers 5xx that the load balancer made itself. */
export function ownErrorsIn(world: Happened, where: Where, minute: number): number {
  return givenUpIn(world, where, minute) + unservedIn(world, where, minute) + authErrorsIn(world, where, minute);
}

/**
 * Refused connections, and those that never came about. Where it is not said how long a killed container's endpoint is in
 * use, about one for two requests lost with it.
 */
export function connectionErrorsIn(world: Happened, where: Where, minute: number): number {
  const { kills, noticedAfter } = world.scenario.faults ?? {};
  if (kills && noticedAfter === undefined) return Math.floor(droppedIn(world, where, minute) / 2);
  return unanswered(world, where, minute, "unconnected");
}

function givenUpIn(world: Happened, where: Where, minute: number): number {
  return timedOutIn(world, where, minute) + droppedIn(world, where, minute);
}

export const droppedIn = (world: Happened, where: Where, minute: number) => unanswered(world, where, minute, "dropped");
export const unservedIn = (world: Happened, where: Where, minute: number) =>
  unanswered(world, where, minute, "unserved");
export const timedOutIn = (world: Happened, where: Where, minute: number) =>
  unanswered(world, where, minute, "timedOut");
const hungUpIn = (world: Happened, where: Where, minute: number) => unanswered(world, where, minute, "hungUp");

export type Unanswered = "dropped" | "timedOut" | "hungUp" | "unserved" | "unconnected";

/** Requests that got no answer of a target, in a minute; a zone has all of every so-manieth minute. */
export function unanswered(world: Happened, where: Where, minute: number, how: Unanswered): number {
  const all = groupsOf(world, where).reduce((sum, group) => sum + (group[how][minute] ?? 0), 0);
  return where.zone === null || where.zone === minute % world.scenario.place.zones.length ? all : 0;
}

function answeredIn(world: Happened, where: Where, minute: number): number {
  return statistic(groupsOf(world, where), where.zone, minute, minute + 1, "SampleCount") ?? 0;
}

/** Answers of a group by class: 4xx and 5xx are those of faults, and the odd ones. */
export function classesIn(world: Happened, group: number, zone: number, minute: number) {
  const traffic = world.groups[group];
  const count = traffic ? (statistic([traffic], zone, minute, minute + 1, "SampleCount") ?? 0) : 0;
  const { clientErrors, targetErrors } = world.scenario.loadBalancer;
  const random = new Random(world.scenario.seed, `codes ${group} ${zone} ${minute}`);
  const broken = traffic ? failures(traffic, zone, minute) : 0;
  const unwanted = traffic ? failures(traffic, zone, minute, 4) : 0;
  const bad = Math.min(count - unwanted, broken + random.poisson((count - broken) * targetErrors));
  const odd = unwanted + Math.min(count - bad - unwanted, random.poisson((count - unwanted) * clientErrors));
  return { "2xx": count - bad - odd, "4xx": odd, "5xx": bad };
}

export function hostCount(world: Happened, where: Where, stat: string, from: number, to: number, healthy: boolean) {
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
