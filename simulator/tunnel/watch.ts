import { readFileSync } from "node:fs";
import { modelTime } from "./client.ts";
import type { TunnelPod } from "./pod.ts";

/** Real milliseconds between two looks; half a model tick would gain nothing. */
const LOOK = 500;

/** Counters of one pod as they were seen: model seconds, real CPU seconds, CFS periods. */
export interface Seen {
  readonly at: number[];
  readonly cpu: number[];
  readonly periods: number[];
  readonly throttled: number[];
}

/** Reads all groups twice a second, and how the proxies fare: they have no limit, so whoever makes them wait is the machine. */
export class Watch {
  readonly pods = new Map<TunnelPod, Seen>();
  /** Model time, and real seconds that the proxies have waited for a CPU though they could run. */
  readonly starved: { readonly at: number; readonly seconds: number }[] = [];
  readonly #gone = new Set<TunnelPod>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly begin: number,
    private readonly proxies: readonly (number | undefined)[],
  ) {
    this.#timer = setInterval(() => this.look(), LOOK);
  }

  add(pod: TunnelPod): void {
    this.pods.set(pod, { at: [], cpu: [], periods: [], throttled: [] });
    this.#see(pod);
  }

  /** A last look at a pod whose group will be removed. */
  drop(pod: TunnelPod): void {
    this.#see(pod);
    this.#gone.add(pod);
  }

  look(): void {
    for (const pod of this.pods.keys()) if (!this.#gone.has(pod)) this.#see(pod);
    const seconds = this.proxies.reduce((all: number, id) => all + (id === undefined ? 0 : waited(id)), 0);
    this.starved.push({ at: modelTime(this.begin), seconds });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.look();
  }

  #see(pod: TunnelPod): void {
    const seen = this.pods.get(pod);
    const { cpu, periods, throttled } = pod.group.usage();
    seen?.at.push(modelTime(this.begin));
    seen?.cpu.push(cpu);
    seen?.periods.push(periods);
    seen?.throttled.push(throttled);
  }
}

/** Seconds that a process was able to run and did not (proc_pid_schedstat: the second field, nanoseconds). */
function waited(id: number): number {
  try {
    return Number(readFileSync(`/proc/${id}/schedstat`, "utf8").split(" ")[1]) / 1e9;
  } catch {
    return 0;
  }
}
