import { levelAt, wander } from "./arrivals.ts";
import { LEAD } from "./clock.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import type { Truth } from "./simulate.ts";
import { drawLatency, type GroupTraffic, zones } from "./traffic.ts";

/** A request to another service that calls the focus service half-way through its own work. */
export interface Call {
  /** Index of the calling service among the others. */
  readonly other: number;
  /** When its request came, seconds after the simulation's start. */
  readonly at: number;
  /** Seconds that it takes in the calling service itself. */
  readonly own: number;
}

/** All requests of the services that call the focus service; the same list whenever it is drawn. */
export function drawCalls(scenario: Scenario, length: number): Call[] {
  return scenario.others.flatMap((service, other) => {
    if (!service.callsFocus) return [];
    const random = new Random(scenario.seed, `calls ${other}`);
    const minutes = Math.ceil(length / 60);
    const wobble = wander(random, minutes, 0.06);
    const calls: Call[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      const rate = service.rate * (wobble[minute] ?? 1) * levelAt(service.levels, minute * 60 - LEAD);
      const end = minute * 60 + 60;
      for (let at = minute * 60 + random.exponential(1 / rate); at < end; at += random.exponential(1 / rate))
        calls.push({ other, at, own: drawLatency(scenario, service, random, at - LEAD) });
    }
    return calls;
  });
}

/** How often a calling service was asked, by minute: its answers are not known before the focus service's are. */
export function callingCounts(scenario: Scenario, other: number, minutes: number): GroupTraffic {
  const ends = drawCalls(scenario, minutes * 60).filter((call) => call.other === other);
  return binned(
    scenario,
    other,
    minutes,
    ends.map(({ at }) => ({ at, latency: 0 })),
  );
}

/** A calling service's requests as the load balancer saw them: each takes its own time and its call's. */
export function callingTraffic(scenario: Scenario, truth: Truth, other: number): GroupTraffic {
  const calls = drawCalls(scenario, truth.length);
  const { requests, done } = truth;
  const made = requests.call.flatMap((index, request) => {
    const call = calls[index];
    if (call?.other !== other) return [];
    return [{ at: call.at, latency: call.own + (done[request] as number) - (requests.at[request] as number) }];
  });
  return binned(scenario, other, truth.length / 60, made);
}

interface Made {
  readonly at: number;
  readonly latency: number;
}

function binned(scenario: Scenario, other: number, minutes: number, made: readonly Made[]): GroupTraffic {
  const { idleTimeout } = scenario.loadBalancer;
  const timedOut = new Int32Array(minutes);
  for (const { at, latency } of made) {
    const minute = Math.floor((at + idleTimeout) / 60);
    if (latency > idleTimeout && minute < minutes) timedOut[minute] = (timedOut[minute] ?? 0) + 1;
  }
  const answered = made
    .filter(({ at, latency }) => latency <= idleTimeout && at + latency < minutes * 60)
    .sort((a, b) => a.at + a.latency - b.at - b.latency);
  const offsets = new Int32Array(minutes + 1);
  for (const { at, latency } of answered) {
    const minute = Math.floor((at + latency) / 60) + 1;
    offsets[minute] = (offsets[minute] ?? 0) + 1;
  }
  for (let minute = 0; minute < minutes; minute += 1)
    offsets[minute + 1] = (offsets[minute + 1] ?? 0) + (offsets[minute] ?? 0);
  const random = new Random(scenario.seed, `calling zones ${other}`);
  return {
    offsets,
    latency: Float64Array.from(answered, ({ latency }) => latency),
    zone: zones(random, answered.length, scenario.place.zones.length),
    timedOut,
    dropped: new Int32Array(minutes),
    hungUp: new Int32Array(minutes),
    unserved: new Int32Array(minutes),
    unconnected: new Int32Array(minutes),
    codeClass: new Uint8Array(answered.length),
  };
}
