import { levelAt, wander } from "./arrivals.ts";
import { LEAD } from "./clock.ts";
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
}

/** Draws another service's requests, minute by minute. */
export function drawOther(scenario: Scenario, other: OtherService, index: number, minutes: number): GroupTraffic {
  const random = new Random(scenario.seed, `other ${index}`);
  const wobble = wander(random, minutes, 0.06);
  const offsets = new Int32Array(minutes + 1);
  const latency: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const at = minute * 60 - LEAD;
    const count = random.poisson(other.rate * 60 * (wobble[minute] ?? 1) * levelAt(other.levels, at));
    for (let one = 0; one < count; one += 1)
      latency.push(drawLatency(scenario, other, random, at + random.next() * 60));
    offsets[minute + 1] = latency.length;
  }
  return {
    offsets,
    latency: Float64Array.from(latency),
    zone: zones(random, latency.length, scenario.place.zones.length),
    timedOut: new Int32Array(minutes),
    dropped: new Int32Array(minutes),
    hungUp: new Int32Array(minutes),
  };
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

/** The focus service's requests, as the load balancer saw them. */
export function focusTraffic(scenario: Scenario, truth: Truth): GroupTraffic {
  const minutes = truth.length / 60;
  const { requests, done } = truth;
  const offsets = new Int32Array(minutes + 1);
  const timedOut = new Int32Array(minutes);
  const minuteOf = (request: number) => {
    if (truth.dropped.has(request) || truth.hungUp.has(request)) return -1;
    const end = done[request] as number;
    const given = (requests.at[request] as number) + scenario.loadBalancer.idleTimeout;
    if (end <= given) return end < truth.length ? Math.floor(end / 60) : -1;
    const minute = Math.floor(given / 60);
    if (minute < minutes) timedOut[minute] = (timedOut[minute] ?? 0) + 1;
    return -1;
  };
  const minute = Int32Array.from(done, (_, request) => minuteOf(request));
  for (const one of minute) if (one >= 0) offsets[one + 1] = (offsets[one + 1] ?? 0) + 1;
  for (let one = 0; one < minutes; one += 1) offsets[one + 1] = (offsets[one + 1] ?? 0) + (offsets[one] ?? 0);
  const place = offsets.slice();
  const latency = new Float64Array(offsets[minutes] ?? 0);
  const random = new Random(scenario.seed, "focus zones");
  const zone = zones(random, latency.length, scenario.place.zones.length);
  for (let request = 0; request < done.length; request += 1) {
    const one = minute[request] as number;
    if (one < 0) continue;
    latency[place[one] as number] = (done[request] as number) - (requests.at[request] as number);
    zone[place[one] as number] = truth.zone.get(request) ?? (zone[place[one] as number] as number);
    place[one] = (place[one] as number) + 1;
  }
  const { dropped, hungUp } = truth;
  return { offsets, latency, zone, timedOut, dropped: perMinute(dropped, minutes), hungUp: perMinute(hungUp, minutes) };
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

export interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Statistics over groups and minutes [from, to); `zone` null: all. */
export function statistics(groups: readonly GroupTraffic[], zone: number | null, from: number, to: number): Statistics {
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

/** Percentile (0–100) with linear interpolation between the ranks; null without requests. */
export function percentile(
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
