import type { SourceName } from "../model/question.ts";
import type { Price, SourceDescriptor } from "./descriptor.ts";

/** What a live run cost: requests, and what some services bill for. */
export class Tally {
  readonly #requests = new Map<SourceName, number>();
  readonly #billed = new Map<SourceName, Map<string, number>>();

  /** Counts a request on the wire, repetitions included. */
  count(source: SourceName): void {
    this.#requests.set(source, this.#of(source) + 1);
  }

  /** Counts what its source has a price for; each page of an answer counts anew. `unit`: where it has several prices. */
  bill(source: SourceName, units: number, unit = ""): void {
    const own = this.#billed.get(source) ?? new Map<string, number>();
    this.#billed.set(source, own);
    own.set(unit, (own.get(unit) ?? 0) + units);
  }

  /** "36 requests: 4 to CloudWatch, …; 51 CloudWatch metrics, at most 0.00051 USD" */
  inWords(sources: readonly Pick<SourceDescriptor, "id" | "place" | "price" | "otherPrices">[]): string {
    const all = sources.reduce((sum, { id }) => sum + this.#of(id), 0);
    const each = sources.map(({ id, place }) => `${this.#of(id)} to ${place}`).join(", ");
    const bills = sources.flatMap(({ id, price, otherPrices = [] }) => {
      const billed = this.#billed.get(id);
      const of = ({ unit, usd }: Price, units: number) => `${units} ${unit}, at most ${(units * usd).toFixed(5)} USD`;
      const first = price ? [of(price, (billed?.get("") ?? 0) + (billed?.get(price.unit) ?? 0))] : [];
      const others = otherPrices.filter(({ unit }) => billed?.has(unit));
      return [...first, ...others.map((other) => of(other, billed?.get(other.unit) ?? 0))];
    });
    return [`${all} requests: ${each}`, ...bills].join("; ");
  }

  #of(source: SourceName): number {
    return this.#requests.get(source) ?? 0;
  }
}
