import { insideOf } from "./behind.ts";
import { drawCalls } from "./calls.ts";
import { Random } from "./random.ts";
import type { Burst, Scenario, Work } from "./scenario.ts";

/** The requests for the focus service as parallel lists: there may be 100,000 of them. Callers' requests come last. */
export interface Requests {
  /** Arrival, seconds after the simulation's start. */
  readonly at: number[];
  /** CPU seconds that it needs with the version that was there at first. */
  readonly cpu: number[];
  /** Seconds of waiting for a dependency, slow calls included; before slow periods of the dependency. */
  readonly wait: number[];
  /** Kept-alive connection or client that carries it; -1: one of its own. */
  readonly connection: number[];
  /** The waiting caller who sent it; -1: nobody waits for it. */
  readonly caller: number[];
  /** Index of the call that it is, among drawCalls(); -1: it comes from outside. */
  readonly call: number[];
  /** What brought it: a burst's index, or one of ORIGINS. */
  readonly origin: number[];
  /** The client who sent it, where who it is decides on it: a sticky or polling one; -1: anybody. */
  readonly client: number[];
  /** The request of which it is a repetition; -1: it is none. */
  readonly first: number[];
}

/** What brings requests beside bursts. */
export const ORIGINS = { base: -1, polls: -2, calls: -3, passedOn: -4 } as const;

interface Draft {
  readonly at: number;
  readonly cpu: number;
  readonly wait: number;
  readonly connection: number;
  readonly call?: number;
  readonly origin?: number;
  readonly client?: number;
  readonly first?: number;
}

/**
 * The requests whose arrival does not depend on earlier answers, in order of arrival. `lead`: seconds that the simulation
 * starts before the window; `length`: its whole length.
 */
export function drawRequests(scenario: Scenario, lead: number, length: number): Requests {
  const { traffic, longPoll, stickyClients } = scenario.focus;
  const streams = [
    ...(longPoll ? [polls(scenario, length)] : []),
    // Quick requests beside long polls are there only where the scenario has any.
    ...(traffic.base > 0 ? [baseRequests(scenario, lead, length)] : []),
    ...traffic.bursts.map((burst, index) =>
      burst.rate > 0 ? burstRequests(scenario, burst, index, lead, length) : [],
    ),
    calledRequests(scenario, length),
    passedOn(scenario, length),
  ];
  const drafts = streams.flat();
  drafts.sort((a, b) => a.at - b.at);
  const clients = new Random(scenario.seed, "clients");
  const requests: Requests = {
    at: [],
    cpu: [],
    wait: [],
    connection: [],
    caller: [],
    call: [],
    origin: [],
    client: [],
    first: [],
  };
  for (const draft of drafts) {
    // A few clients send most of it: squaring a uniform number favours the low ones.
    const sticky = stickyClients === null ? draft.connection : Math.floor(clients.next() ** 2 * stickyClients);
    add(requests, { ...draft, connection: sticky, client: stickyClients === null ? (draft.client ?? -1) : sticky }, -1);
  }
  return requests;
}

/** Adds a request at the end; answers its index. */
export function add(requests: Requests, draft: Draft, caller: number): number {
  requests.cpu.push(draft.cpu);
  requests.wait.push(draft.wait);
  requests.connection.push(draft.connection);
  requests.caller.push(caller);
  requests.call.push(draft.call ?? -1);
  requests.origin.push(draft.origin ?? ORIGINS.base);
  requests.client.push(draft.client ?? -1);
  requests.first.push(draft.first ?? -1);
  return requests.at.push(draft.at) - 1;
}

/** The same request once more. */
export function repetition(requests: Requests, request: number, at: number): Draft {
  const { cpu, wait, connection, origin, client, first } = requests;
  return {
    at,
    cpu: cpu[request] as number,
    wait: wait[request] as number,
    connection: connection[request] as number,
    origin: origin[request] as number,
    client: client[request] as number,
    first: (first[request] as number) < 0 ? request : (first[request] as number),
  };
}

/** What the other services ask of this one. */
function calledRequests(scenario: Scenario, length: number): Draft[] {
  const random = new Random(scenario.seed, "called work");
  return drawCalls(scenario, length).map(({ at, own }, call) => ({
    ...draft(random, at + own / 2, scenario.focus.work, -1),
    call,
    origin: ORIGINS.calls,
  }));
}

/** What an ingress controller passes on to the backend that is simulated by itself, and waits for. */
function passedOn(scenario: Scenario, length: number): Draft[] {
  const inside = insideOf(scenario);
  if (!inside) return [];
  const random = new Random(scenario.seed, "passed on");
  const { requests, done } = inside.truth;
  return requests.at.map((at, request) => {
    const answered = done[request] as number;
    const wait = (Number.isFinite(answered) ? answered : length) - at;
    return { ...draft(random, at, scenario.focus.work, -1), wait, origin: ORIGINS.passedOn };
  });
}

/** A slowly wandering relative factor, one value a minute: an AR(1) process around 1. */
export function wander(random: Random, minutes: number, deviation: number): Float64Array {
  const values = new Float64Array(minutes);
  const memory = 0.9;
  let state = random.normal() * deviation;
  for (let minute = 0; minute < minutes; minute += 1) {
    values[minute] = Math.max(0, 1 + state);
    state = memory * state + Math.sqrt(1 - memory * memory) * deviation * random.normal();
  }
  return values;
}

/** The product of the factors of all stretches that hold `at`. */
export function levelAt(
  levels: readonly { readonly at: number; readonly seconds: number; readonly factor: number }[],
  at: number,
): number {
  let factor = 1;
  for (const level of levels) if (at >= level.at && at < level.at + level.seconds) factor *= level.factor;
  return factor;
}

function baseRequests(scenario: Scenario, lead: number, length: number): Draft[] {
  const random = new Random(scenario.seed, "base arrivals");
  const { traffic, work } = scenario.focus;
  const wobble = wander(random, Math.ceil(length / 60) + 1, traffic.wobble);
  const drafts: Draft[] = [];
  // A Poisson process has no memory: the gap is drawn anew wherever the rate changes.
  for (let minute = 0; minute * 60 < length; minute += 1) {
    const start = minute * 60;
    const rate = traffic.base * (wobble[minute] ?? 1) * levelAt(traffic.levels, start - lead);
    if (rate <= 0) continue;
    for (let at = start + random.exponential(1 / rate); at < start + 60; at += random.exponential(1 / rate))
      drafts.push(draft(random, at, work, -1));
  }
  return drafts;
}

/** A burst swells for its first 15 s and ebbs for its last 15 s, as crowds do. */
const RAMP = 15;

function burstRequests(scenario: Scenario, burst: Burst, index: number, lead: number, length: number): Draft[] {
  const random = new Random(scenario.seed, `burst ${index}`);
  const work = burst.work ?? scenario.focus.work;
  const drafts: Draft[] = [];
  const end = Math.min(burst.at + burst.seconds, length - lead);
  for (let at = burst.at + random.exponential(1 / burst.rate); at < end; at += random.exponential(1 / burst.rate)) {
    const swell = Math.min(1, (at - burst.at) / RAMP, (burst.at + burst.seconds - at) / RAMP);
    const kept = random.chance(0.25 + 0.75 * swell);
    const made = draft(random, at + lead, work, connectionOf(random, burst, index, at));
    if (kept) drafts.push({ ...made, origin: index });
  }
  return drafts;
}

export function connectionOf(random: Random, burst: Burst, index: number, at: number): number {
  if (!burst.connections) return -1;
  const { count, life } = burst.connections;
  const generation = Math.floor((at - burst.at) / life);
  return (index * 1000 + generation) * 100 + random.integer(0, count - 1);
}

export function draft(random: Random, at: number, work: Work, connection: number): Draft {
  const cpu = Math.min(work.cpuMax, random.logNormal(work.cpu, work.cv));
  const slow = work.slowShare > 0 && random.chance(work.slowShare) ? random.logNormal(work.slowSeconds, 0.4) : 0;
  const wait = (work.wait > 0 ? random.logNormal(work.wait, work.waitCv) : 0) + slow;
  return { at, cpu, wait, connection };
}

/** Long polls: client by client, each one asking again after its answer. They start evenly spread, as fleets do. */
function polls(scenario: Scenario, length: number): Draft[] {
  const poll = scenario.focus.longPoll;
  if (!poll) return [];
  const random = new Random(scenario.seed, "long polls");
  const drafts: Draft[] = [];
  for (let client = 0; client < poll.clients; client += 1) {
    const ceiling = client % 2 === 1 ? (poll.otherCeiling ?? poll.ceiling) : poll.ceiling;
    // They have been at it before the simulation starts.
    let at = ((client + random.between(0.2, 0.8)) / poll.clients) * ceiling - ceiling;
    while (at < length) {
      const held = ceiling - random.next() * poll.jitter;
      const wait = random.chance(poll.early) ? held * random.between(0.02, 0.9) : held;
      // What is left of a poll from before the simulation is a short one: an answer in every minute from the start.
      const begun = Math.max(1, at);
      if (at + wait > begun)
        drafts.push({
          at: begun,
          cpu: scenario.focus.work.cpu,
          wait: at + wait - begun,
          connection: -1,
          origin: ORIGINS.polls,
          client,
        });
      at += wait + random.exponential(poll.pause);
    }
  }
  return drafts;
}
