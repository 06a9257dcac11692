import type { SourceName } from "../model/question.ts";
import type { SourceDescriptor } from "./descriptor.ts";

/** What a live run cost: requests, and what some services bill for. */
export class Tally {
  readonly #requests = new Map<SourceName, number>();
  readonly #billed = new Map<SourceName, number>();

  /** Counts a request on the wire, repetitions included. */
  count(source: SourceName): void {
    this.#requests.set(source, this.#of(source) + 1);
  }

  /** Counts what its source has a price for; each page of an answer counts anew. */
  bill(source: SourceName, units: number): void {
    this.#billed.set(source, (this.#billed.get(source) ?? 0) + units);
  }

  /** "36 requests: 4 to CloudWatch, …; 51 CloudWatch metrics, at most 0.00051 USD" */
  inWords(sources: readonly Pick<SourceDescriptor, "id" | "place" | "price">[]): string {
    const all = sources.reduce((sum, { id }) => sum + this.#of(id), 0);
    const each = sources.map(({ id, place }) => `${this.#of(id)} to ${place}`).join(", ");
    const bills = sources.flatMap(({ id, price }) => {
      const units = this.#billed.get(id) ?? 0;
      return price ? [`${units} ${price.unit}, at most ${(units * price.usd).toFixed(5)} USD`] : [];
    });
    return [`${all} requests: ${each}`, ...bills].join("; ");
  }

  #of(source: SourceName): number {
    return this.#requests.get(source) ?? 0;
  }
}
