import { extraConnections } from "./answers/connections.ts";
import { drawnIn } from "./answers/drawn.ts";
import { hostsIn } from "./answers/hosts.ts";
import { levelAt } from "./arrivals.ts";
import { LEAD } from "./clock.ts";
import { Random } from "./random.ts";
import type { Truth } from "./simulate.ts";
import type { Happened } from "./world.ts";

/**
 * What a load balancer that does not look into connections sees of them, by minute and zone: entry
 * `minute · zones + zone`.
 */
export interface Flows {
  readonly fresh: Float64Array;
  /** Mean number that is open. */
  readonly active: Float64Array;
  readonly resets: { readonly client: Float64Array; readonly balancer: Float64Array; readonly target: Float64Array };
  /** Those for which no source port was free, those that were turned away, and those sent to unhealthy targets. */
  readonly unported: Float64Array;
  readonly rejected: Float64Array;
  readonly failOpen: Float64Array;
}

/** Connections to one target in a minute, where the load balancer's own address is their source (CloudWatch metrics for NLB). */
const PORTS = 55_000;
/** Resets that are usual: shares of the new flows. */
const USUAL = { client: 0.012, balancer: 0.0006, target: 0.002 } as const;
/** Seconds for which a client waits for a connection that does not come about. */
const SYN = 20;

const KNOWN = new WeakMap<Truth, Flows>();

/** The flows of a world; they are the same whoever watches. */
export function flowsOf(world: Happened): Flows {
  const known = KNOWN.get(world.truth) ?? drawFlows(world);
  KNOWN.set(world.truth, known);
  return known;
}

function drawFlows(world: Happened): Flows {
  const zones = world.scenario.place.zones.length;
  const line = () => new Float64Array(world.minutes * zones);
  const resets = { client: line(), balancer: line(), target: line() };
  const flows: Flows = {
    fresh: line(),
    active: line(),
    resets,
    unported: line(),
    rejected: line(),
    failOpen: line(),
  };
  ofRequests(world, flows);
  for (let minute = 0; minute < world.minutes; minute += 1) {
    const open = failsOpen(world, minute);
    for (let zone = 0; zone < zones; zone += 1) background(world, flows, minute, zone, open);
  }
  standing(world, flows);
  return flows;
}

function add(line: Float64Array, { scenario, minutes }: Happened, at: number, zone: number, count = 1): void {
  const minute = Math.floor(at / 60);
  const index = minute * scenario.place.zones.length + zone;
  if (minute >= 0 && minute < minutes) line[index] = (line[index] ?? 0) + count;
}

/** The flows that carry the requests. */
function ofRequests(world: Happened, { fresh, active, resets, rejected }: Flows): void {
  const { scenario, truth } = world;
  const { fresh: share = 1 } = scenario.loadBalancer;
  const random = new Random(scenario.seed, "flows");
  for (const [request, at] of truth.requests.at.entries()) {
    const zone = truth.zone.get(request) ?? random.integer(0, scenario.place.zones.length - 1);
    const own = random.chance(share);
    if (truth.unserved.has(request)) {
      add(rejected, world, at, zone);
      continue;
    }
    if (own && !truth.unreached.has(request)) add(fresh, world, at, zone);
    const end = endOf(truth, request, at);
    if (own) lasting(active, world, at, end, zone);
    if (truth.dropped.has(request) && resetByTarget(truth, request)) add(resets.target, world, end, zone);
    if (truth.hungUp.has(request)) add(resets.client, world, end, zone);
  }
}

function endOf(truth: Truth, request: number, at: number): number {
  if (truth.unreached.has(request)) return at + SYN;
  const lost = truth.dropped.get(request);
  if (lost !== undefined) return resetByTarget(truth, request) ? lost : lost + SYN;
  return Math.min(truth.hungUp.get(request) ?? Infinity, truth.done[request] as number, truth.length);
}

/** A container that is gone refuses connections; an address that is gone does not answer at all. */
function resetByTarget(truth: Truth, request: number): boolean {
  const pod = truth.pods[truth.servedBy[request] ?? -1];
  const at = truth.refused.get(request);
  return pod !== undefined && (at === undefined || pod.ended === null || pod.ended > at);
}

function lasting(active: Float64Array, world: Happened, from: number, to: number, zone: number): void {
  for (let minute = Math.floor(from / 60); minute * 60 < to && minute < world.minutes; minute += 1)
    add(active, world, minute * 60, zone, (Math.min(to, minute * 60 + 60) - Math.max(from, minute * 60)) / 60);
}

/** Whether all registered targets are unhealthy, so that the load balancer sends to all of them. */
function failsOpen(world: Happened, minute: number): boolean {
  const { healthy, unhealthy } = hostsIn(world, { set: "LB,TG", groups: [0], zone: null }, minute);
  return healthy === 0 && unhealthy > 0;
}

/** What comes beside the requests in a minute of a zone: further connections, the usual resets. */
function background(world: Happened, flows: Flows, minute: number, zone: number, open: boolean): void {
  const { scenario } = world;
  const index = minute * scenario.place.zones.length + zone;
  const put = (line: Float64Array, count: number) => {
    line[index] = (line[index] ?? 0) + count;
  };
  const { taken, refused, held } = extraConnections(world, { zone }, minute);
  const room = portsLeft(world, minute);
  const made = Math.min(taken, room);
  put(flows.fresh, made);
  put(flows.unported, taken - made);
  put(flows.active, taken > 0 ? (held * made) / taken : 0);
  put(flows.rejected, refused);
  if (open) put(flows.failOpen, flows.fresh[index] ?? 0);
  const random = new Random(scenario.seed, `usual resets ${minute} ${zone}`);
  for (const side of ["client", "balancer", "target"] as const)
    put(flows.resets[side], random.poisson((flows.fresh[index] ?? 0) * USUAL[side]));
  const { idleFlows } = scenario.faults ?? {};
  if (idleFlows) put(flows.resets[idleFlows.by], random.poisson(idleMeetings(world, minute)));
}

/** Connections of a zone for which there are source ports in a minute. */
function portsLeft(world: Happened, minute: number): number {
  // With the client's own address there is nothing to run out of; so it is for instances unless somebody turns it off.
  if (world.scenario.focus.targetType === "instance") return Number.POSITIVE_INFINITY;
  const { healthy } = hostsIn(world, { set: "LB,TG", groups: [0], zone: null }, minute);
  return Math.floor((PORTS * Math.max(1, healthy)) / world.scenario.place.zones.length);
}

/**
 * Requests a minute of a zone that come over a connection which was idle for longer than somebody keeps it: of a Poisson
 * stream over so many connections, the share whose gap is so long.
 */
function idleMeetings({ scenario }: Happened, minute: number): number {
  const { standing: count = 1 } = scenario.loadBalancer;
  const { base, levels } = scenario.focus.traffic;
  const rate = base * levelAt(levels, minute * 60 - LEAD);
  const { seconds = 0 } = scenario.faults?.idleFlows ?? {};
  return (60 * rate * Math.exp((-rate / count) * seconds)) / scenario.place.zones.length;
}

/** Connections that stay open: each pod holds its share, and loses them when it ends or is cut off. */
function standing(world: Happened, { active, resets }: Flows): void {
  const { scenario, truth } = world;
  const { standing: count = 0, deregistration } = scenario.loadBalancer;
  const zones = scenario.place.zones.length;
  if (count === 0) return;
  for (let minute = 0; minute < world.minutes; minute += 1)
    for (let zone = 0; zone < zones; zone += 1) add(active, world, minute * 60, zone, count / zones);
  const random = new Random(scenario.seed, "standing flows");
  const share = (at: number) => {
    const alive = truth.pods.filter(({ ready, left }) => ready <= at && (left === null || left >= at));
    return count / Math.max(1, alive.length) / zones;
  };
  for (const pod of truth.pods)
    for (let zone = 0; zone < zones; zone += 1) {
      for (const { at } of pod.restarts) add(resets.target, world, at, zone, random.poisson(share(at)));
      if (pod.left !== null && deregistration?.terminates)
        add(resets.balancer, world, pod.left + deregistration.delay, zone, random.poisson(share(pod.left)));
    }
}

/** The sum of a line over a minute: of all zones, or of one. */
export function flowsIn(world: Happened, line: Float64Array, minute: number, zone: number | null): number {
  const zones = world.scenario.place.zones.length;
  const from = minute * zones + (zone ?? 0);
  return line.subarray(from, zone === null ? from + zones : from + 1).reduce((all, one) => all + one, 0);
}

/** Handshakes of clients that fail with a TLS listener, in a minute. */
export function failedHandshakes(world: Happened, minute: number, zone: number | null): number {
  return drawnIn(world, { zone }, minute, "handshakes", world.scenario.faults?.handshakes ?? [], ({ rate }) => rate);
}
