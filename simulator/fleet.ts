import { levelAt } from "./arrivals.ts";
import { TICK } from "./clock.ts";
import { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Rollout, Scenario } from "./scenario.ts";
import { type Server, serverOf } from "./servers.ts";

/** A replica set of the focus deployment. */
export interface ReplicaSetTruth {
  readonly hash: string;
  readonly version: string;
  /** Seconds after the simulation's start; negative for those from before. */
  readonly created: number;
  readonly revision: number;
}

/** Cores that a starting pod uses: imports, caches. */
const START_CORES = 0.6;
/** Ticks over which the autoscaler sees usage (metrics-server's windows), and how late it comes. */
const SEEN_TICKS = 60 / TICK;
const LATE_TICKS = 15 / TICK;

/** The pods of the focus service over time: rollouts, autoscaling, starts and ends. */
export class Fleet {
  readonly pods: Pod[] = [];
  readonly replicaSets: ReplicaSetTruth[];
  /** Autoscaler's replicas, one value a tick. */
  readonly current: number[] = [];
  readonly desired: number[] = [];
  readonly server: Server;
  readonly quota: number;
  readonly #random: Random;
  readonly #rollouts: (Rollout & { hash: string })[];
  readonly #wishes: { at: number; desired: number }[] = [];
  #rolling = false;
  #wanted: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly lead: number,
  ) {
    const { focus, seed, window } = scenario;
    this.#random = new Random(seed, "fleet");
    this.server = serverOf(focus.server, focus.targetPort);
    this.quota = focus.cpuLimit ?? Number.POSITIVE_INFINITY;
    this.#wanted = focus.replicas;
    const first = { hash: this.#random.suffix(10), version: focus.version };
    const created = lead + window - focus.versionDays * 86_400;
    this.replicaSets = [{ ...first, created, revision: this.#random.integer(14, 120) }];
    this.#rollouts = focus.rollouts.map((rollout) => ({ ...rollout, hash: this.#random.suffix(10) }));
    for (let index = 0; index < focus.replicas; index += 1) this.#create(first, 0, true);
  }

  /**
   * Pods that get new requests. Where all of a target group's pods fail their checks, the load balancer sends to all of
   * them (Elastic Load Balancing, "Health checks for your target groups": fail open); kube-proxy has nowhere to send to.
   */
  ready(now: number): Pod[] {
    const serving = this.pods.filter(
      (pod) => pod.ended === null && !pod.draining && pod.ready <= now && !pod.down(now),
    );
    const passing = serving.filter((pod) => !pod.unready);
    return passing.length > 0 || this.scenario.focus.targetType === "instance" ? passing : serving;
  }

  /** Pods that requests are sent to: those that are ready, and those whose end nobody has noticed yet. */
  reachable(now: number): Pod[] {
    const { noticedAfter = 0, leavesAtOnceSince = -this.lead } = this.scenario.faults ?? {};
    const ready = this.ready(now);
    if (ready.length === 0 && this.scenario.focus.targetType === "ip")
      return this.pods.filter((pod) => pod.ended === null && !pod.draining && pod.ready <= now);
    if (noticedAfter === 0) return ready;
    const gone = this.pods.filter((pod) => {
      const since = pod.down(now) ? pod.restarts.at(-1)?.at : pod.ended;
      if (typeof since !== "number" || now - since >= noticedAfter) return false;
      // Those that drained before they ended had no requests any more.
      return pod.down(now) || since - this.lead >= leavesAtOnceSince;
    });
    return [...ready, ...gone];
  }

  alive(): Pod[] {
    return this.pods.filter((pod) => pod.ended === null);
  }

  /** Every tick: rollouts and the autoscaler move the fleet on. */
  tick(now: number, tick: number): void {
    for (const { at, replicas } of this.scenario.faults?.scaled ?? [])
      if (Math.round((at + this.lead) / TICK) * TICK === now) this.#wanted = replicas;
    this.#startRollouts(now);
    if (this.#rolling) this.#roll(now);
    if (tick % (15 / TICK) === 0) this.#autoscale(now, tick);
    this.#size(now);
    for (const pod of this.pods) {
      const starting = pod.down(now) || (pod.ready > now && (pod.started ?? 0) <= now);
      pod.extraCores = pod.ended === null && starting ? START_CORES : 0;
      noteReadiness(pod, now);
      if (pod.draining && pod.ended === null && pod.outstanding === 0) pod.ended = now;
    }
    this.current.push(this.pods.filter((pod) => pod.ended === null && !pod.draining).length);
    this.desired.push(this.#wanted);
  }

  /** Kills the containers whose time has come; answers their pods. */
  kill(now: number): Pod[] {
    const due = (this.scenario.faults?.kills ?? []).filter(
      ({ at }) => Math.round((at + this.lead) / TICK) * TICK === now,
    );
    return due.flatMap(({ pod: index, reason }) => {
      const running = this.ready(now);
      const pod = running[index % Math.max(1, running.length)];
      const until = now + this.scenario.focus.startSeconds * this.#random.between(0.9, 1.15);
      pod?.kill(now, until, reason);
      return pod ?? [];
    });
  }

  /** Ends the pods that were told to, where they do not wait for what they are at; answers them. */
  leave(now: number): Pod[] {
    const { leavesAtOnce, leavesAtOnceSince = -this.lead } = this.scenario.faults ?? {};
    if (!leavesAtOnce || now - this.lead < leavesAtOnceSince) return [];
    const leaving = this.pods.filter((pod) => pod.draining && (pod.ended ?? now) === now);
    for (const pod of leaving) {
      pod.ended = now;
      pod.abandon();
    }
    return leaving;
  }

  /** CPU and waiting factors of the version that a pod runs, of its age, and of what makes requests costlier now. */
  factors(pod: Pod, now: number): { cpu: number; wait: number } {
    const rollout = this.#rollouts.find((one) => one.hash === pod.hash);
    const { costlier = [], warmUp } = this.scenario.faults ?? {};
    const since = pod.restarts.at(-1)?.until ?? (pod.created === null ? null : pod.ready);
    const cold = warmUp && since !== null ? Math.max(0, 1 - (now - since) / warmUp.seconds) : 0;
    const cpu =
      (rollout?.cpuFactor ?? 1) * levelAt(costlier, now - this.lead) * (1 + cold * ((warmUp?.factor ?? 1) - 1));
    return { cpu, wait: rollout?.waitFactor ?? 1 };
  }

  #startRollouts(now: number): void {
    for (const rollout of this.#rollouts) {
      const last = this.replicaSets.at(-1);
      if (rollout.at + this.lead > now || !last || this.replicaSets.some((one) => one.hash === rollout.hash)) continue;
      const { hash, version } = rollout;
      this.replicaSets.push({ hash, version, created: now, revision: last.revision + 1 });
      this.#rolling = true;
    }
  }

  /** Rolling update with one pod more than wanted and none less, or with some less and none more. */
  #roll(now: number): void {
    const target = this.replicaSets.at(-1);
    if (!target) return;
    const running = this.pods.filter((pod) => pod.ended === null && !pod.draining);
    const old = running.filter((pod) => pod.hash !== target.hash);
    const starting = running.some((pod) => pod.hash === target.hash && pod.ready > now);
    const least = this.#wanted - (this.scenario.focus.maxUnavailable ?? 0);
    const serving = running.filter((pod) => pod.ready <= now).length;
    if (old.length === 0) this.#rolling = starting;
    else if (least < this.#wanted && serving > least) this.#replace(old[0] as Pod, target, now);
    else if (least < this.#wanted) return;
    else if (running.length > this.#wanted && !starting) this.#remove(old[0] as Pod, now);
    else if (running.length <= this.#wanted) this.#create(target, now, false);
  }

  #replace(pod: Pod, set: { hash: string; version: string }, now: number): void {
    this.#remove(pod, now);
    this.#create(set, now, false);
  }

  #autoscale(now: number, tick: number): void {
    const { autoscaler, cpuRequest } = this.scenario.focus;
    if (!autoscaler || tick < SEEN_TICKS + LATE_TICKS) return;
    const seen = this.ready(now).filter((pod) => pod.ready < now - 60);
    if (seen.length === 0) return;
    const usage = seen.reduce((all, pod) => all + recentCores(pod), 0);
    // Horizontal Pod Autoscaling: utilisation is cut to an integer; within the tolerance of 0.1 nothing happens.
    const ratio = Math.trunc((usage * 100) / (seen.length * cpuRequest)) / autoscaler.target;
    const wish = Math.abs(ratio - 1) <= 0.1 ? this.#wanted : Math.ceil(seen.length * ratio);
    const bounded = Math.min(autoscaler.max, Math.max(autoscaler.min, wish));
    this.#wishes.push({ at: now, desired: bounded });
    while ((this.#wishes[0]?.at ?? now) < now - 300) this.#wishes.shift();
    // Down only to the highest wish of the last 300 s, up at once.
    const stable = Math.max(...this.#wishes.map((one) => one.desired));
    this.#wanted = bounded > this.#wanted ? bounded : Math.min(this.#wanted, stable);
  }

  /** Adds or removes pods to meet the wanted number; a rollout does so by itself. */
  #size(now: number): void {
    if (this.#rolling) return;
    const running = this.pods.filter((pod) => pod.ended === null && !pod.draining);
    const version = this.replicaSets.at(-1);
    for (let missing = this.#wanted - running.length; missing > 0 && version; missing -= 1)
      this.#create(version, now, false);
    for (const pod of running.slice(this.#wanted)) this.#remove(pod, now);
  }

  #create(set: { hash: string; version: string }, now: number, before: boolean): void {
    const { focus } = this.scenario;
    const created = before ? null : now;
    const slower = before ? 1 : this.#random.between(0.9, 1.15);
    const ready = before ? 0 : now + focus.startSeconds * slower;
    const started = before ? null : now + (focus.pullSeconds ?? 0) * slower;
    const limits = {
      quota: this.quota,
      efficiency: focus.efficiency,
      spurious: focus.spuriousThrottling,
      idle: this.#random.between(0.008, 0.015),
      usable: this.scenario.faults?.spentAtOnce ?? 1,
    };
    const name = `${focus.deployment}-${set.hash}-${this.#random.suffix(5)}`;
    const tick = Math.round(now / TICK);
    this.pods.push(
      new Pod(name, set.hash, set.version, this.#place(), created, started, ready, tick, this.server, limits, now),
    );
  }

  /** On the node with the most CPU left to request, as the scheduler's default scoring would. */
  #place(): number {
    const wanted = this.scenario.focus.routing?.placement?.[this.pods.length];
    if (wanted !== undefined) return wanted;
    const left = this.scenario.nodes.map((node, index) => {
      const mine = this.pods.filter((pod) => pod.ended === null && pod.node === index).length;
      const free = node.allocatable - node.daemonsetRequest - node.tenantRequest;
      return free - mine * this.scenario.focus.cpuRequest * 1000;
    });
    return left.indexOf(Math.max(...left));
  }

  #remove(pod: Pod, now: number): void {
    pod.left = now;
  }
}

/** Notes when a pod stops and starts to be ready. */
function noteReadiness(pod: Pod, now: number): void {
  if (pod.ended !== null || pod.ready > now) return;
  const last = pod.outs.at(-1);
  const open = last !== undefined && last.to === null;
  const out = pod.unready || pod.down(now);
  if (out && !open) pod.outs.push({ from: now, to: null });
  else if (!out && open) last.to = now;
}

function recentCores(pod: Pod): number {
  const last = pod.cpu.length - 1 - LATE_TICKS;
  const first = last - SEEN_TICKS;
  return first < 0 ? 0 : ((pod.cpu[last] ?? 0) - (pod.cpu[first] ?? 0)) / 60;
}
