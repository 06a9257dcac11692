import type { Server } from "./servers.ts";

/** A kill of the serving container. Times are seconds after the simulation's start. */
export interface Restart {
  readonly at: number;
  /** When it serves again. */
  readonly until: number;
  readonly reason: "OOMKilled" | "Error";
}

/** What a pod is, for everybody outside the simulation. Times are seconds after the simulation's start. */
export interface PodTruth {
  readonly name: string;
  /** The replica set's hash. */
  readonly hash: string;
  readonly version: string;
  readonly node: number;
  /** Null: it was there long before the simulation. */
  readonly created: number | null;
  readonly ready: number;
  /** When its containers started; null: long before the simulation. */
  readonly started: number | null;
  /** When it was told to end: no target from then on; null: it was not. */
  left: number | null;
  /** When it was gone; null: it is still there. */
  ended: number | null;
  /** Tick at which the counters begin. */
  readonly firstTick: number;
  /** Cumulated at each tick since firstTick: CPU seconds, active CFS periods, throttled ones. */
  readonly cpu: number[];
  readonly periods: number[];
  readonly throttled: number[];
  /** Stretches, from its first readiness on, in which it was not ready; `to` null: it still is not. */
  readonly outs: { readonly from: number; to: number | null }[];
  readonly restarts: readonly Restart[];
  /** CPU seconds that went into requests (the rest is the idle trickle and the start). */
  served: number;
}

/** Whether a pod gets requests at a time (seconds after the simulation's start). */
export function readyAt(pod: PodTruth, at: number): boolean {
  if (pod.ready > at || (pod.ended !== null && pod.ended <= at)) return false;
  return !pod.outs.some(({ from, to }) => from <= at && (to === null || to > at));
}

export interface PodLimits {
  /** Cores; Infinity where there is no limit. */
  readonly quota: number;
  /** Cores that a busy worker shows. */
  readonly efficiency: number;
  /** Share of active periods throttled without effect. */
  readonly spurious: number;
  /** Cores of housekeeping in an idle pod. */
  readonly idle: number;
  /** Share of the quota that many threads get out of it, who spend each period's budget at once; 1: all. */
  readonly usable: number;
}

/** CFS periods a second: the kernel's default period is 100 ms. */
const PERIODS = 10;
/** Share of periods in which an idle server's housekeeping runs at all. */
const IDLE_ACTIVE = 0.12;

/**
 * One pod at work. All running requests share its CPU alike, so that a "virtual clock" that ticks in CPU seconds for
 * each of them tells when the next one is done: a request that starts at virtual time v and costs c ends at v + c.
 */
export class Pod implements PodTruth {
  ended: number | null = null;
  left: number | null = null;
  served = 0;
  readonly cpu: number[] = [];
  readonly periods: number[] = [];
  readonly throttled: number[] = [];
  readonly outs: { readonly from: number; to: number | null }[] = [];
  readonly restarts: Restart[] = [];
  /** Its readiness probe has failed often enough: no new requests until it is answered again. */
  unready = false;
  /** When the earliest running request is done, at the present speed. */
  nextDone = Number.POSITIVE_INFINITY;
  /** Requests that hold a slot while they wait for a dependency. */
  waiting = 0;
  /** Cores that its node lets it have at most. */
  nodeCores = Number.POSITIVE_INFINITY;
  /** Extra cores that its start, or a request still in flight at the end, uses. */
  extraCores = 0;

  #queue: number[] = [];
  #head = 0;
  #running: { due: number; request: number }[] = [];
  #virtual = 0;
  #last: number;
  #speed = 0;
  #cores = 0;
  #throttling = 0;
  #efficiency: number;
  #cpuTotal = 0;
  #periodTotal = 0;
  #throttledTotal = 0;
  #held = false;

  constructor(
    readonly name: string,
    readonly hash: string,
    readonly version: string,
    readonly node: number,
    readonly created: number | null,
    readonly started: number | null,
    readonly ready: number,
    readonly firstTick: number,
    private readonly server: Server,
    private readonly limits: PodLimits,
    now: number,
  ) {
    this.#last = now;
    this.#efficiency = limits.efficiency;
  }

  /** No new requests: it is being deleted. */
  get draining(): boolean {
    return this.left !== null;
  }

  /** Requests in the pod: at work, waiting for the dependency in a slot, and queued. */
  get outstanding(): number {
    return this.#running.length + this.waiting + this.#queue.length - this.#head;
  }

  /** Cores that it would use if its node had all of them to give. */
  get wanted(): number {
    const busy = Math.min(this.#running.length, this.server.cores) * this.#efficiency;
    return Math.min(busy + this.extraCores + this.limits.idle, this.limits.quota);
  }

  get used(): number {
    return this.#cores;
  }

  /** Lets time pass until `now`, at the speed that was set last. */
  advance(now: number): void {
    const passed = now - this.#last;
    this.#last = now;
    if (passed <= 0) return;
    const busy = this.#running.length;
    this.#virtual += passed * this.#speed;
    this.served += passed * this.#speed * busy;
    this.#cpuTotal += passed * this.#cores;
    const active = passed * PERIODS * (busy > 0 || this.extraCores > 0 ? 1 : IDLE_ACTIVE);
    if (this.limits.quota < Number.POSITIVE_INFINITY) {
      this.#periodTotal += active;
      this.#throttledTotal += active * this.#throttling;
    }
  }

  /** Sets the speed anew after something changed. Call advance() first. */
  settle(): void {
    const busy = this.#running.length;
    const wanted = Math.min(busy, this.server.cores) * this.#efficiency;
    const overhead = this.extraCores + this.limits.idle;
    const quota = this.limits.quota;
    const most = quota * this.limits.usable;
    const granted = Math.max(0.001, Math.min(wanted, most - overhead, this.nodeCores - overhead));
    this.#speed = busy === 0 ? 0 : granted / busy;
    this.#cores = busy === 0 ? overhead : granted + overhead;
    // A node that gives less than the quota keeps the pod from ever running into it.
    const reached = Math.min(wanted + overhead, this.nodeCores);
    this.#throttling =
      this.limits.usable < 1
        ? busy === 0
          ? 0
          : Math.min(0.9, (1.1 * this.#cores) / quota)
        : throttledShare(reached, Math.min(quota, Number.MAX_VALUE), this.limits.spurious);
    const first = this.#running[0];
    this.nextDone = first ? this.#last + (first.due - this.#virtual) / this.#speed : Number.POSITIVE_INFINITY;
  }

  /** Efficiency wanders a little from tick to tick: the mix of work is never quite the same. */
  vary(factor: number): void {
    if (!this.#held) this.#efficiency = Math.min(0.995, this.limits.efficiency * factor);
  }

  /** Keeps one slot busy for ever, so that the pod shows this many cores: a request that outlasts the simulation. */
  hold(cores: number): void {
    this.#efficiency = cores - this.limits.idle;
    if (this.#held) return;
    this.#held = true;
    this.#insert(-1, Number.POSITIVE_INFINITY);
  }

  /** The container is killed and takes until `until` to serve again. */
  kill(at: number, until: number, reason: Restart["reason"]): void {
    this.restarts.push({ at, until, reason });
    this.abandon();
  }

  /** Drops all that it is at. */
  abandon(): void {
    this.#running = [];
    this.#queue = [];
    this.#head = 0;
  }

  /** Whether its container was killed and does not serve yet. */
  down(now: number): boolean {
    return (this.restarts.at(-1)?.until ?? now) > now;
  }

  enqueue(request: number): void {
    this.#queue.push(request);
  }

  /** Starts queued requests while there are free slots. `cost` gives a request's CPU seconds here. */
  fill(cost: (request: number) => number): void {
    while (this.#head < this.#queue.length && this.#running.length + this.waiting < this.server.slots) {
      const request = this.#queue[this.#head] as number;
      this.#head += 1;
      this.#insert(request, this.#virtual + cost(request));
    }
    if (this.#head > 512 && this.#head * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }

  /** Takes the request that is done out of its place. */
  finish(): number {
    const done = this.#running.shift();
    if (!done) throw new Error("no request is running");
    return done.request;
  }

  record(): void {
    this.cpu.push(this.#cpuTotal);
    this.periods.push(this.#periodTotal);
    this.throttled.push(this.#throttledTotal);
  }

  /** The list is short (the slots of a pod), so a sorted array beats a heap. */
  #insert(request: number, due: number): void {
    let place = this.#running.length;
    while (place > 0 && (this.#running[place - 1]?.due ?? 0) > due) place -= 1;
    this.#running.splice(place, 0, { due, request });
  }
}

/**
 * Share of active periods that run out of quota. A demand above the quota exhausts it in nearly every period; one just
 * below it does so in those periods that happen to be busier than the mean.
 */
function throttledShare(wanted: number, quota: number, spurious: number): number {
  const load = wanted / quota;
  if (load > 1) return Math.min(0.98, 0.75 + (load - 1) * 1.5);
  if (load > 0.92) return Math.max(spurious, (load - 0.92) * 3);
  return spurious;
}
