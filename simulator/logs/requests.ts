import { classesIn, malformedIn } from "../answers/counts.ts";
import { Random } from "../random.ts";
import { endOf } from "../traffic.ts";
import { focusPodIp, type Happened } from "../world.ts";
import { type Asked, Chooser, otherEndpoints } from "./asked.ts";
import type { LogsSpec } from "./spec.ts";

/** A request as the load balancer saw it. Times are seconds after the simulation's start, durations seconds. */
export interface Logged extends Asked {
  readonly at: number;
  /** When the load balancer answered, and wrote its line. */
  readonly end: number;
  /** Index of the load balancer's node. */
  readonly zone: number;
  /** Index of the target group; null: the load balancer answered without looking for one. */
  readonly group: number | null;
  /** "address:port"; null: none was chosen. */
  readonly target: string | null;
  /** request_processing_time, target_processing_time, response_processing_time; -1 as documented. */
  readonly times: readonly [number, number, number];
  readonly status: number;
  /** Null: the target did not answer. */
  readonly targetStatus: number | null;
}

type Ended = Pick<Logged, "times" | "status" | "targetStatus">;

const KNOWN = new WeakMap<Happened["truth"], readonly Logged[]>();

/** All requests that ended within the simulation, by the time of their end; none where nothing is logged. */
export function loggedRequests(world: Happened): readonly Logged[] {
  const { logs } = world.scenario;
  if (!logs) return [];
  const known = KNOWN.get(world.truth) ?? drawn(world, logs);
  KNOWN.set(world.truth, known);
  return known;
}

function drawn(world: Happened, logs: LogsSpec): Logged[] {
  const chooser = new Chooser(world.scenario, logs, world.truth);
  const all = [...ofFocus(world, chooser), ...ofOthers(world, chooser), ...malformed(world, chooser)];
  return all.filter(({ end }) => end < world.truth.length).sort((a, b) => a.end - b.end);
}

function ofFocus(world: Happened, chooser: Chooser): Logged[] {
  const { scenario, truth } = world;
  const random = new Random(scenario.seed, "log focus");
  const zones = scenario.place.zones.length;
  const answers = answered(world, 0);
  const slots = new Map<number, number>();
  for (const [slot, request] of (world.groups[0]?.request ?? []).entries()) slots.set(request, slot);
  return truth.requests.at.flatMap((at, request) => {
    const asked = chooser.focus(request);
    const { how, at: end } = endOf(scenario, truth, request);
    if (how === "open") return [];
    const slot = slots.get(request);
    const zone = slot === undefined ? Math.floor(end / 60) % zones : (world.groups[0]?.zone[slot] ?? 0);
    const status = slot === undefined ? null : (answers.get(slot) ?? 200);
    const told = status === null ? lost(world, random, request, end - at) : answer(random, end - at, status);
    const target = how === "unserved" ? null : targetOf(world, random, request);
    return [{ ...asked, ...told, at, end, zone, group: 0, target }];
  });
}

function answer(random: Random, seconds: number, status: number): Ended {
  return { times: [random.chance(0.8) ? 0 : 0.001, seconds, 0], status, targetStatus: status };
}

/**
 * How requests that no target answered are logged (Access logs for your Application Load Balancer; AWS re:Post, "How do I
 * troubleshoot HTTP 502 errors" and "… 504 errors"): all times are -1 where no connection came about.
 */
function lost({ scenario, truth }: Happened, random: Random, request: number, seconds: number): Ended {
  const none = { times: [-1, -1, -1], targetStatus: null } as const;
  const sent = (target: number) => ({ times: [0.001, target, -1], targetStatus: null }) as const;
  if (truth.unserved.has(request)) return { ...none, status: 503 };
  // What the times of a request are whose client hung up is not documented: the logs of some hold -1, of others not.
  if (truth.hungUp.has(request)) return { ...(scenario.seed % 2 === 0 ? none : sent(-1)), status: 460 };
  if (truth.dropped.has(request)) {
    if (truth.refused.has(request)) return { ...none, status: 502 };
    return { ...sent(seconds > 0.0005 ? seconds : 0.001 * random.integer(0, 4)), status: 502 };
  }
  return { ...(truth.unreached.has(request) ? none : sent(seconds + 0.001 * random.integer(0, 3))), status: 504 };
}

/** The pod that a request of the focus service went to, or the node whose port it was. */
function targetOf(world: Happened, random: Random, request: number): string {
  const { focus, nodes, seen } = world.scenario;
  const pod = world.truth.pods[world.truth.servedBy[request] ?? -1];
  if (seen?.instances) return `${instanceIp(world, random.integer(0, seen.instances.length - 1))}:${focus.targetPort}`;
  if (focus.targetType === "ip") return pod ? `${focusPodIp(world, pod)}:${focus.targetPort}` : "-";
  const node = focus.routing?.localPolicy && pod ? nodes[pod.node] : random.pick(nodes);
  return `${node?.ip}:${focus.nodePort}`;
}

/** An instance's address: in the nodes' network. */
function instanceIp({ scenario }: Happened, index: number): string {
  const [first, second] = (scenario.nodes[0]?.ip ?? "10.0").split(".");
  return `${first}.${second}.200.${10 + index}`;
}

function ofOthers(world: Happened, chooser: Chooser): Logged[] {
  const { scenario, groups, minutes } = world;
  return scenario.others.flatMap((other, index) => {
    const group = index + 1;
    const traffic = groups[group];
    if (!traffic) return [];
    const random = new Random(scenario.seed, `log other ${index}`);
    const endpoints = otherEndpoints(other);
    const answers = answered(world, group);
    const node = () => `${random.pick(scenario.nodes).ip}:${other.nodePort}`;
    const made: Logged[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      const moment = () => (minute + random.next()) * 60;
      for (let slot = traffic.offsets[minute] ?? 0; slot < (traffic.offsets[minute + 1] ?? 0); slot += 1) {
        const seconds = traffic.latency[slot] as number;
        const end = moment();
        const asked = chooser.other(random, endpoints, Math.log(seconds / other.latency) / Math.max(0.2, other.cv));
        const told = answer(random, seconds, answers.get(slot) ?? 200);
        made.push({ ...asked, ...told, at: end - seconds, end, zone: traffic.zone[slot] ?? 0, group, target: node() });
      }
      for (let late = 0; late < (traffic.timedOut[minute] ?? 0); late += 1) {
        const { idleTimeout } = scenario.loadBalancer;
        const end = moment();
        const times = [0.001, idleTimeout + 0.001, -1] as const;
        const zone = minute % scenario.place.zones.length;
        const asked = chooser.other(random, endpoints, 2);
        made.push({
          ...asked,
          times,
          status: 504,
          targetStatus: null,
          at: end - idleTimeout,
          end,
          zone,
          group,
          target: node(),
        });
      }
    }
    return made;
  });
}

function malformed(world: Happened, chooser: Chooser): Logged[] {
  const random = new Random(world.scenario.seed, "log malformed");
  const zones = world.scenario.place.zones.length;
  return Array.from({ length: world.minutes }, (_, minute) => minute).flatMap((minute) =>
    Array.from({ length: malformedIn(world, { zone: null }, minute) }, () => {
      const at = (minute + random.next()) * 60;
      const told = { times: [-1, -1, -1] as const, status: 400, targetStatus: null };
      return { ...chooser.malformed(random), ...told, at, end: at, zone: minute % zones, group: null, target: null };
    }),
  );
}

/** Statuses of a group's answers that are not 200, by their place in its traffic: as many as CloudWatch counts. */
function answered(world: Happened, group: number): Map<number, number> {
  const statuses = new Map<number, number>();
  const traffic = world.groups[group];
  if (!traffic) return statuses;
  const random = new Random(world.scenario.seed, `log statuses ${group}`);
  for (let minute = 0; minute < world.minutes; minute += 1)
    for (const zone of world.scenario.place.zones.keys()) {
      const slots: number[] = [];
      for (let slot = traffic.offsets[minute] ?? 0; slot < (traffic.offsets[minute + 1] ?? 0); slot += 1)
        if (traffic.zone[slot] === zone) slots.push(slot);
      const counts = classesIn(world, group, zone, minute);
      if (counts["4xx"] + counts["5xx"] === 0) continue;
      const of = (code: number) => slots.filter((slot) => traffic.codeClass[slot] === code);
      const [free, failed, unwanted] = [random.shuffled(of(0)), of(5), of(4)];
      const broken = [...failed, ...free].slice(0, counts["5xx"]);
      for (const slot of broken) statuses.set(slot, random.pick([500, 500, 503]));
      const rest = [...unwanted, ...free.filter((slot) => !broken.includes(slot))];
      for (const slot of rest.slice(0, counts["4xx"])) statuses.set(slot, random.pick([404, 404, 401, 422]));
    }
  return statuses;
}
