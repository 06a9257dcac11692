import { add, drawRequests, type Requests, repetition } from "./arrivals.ts";
import { Balancer } from "./balancer.ts";
import { Callers } from "./callers.ts";
import { HealthChecks } from "./checks.ts";
import { LEAD, TICK } from "./clock.ts";
import { Fleet, type ReplicaSetTruth } from "./fleet.ts";
import { TimeHeap } from "./heap.ts";
import { failedRequests, Losses, type Lost, unwantedRequests } from "./losses.ts";
import { Nodes } from "./nodes.ts";
import type { Pod, PodTruth } from "./pod.ts";
import { PROBE_CPU, Probes } from "./probes.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { Retries, Waits } from "./waits.ts";

/** What really happened to the focus service. Times are seconds after the simulation's start. */
export interface Truth extends Lost {
  /** Seconds from the simulation's start to `now`. */
  readonly length: number;
  readonly requests: Requests;
  /** When the target's answer came; Infinity: it is still at work. */
  readonly done: readonly number[];
  /** Index of the pod that worked on it; -1: none was ready. */
  readonly servedBy: readonly number[];
  /** Zone of the load balancer's node that took it, by index; absent where the zone did not matter. */
  readonly zone: ReadonlyMap<number, number>;
  /** Requests that a pod answered 5xx. */
  readonly failed: ReadonlySet<number>;
  /** Those that a pod answered 4xx because of a fault. */
  readonly unwanted: ReadonlySet<number>;
  readonly checks: HealthChecks;
  /** Requests whose client closed the connection before an answer, and when. The pod may still have worked on them. */
  readonly hungUp: ReadonlyMap<number, number>;
  /** Seconds that requests waited for one of the faults' extra waits. */
  readonly extra: ReadonlyMap<number, number>;
  readonly pods: readonly PodTruth[];
  readonly replicaSets: readonly ReplicaSetTruth[];
  /** Busy CPU seconds of each node, cumulated at each tick. */
  readonly nodeBusy: readonly (readonly number[])[];
  readonly autoscaler: { readonly current: readonly number[]; readonly desired: readonly number[] };
}

/** More cores than a pod's housekeeping ever takes. */
const HOUSEKEEPING = 0.03;
/** Seconds on the wire and in the load balancer. */
const OVERHEAD = 0.002;

export function simulate(scenario: Scenario, resident: readonly Float64Array[]): Truth {
  return new Simulation(scenario, resident).run();
}

class Simulation {
  readonly #length: number;
  readonly #requests: Requests;
  readonly #fleet: Fleet;
  readonly #nodes: Nodes;
  readonly #balancer: Balancer;
  readonly #waits = new TimeHeap();
  readonly #done: number[];
  readonly #servedBy: number[];
  readonly #callers: Callers;
  readonly #probes: Probes | null;
  readonly #extra: Waits;
  readonly #retries: Retries | null;
  readonly #impatient = new TimeHeap();
  readonly #zone = new Map<number, number>();
  readonly #losses: Losses;
  readonly #checks: HealthChecks;
  readonly #hungUp = new Map<number, number>();
  readonly #variation: Random;
  readonly #slowness: Random;
  #ready: Pod[] = [];
  #reachable: Pod[] = [];
  #alive: Pod[] = [];
  #tick = 0;

  constructor(
    private readonly scenario: Scenario,
    resident: readonly Float64Array[],
  ) {
    this.#length = LEAD + scenario.window;
    this.#requests = drawRequests(scenario, LEAD, this.#length);
    this.#fleet = new Fleet(scenario, LEAD);
    this.#nodes = new Nodes(scenario, LEAD, this.#length, resident);
    this.#balancer = new Balancer(scenario);
    this.#checks = new HealthChecks(scenario, this.#length);
    this.#losses = new Losses(scenario, this.#checks);
    this.#done = this.#requests.at.map(() => Number.POSITIVE_INFINITY);
    this.#servedBy = this.#requests.at.map(() => -1);
    this.#callers = new Callers(scenario, LEAD);
    this.#probes = scenario.focus.readinessProbe ? new Probes(scenario.focus.readinessProbe) : null;
    this.#extra = new Waits(scenario);
    this.#retries = scenario.faults?.retries ? new Retries(scenario.faults.retries, scenario.seed) : null;
    this.#variation = new Random(scenario.seed, "efficiency");
    this.#slowness = new Random(scenario.seed, "slowness");
  }

  run(): Truth {
    const { at } = this.#requests;
    const count = at.length;
    let arrival = 0;
    let tickAt = 0;
    while (tickAt <= this.#length) {
      const pod = this.#earliest();
      const podAt = pod ? pod.nextDone : Number.POSITIVE_INFINITY;
      const arrivalAt = arrival < count ? (at[arrival] as number) : Number.POSITIVE_INFINITY;
      const now = Math.min(podAt, arrivalAt, this.#waits.next, this.#callers.next, this.#impatient.next, tickAt);
      if (now === tickAt) {
        this.#beginTick(now);
        tickAt += TICK;
      } else if (now === this.#waits.next) this.#release(this.#waits.pop(), now);
      else if (pod && now === podAt) this.#complete(pod, now);
      else if (now === arrivalAt) this.#arrive(arrival++, now);
      else if (now === this.#impatient.next) this.#repeat(this.#impatient.pop(), now);
      else this.#call(now);
    }
    const served = { requests: this.#requests, servedBy: this.#servedBy, pods: this.#fleet.pods };
    return {
      ...served,
      length: this.#length,
      done: this.#done,
      zone: this.#zone,
      ...this.#losses.lost,
      failed: failedRequests(this.scenario, served),
      unwanted: unwantedRequests(this.scenario, this.#requests),
      checks: this.#checks,
      hungUp: this.#hungUp,
      extra: this.#extra.waited,
      replicaSets: this.#fleet.replicaSets,
      nodeBusy: this.#nodes.busy,
      autoscaler: { current: this.#fleet.current, desired: this.#fleet.desired },
    };
  }

  #earliest(): Pod | undefined {
    let earliest: Pod | undefined;
    for (const pod of this.#alive) if (!earliest || pod.nextDone < earliest.nextDone) earliest = pod;
    return earliest;
  }

  /** Records the tick that ends, lets the fleet move, and looks at the nodes anew. */
  #beginTick(now: number): void {
    const seconds = this.scenario.nodes.map(() => 0);
    for (const pod of this.#alive) {
      const before = pod.cpu.at(-1) ?? 0;
      pod.advance(now);
      pod.record();
      const used = (pod.cpu.at(-1) ?? 0) - before;
      const { beside } = this.scenario.focus;
      const more = beside ? beside.ratio * used + beside.idle * TICK : 0;
      seconds[pod.node] = (seconds[pod.node] ?? 0) + used + more;
    }
    this.#nodes.record(this.#tick, now > 0 ? seconds : seconds.map(() => 0));
    this.#tick = Math.round(now / TICK);
    const known = this.#fleet.pods.length;
    this.#fleet.tick(now, this.#tick);
    for (const pod of now === 0 ? this.#fleet.pods : this.#fleet.pods.slice(known)) pod.record();
    const gone = [...this.#fleet.kill(now), ...this.#fleet.leave(now)];
    for (const index of gone.map((pod) => this.#fleet.pods.indexOf(pod)))
      for (const [request, by] of this.#servedBy.entries())
        if (by === index && (this.#done[request] as number) > now) this.#drop(request, now);
    this.#alive = this.#fleet.alive();
    this.#ready = this.#fleet.ready(now);
    this.#reachable = this.#checks.passing(this.#fleet.reachable(now), now);
    this.#holdInFlight(now);
    const { server, quota } = this.#fleet;
    this.#nodes.begin(this.#tick, this.#alive, Math.min(server.cores, quota, server.slots) + HOUSEKEEPING);
    for (const pod of this.#alive) {
      pod.vary(1 + 0.02 * this.#variation.normal());
      pod.nodeCores = Number.POSITIVE_INFINITY;
    }
    for (const [node, tight] of this.#nodes.tight.entries())
      if (tight) this.#nodes.divide(node, this.#tick, this.#alive);
    for (const pod of this.#alive) pod.settle();
    for (const pod of this.#probes?.tick(now, this.#alive) ?? []) this.#changed(pod, now);
  }

  /** The one request that is still at work at the end: it needs more CPU than there is time. */
  #holdInFlight(now: number): void {
    const { inFlight } = this.scenario.focus;
    if (!inFlight || now < this.#length - inFlight.ago) return;
    const pod = this.#ready[inFlight.pod % this.#ready.length];
    pod?.hold(inFlight.cores);
  }

  #call(now: number): void {
    const { caller, request } = this.#callers.send(now);
    this.#done.push(Number.POSITIVE_INFINITY);
    this.#servedBy.push(-1);
    this.#arrive(add(this.#requests, request, caller), now);
  }

  /** A client that has waited long enough hangs up, or sends the same again, or both, unless it has its answer. */
  #repeat(request: number, now: number): void {
    if ((this.#done[request] as number) <= now || this.#losses.dropped.has(request)) return;
    if (this.#retries?.hangUp) this.#hungUp.set(request, now);
    if (!this.#retries?.asksAgain(request)) return;
    this.#done.push(Number.POSITIVE_INFINITY);
    this.#servedBy.push(-1);
    const again = add(this.#requests, repetition(this.#requests, request, now), -1);
    this.#retries.repeated(request, again);
    this.#arrive(again, now);
  }

  /** The load balancer answers 502 for it; whoever waits has an answer. */
  #drop(request: number, now: number): void {
    if (request < 0 || this.#hungUp.has(request) || this.#losses.dropped.has(request)) return;
    this.#losses.dropped.set(request, now);
    this.#told(request, now);
  }

  /** Whoever waits for the request, and was not told yet when its answer comes, has the load balancer's. */
  #told(request: number, at: number): void {
    if (Number.isFinite(this.#done[request])) return;
    const caller = this.#requests.caller[request] as number;
    if (caller >= 0) this.#callers.answered(caller, at);
  }

  #arrive(request: number, now: number): void {
    const pod = this.#balancer.pick(this.#reachable, this.#requests.connection[request] as number, now);
    const lostAt = this.#losses.onTheWay(request, pod, now);
    if (pod) {
      this.#servedBy[request] = this.#fleet.pods.indexOf(pod);
      // Also what is lost on the way to its target came to one zone's node.
      if (this.#balancer.zone !== null) this.#zone.set(request, this.#balancer.zone);
    }
    if (!pod || lostAt !== null) {
      this.#told(request, lostAt ?? now);
      return;
    }
    const impatient = this.#retries?.impatientAt(request, now) ?? null;
    if (impatient !== null) this.#impatient.push(impatient, request);
    pod.enqueue(request);
    this.#changed(pod, now);
  }

  #complete(pod: Pod, now: number): void {
    pod.advance(now);
    const request = pod.finish();
    if (Probes.is(request)) {
      this.#probes?.answered(request, now);
      this.#changed(pod, now);
      return;
    }
    const wait = this.#waitOf(request, pod, now);
    if (wait > 0 && this.#fleet.server.holdsWhileWaiting) {
      pod.waiting += 1;
      this.#waits.push(now + wait, request);
    } else this.#answer(request, now + wait);
    this.#changed(pod, now);
  }

  /** A request that held its slot while it waited is answered. */
  #release(request: number, now: number): void {
    const pod = this.#fleet.pods[this.#servedBy[request] as number];
    if (!pod) return;
    if (!this.#losses.dropped.has(request)) this.#answer(request, now);
    pod.waiting -= 1;
    this.#changed(pod, now);
  }

  #answer(request: number, now: number): void {
    const done = now + OVERHEAD + this.#shared(now);
    this.#done[request] = done;
    const caller = this.#requests.caller[request] as number;
    if (caller >= 0) this.#callers.answered(caller, done);
  }

  #changed(pod: Pod, now: number): void {
    pod.advance(now);
    pod.fill((request) =>
      Probes.is(request) ? PROBE_CPU : (this.#requests.cpu[request] as number) * this.#fleet.factors(pod, now).cpu,
    );
    if (!this.#nodes.tight[pod.node]) {
      pod.settle();
      return;
    }
    const neighbours = this.#alive.filter((one) => one.node === pod.node);
    for (const one of neighbours) one.advance(now);
    this.#nodes.divide(pod.node, this.#tick, neighbours);
    for (const one of neighbours) one.settle();
  }

  #waitOf(request: number, pod: Pod, now: number): number {
    let wait = (this.#requests.wait[request] as number) * this.#fleet.factors(pod, now).wait;
    const arrived = (this.#requests.at[request] as number) - LEAD;
    for (const slow of this.scenario.focus.slowDependency)
      if (arrived >= slow.at && arrived < slow.at + slow.seconds) wait *= slow.factor;
    if (!this.scenario.faults) return wait;
    return wait + this.#extra.extra(request, pod, this.#servedBy[request] as number, arrived + LEAD, now);
  }

  #shared(now: number): number {
    for (const slow of this.scenario.sharedSlowness)
      if (now - LEAD >= slow.at && now - LEAD < slow.at + slow.seconds)
        return this.#slowness.logNormal(slow.extra, 0.5);
    return 0;
  }
}
