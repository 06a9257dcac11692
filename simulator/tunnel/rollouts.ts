import { setTimeout as wait } from "node:timers/promises";
import { modelTime } from "./client.ts";
import type { TunnelPod } from "./pod.ts";
import { end } from "./processes.ts";
import { setPod } from "./proxies.ts";
import { realMs } from "./scale.ts";
import type { Rollout, TunnelScenario } from "./scenario.ts";
import type { Watch } from "./watch.ts";

/** A pod's life in model seconds; `created` null: before the run. */
export interface Life {
  readonly created: number | null;
  readonly ready: number;
  readonly ended: number | null;
}

/** The scale-out and the rolling updates of a run: each of these replaces all pods of the service in question, one by one. */
export class Rollouts {
  readonly #lives = new Map<TunnelPod, Life>();

  constructor(
    private readonly scenario: TunnelScenario,
    private readonly begin: number,
    private readonly watch: Watch,
    private readonly folder: string,
    private readonly start: (pod: number) => TunnelPod,
  ) {}

  lifeOf(pod: TunnelPod): Life {
    return this.#lives.get(pod) ?? { created: null, ready: 0, ended: null };
  }

  async run(first: readonly TunnelPod[]): Promise<void> {
    let running = [...first, ...(await this.#scaleOut(first.length))];
    let place = running.length;
    for (const rollout of this.scenario.rollouts ?? []) {
      await this.#until(rollout.at);
      const next: TunnelPod[] = [];
      const leaving: Promise<void>[] = [];
      for (const old of running) {
        next.push(await this.#create(place, rollout));
        leaving.push(this.#leave(old, rollout));
        place += 1;
        await wait(realMs(rollout.between));
      }
      await Promise.all(leaving);
      running = next;
    }
  }

  async #scaleOut(place: number): Promise<TunnelPod[]> {
    const { later } = this.scenario.fleet;
    if (!later) return [];
    await this.#until(later.at);
    return Promise.all(Array.from({ length: later.pods }, (_, pod) => this.#create(place + pod, { propagation: 1 })));
  }

  async #create(place: number, { propagation }: Pick<Rollout, "propagation">): Promise<TunnelPod> {
    const created = this.#now();
    const pod = this.start(place);
    await pod.ready();
    this.watch.add(pod);
    this.#lives.set(pod, { created, ready: this.#now(), ended: null });
    await wait(realMs(propagation));
    await setPod(this.folder, 0, place, true);
    return pod;
  }

  /** Being deleted: the endpoint goes after `propagation`, the process is told to stop after `preStop`, at the same time. */
  async #leave(pod: TunnelPod, { propagation, preStop, grace }: Rollout): Promise<void> {
    const place = Number(pod.name.split("-p")[1]);
    const unlisted = wait(realMs(propagation)).then(() => setPod(this.folder, 0, place, false));
    await wait(realMs(preStop));
    await end(pod.child, realMs(grace));
    await unlisted;
    this.watch.drop(pod);
    this.#lives.set(pod, { ...this.lifeOf(pod), ended: this.#now() });
  }

  #now(): number {
    return Math.round(modelTime(this.begin) * 10) / 10;
  }

  async #until(at: number): Promise<void> {
    await wait(Math.max(0, this.begin + realMs(at) - performance.now()));
  }
}
