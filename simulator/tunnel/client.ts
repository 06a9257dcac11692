import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { drawArrivals } from "./arrivals.ts";
import { realMs, TIME } from "./scale.ts";
import type { Load } from "./scenario.ts";

/** What the client noticed of itself: sent late, the machine was too busy to be believed. */
export interface ClientReport {
  readonly sent: number;
  readonly retried: number;
  /** Real milliseconds by which requests left later than drawn: the 99th percentile. */
  readonly lateness: number;
}

/** Sends a load to "host:port", open loop: it never waits for an answer before it sends the next. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2000, maxFreeSockets: 12 });
  readonly #late: number[] = [];
  #sent = 0;
  #retried = 0;
  #over = false;

  constructor(
    private readonly place: string,
    private readonly host: string,
    private readonly load: Load,
    private readonly seed: number,
  ) {}

  /** Sends for `length` model seconds from `begin` (milliseconds of performance.now()). */
  async run(begin: number, length: number): Promise<ClientReport> {
    const { longPoll } = this.load;
    for (let client = 0; client < (longPoll?.clients ?? 0); client += 1) this.#poll(longPoll?.hold ?? 0);
    for (const { at, path } of drawArrivals(this.load, this.seed, length)) {
      const due = begin + realMs(at);
      const early = due - performance.now();
      if (early > 0.5) await wait(early);
      this.#late.push(Math.max(0, performance.now() - due));
      this.#send(path, this.load.retry?.times ?? 0);
    }
    await wait(Math.max(0, begin + realMs(length) - performance.now()));
    this.#over = true;
    this.#agent.destroy();
    const sorted = this.#late.sort((a, b) => a - b);
    return {
      sent: this.#sent,
      retried: this.#retried,
      lateness: Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 10) / 10,
    };
  }

  #poll(hold: number): void {
    if (!this.#over) this.#send(`/?cpu=0.01&hold=${hold}`, 0, () => this.#poll(hold));
  }

  #send(path: string, again: number, done: () => void = () => {}): void {
    this.#sent += 1;
    const [host, port] = this.place.split(":");
    const sent = request({ agent: this.#agent, host, port, path, headers: { host: this.host } });
    const patience = this.load.retry && setTimeout(() => sent.destroy(), realMs(this.load.retry.timeout));
    sent.once("response", (response) => {
      response.resume().once("close", () => {
        clearTimeout(patience);
        done();
      });
    });
    sent.once("error", () => {
      clearTimeout(patience);
      if (this.#over || again === 0) return;
      this.#retried += 1;
      this.#send(path, again - 1);
    });
    sent.end();
  }
}

/** Model seconds since `begin`. */
export function modelTime(begin: number): number {
  return ((performance.now() - begin) / 1000) * TIME;
}
