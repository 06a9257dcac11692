import { levelAt, wander } from "./arrivals.ts";
import { LEAD } from "./clock.ts";
import type { Stretch } from "./faults.ts";
import { idleTimeoutAt } from "./load-balancer.ts";
import { percentileOf } from "./percentile.ts";
import { Random } from "./random.ts";
import type { OtherService, Scenario } from "./scenario.ts";
import type { Truth } from "./simulate.ts";

/**
 * The answered requests of one target group, by the minute in which the answer came. Minute m holds the entries
 * offsets[m] … offsets[m + 1] − 1.
 */
export interface GroupTraffic {
  readonly offsets: Int32Array;
  /** Seconds. */
  readonly latency: Float64Array;
  /** Index of the load balancer's zone that carried it. */
  readonly zone: Uint8Array;
  /** Requests given up by the load balancer after its idle timeout, by minute. */
  readonly timedOut: Int32Array;
  /** Requests whose target closed the connection before its answer, by minute. */
  readonly dropped: Int32Array;
  /** Requests whose client closed the connection before an answer, by minute. */
  readonly hungUp: Int32Array;
  /** Requests for which there was no target, by minute. */
  readonly unserved: Int32Array;
  /** Connections that did not come about: refused ones, whose requests were dropped, and those that were given up. */
  readonly unconnected: Int32Array;
  /** 5 where the target's answer was a 5xx of a fault, 4 where it was such a 4xx, 0 elsewhere; for each answer. */
  readonly codeClass: Uint8Array;
  /** Which request of the focus service each answer is of; absent for the others. */
  readonly request?: Int32Array;
}

/** Draws another service's requests, minute by minute. */
export function drawOther(scenario: Scenario, other: OtherService, index: number, minutes: number): GroupTraffic {
  const random = new Random(scenario.seed, `other ${index}`);
  const wobble = wander(random, minutes, 0.06);
  const errors = new Random(scenario.seed, `other errors ${index}`);
  const offsets = new Int32Array(minutes + 1);
  const latency: number[] = [];
  const codes: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const at = minute * 60 - LEAD;
    const count = random.poisson(other.rate * 60 * (wobble[minute] ?? 1) * levelAt(other.levels, at));
    const share = shareAt(other.errors, at);
    const client = shareAt(other.clientErrors, at);
    for (let one = 0; one < count; one += 1) {
      latency.push(drawLatency(scenario, other, random, at + random.next() * 60));
      codes.push(errors.chance(share) ? 5 : client > 0 && errors.chance(client) ? 4 : 0);
    }
    offsets[minute + 1] = latency.length;
  }
  return {
    offsets,
    latency: Float64Array.from(latency),
    zone: zones(random, latency.length, scenario.place.zones.length),
    timedOut: new Int32Array(minutes),
    dropped: new Int32Array(minutes),
    hungUp: new Int32Array(minutes),
    unserved: new Int32Array(minutes),
    unconnected: new Int32Array(minutes),
    codeClass: Uint8Array.from(codes),
  };
}

/** The largest share of the stretches that hold `time`. */
function shareAt(stretches: readonly (Stretch & { readonly share: number })[] = [], time: number): number {
  return Math.max(0, ...stretches.map(({ at, seconds, share }) => (time >= at && time < at + seconds ? share : 0)));
}

/** Share of a response that a service which shares the slow dependency spends waiting for it. */
const WAITING_PART = 0.6;

/** Seconds that a request takes in another service itself. */
export function drawLatency(scenario: Scenario, other: OtherService, random: Random, at: number): number {
  let seconds = random.logNormal(other.latency, other.cv);
  if (other.slowShare > 0 && random.chance(other.slowShare)) seconds += random.logNormal(other.slowSeconds, 0.4);
  if (other.sharesDependency)
    for (const slow of scenario.focus.slowDependency)
      if (at >= slow.at && at < slow.at + slow.seconds) seconds *= 1 + WAITING_PART * (slow.factor - 1);
  for (const slow of scenario.sharedSlowness)
    if (at >= slow.at && at < slow.at + slow.seconds) seconds += random.logNormal(slow.extra, 0.5);
  for (const slow of other.extraWaits ?? [])
    if (at >= slow.at && at < slow.at + slow.seconds && random.chance(slow.share))
      seconds += random.logNormal(slow.wait, slow.cv);
  return seconds;
}

/** How a request of the focus service ended for the load balancer, and when; "open": it had not, at the end. */
export interface End {
  readonly how: "answered" | "timed out" | "dropped" | "hung up" | "unserved" | "open";
  /** Seconds after the simulation's start. */
  readonly at: number;
}

export function endOf(scenario: Scenario, truth: Truth, request: number): End {
  const lost = { dropped: truth.dropped, "hung up": truth.hungUp, unserved: truth.unserved } as const;
  for (const how of ["dropped", "hung up", "unserved"] as const) {
    const at = lost[how].get(request);
    if (at !== undefined) return { how, at };
  }
  // An answer that is sent while packets are dropped never comes.
  const done = truth.done[request] as number;
  const end = truth.checks.blocked(done) ? Number.POSITIVE_INFINITY : done;
  const arrived = truth.requests.at[request] as number;
  const given = truth.unreached.get(request) ?? arrived + idleTimeoutAt(scenario.loadBalancer, arrived);
  if (end <= given) return { how: end < truth.length ? "answered" : "open", at: end };
  return { how: "timed out", at: given };
}

/** The focus service's requests, as the load balancer saw them. */
export function focusTraffic(scenario: Scenario, truth: Truth): GroupTraffic {
  const minutes = truth.length / 60;
  const { requests, done } = truth;
  const offsets = new Int32Array(minutes + 1);
  const timedOut = new Int32Array(minutes);
  const minuteOf = (request: number) => {
    const { how, at } = endOf(scenario, truth, request);
    const minute = Math.floor(at / 60);
    if (how === "answered") return minute;
    if (how === "timed out" && minute < minutes) timedOut[minute] = (timedOut[minute] ?? 0) + 1;
    return -1;
  };
  const minute = Int32Array.from(done, (_, request) => minuteOf(request));
  for (const one of minute) if (one >= 0) offsets[one + 1] = (offsets[one + 1] ?? 0) + 1;
  for (let one = 0; one < minutes; one += 1) offsets[one + 1] = (offsets[one + 1] ?? 0) + (offsets[one] ?? 0);
  const place = offsets.slice();
  const latency = new Float64Array(offsets[minutes] ?? 0);
  const codeClass = new Uint8Array(latency.length);
  const of = new Int32Array(latency.length);
  const random = new Random(scenario.seed, "focus zones");
  const zone = zones(random, latency.length, scenario.place.zones.length);
  for (let request = 0; request < done.length; request += 1) {
    const one = minute[request] as number;
    if (one < 0) continue;
    latency[place[one] as number] = (done[request] as number) - (requests.at[request] as number);
    codeClass[place[one] as number] = truth.failed.has(request) ? 5 : truth.unwanted.has(request) ? 4 : 0;
    of[place[one] as number] = request;
    zone[place[one] as number] = truth.zone.get(request) ?? (zone[place[one] as number] as number);
    place[one] = (place[one] as number) + 1;
  }
  return {
    offsets,
    latency,
    zone,
    timedOut,
    request: of,
    codeClass,
    dropped: perMinute(truth.dropped, minutes),
    hungUp: perMinute(truth.hungUp, minutes),
    unserved: perMinute(truth.unserved, minutes),
    unconnected: perMinute(new Map([...truth.refused, ...truth.unreached]), minutes),
  };
}

function perMinute(times: ReadonlyMap<number, number>, minutes: number): Int32Array {
  const counts = new Int32Array(minutes);
  for (const at of times.values()) {
    const minute = Math.floor(at / 60);
    if (minute < minutes) counts[minute] = (counts[minute] ?? 0) + 1;
  }
  return counts;
}

export function zones(random: Random, count: number, zoneCount: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(random.next() * zoneCount));
}

interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A CloudWatch statistic of the response time over minutes; null without requests or for one that it does not have. */
export function statistic(
  groups: readonly GroupTraffic[],
  zone: number | null,
  from: number,
  to: number,
  name: string,
): number | null {
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (percent !== undefined) return percentile(groups, zone, from, to, Number(percent));
  const { count, sum, minimum, maximum } = statistics(groups, zone, from, to);
  if (count === 0) return null;
  const known: { readonly [name: string]: number } = {
    Average: sum / count,
    Sum: sum,
    Minimum: minimum,
    Maximum: maximum,
    SampleCount: count,
  };
  return known[name] ?? null;
}

/** Statistics over groups and minutes [from, to); `zone` null: all. */
function statistics(groups: readonly GroupTraffic[], zone: number | null, from: number, to: number): Statistics {
  let count = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  each(groups, zone, from, to, (seconds) => {
    count += 1;
    sum += seconds;
    if (seconds < minimum) minimum = seconds;
    if (seconds > maximum) maximum = seconds;
  });
  return { count, sum, minimum, maximum };
}

/** How many answers of a group's minute were 5xx (or 4xx) by a fault; `zone` null: all. */
export function failures(
  { offsets, codeClass, zone: zones }: GroupTraffic,
  zone: number | null,
  minute: number,
  wanted: 4 | 5 = 5,
): number {
  let count = 0;
  for (let index = offsets[minute] ?? 0; index < (offsets[minute + 1] ?? 0); index += 1)
    if ((zone === null || zones[index] === zone) && codeClass[index] === wanted) count += 1;
  return count;
}

/** Percentile (0–100) with linear interpolation between the ranks; null without requests. */
function percentile(
  groups: readonly GroupTraffic[],
  zone: number | null,
  from: number,
  to: number,
  percent: number,
): number | null {
  const found: number[] = [];
  each(groups, zone, from, to, (seconds) => found.push(seconds));
  return found.length === 0 ? null : percentileOf(found, percent);
}

function each(
  groups: readonly GroupTraffic[],
  zone: number | null,
  from: number,
  to: number,
  see: (seconds: number) => void,
): void {
  for (const group of groups) {
    const last = group.offsets[Math.min(to, group.offsets.length - 1)] ?? 0;
    for (let index = group.offsets[Math.max(0, from)] ?? last; index < last; index += 1)
      if (zone === null || group.zone[index] === zone) see(group.latency[index] as number);
  }
}
