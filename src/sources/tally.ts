import type { SourceName } from "../model/question.ts";
import type { SourceDescriptor } from "./descriptor.ts";

/**
 * What a live run cost. CloudWatch bills GetMetricData by metrics requested, 0.01 USD for 1,000 (CloudWatch pricing);
 * whether several statistics of one metric count as one is not documented, so this is the upper bound.
 */
export class Tally {
  readonly #requests = new Map<SourceName, number>();
  /** Metrics asked of GetMetricData; each page of an answer counts anew. */
  metrics = 0;

  /** Counts a request on the wire, repetitions included. */
  count(source: SourceName): void {
    this.#requests.set(source, this.#of(source) + 1);
  }

  /** "36 requests: 4 to CloudWatch, …; 51 CloudWatch metrics, at most 0.00051 USD" */
  inWords(sources: readonly Pick<SourceDescriptor, "id" | "place">[]): string {
    const all = sources.reduce((sum, { id }) => sum + this.#of(id), 0);
    const each = sources.map(({ id, place }) => `${this.#of(id)} to ${place}`).join(", ");
    const price = ((this.metrics / 1000) * 0.01).toFixed(5);
    return `${all} requests: ${each}; ${this.metrics} CloudWatch metrics, at most ${price} USD`;
  }

  #of(source: SourceName): number {
    return this.#requests.get(source) ?? 0;
  }
}
