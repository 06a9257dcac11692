import type { FactToken, Tokens } from "../model/token.ts";

type Settled = { readonly value: unknown } | null;

/**
 * The facts while they are being found. Each is awaited by those who need it, and settles once: given with a value, or
 * withheld because the step that would give it has ended without it.
 */
export class FactStore {
  readonly #settled = new Map<string, Settled>();
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #beneath: { readonly store: FactStore; readonly except: ReadonlySet<string> } | null;

  /** With a store beneath it, every fact but the excepted ones is that store's. */
  constructor(beneath: { readonly store: FactStore; readonly except: ReadonlySet<string> } | null = null) {
    this.#beneath = beneath;
  }

  give(id: string, value: unknown): void {
    this.#settle(id, { value });
  }

  withhold(id: string): void {
    if (!this.#settled.has(id)) this.#settle(id, null);
  }

  has({ id }: FactToken): boolean {
    return this.#found(id) !== null;
  }

  get(id: string): unknown {
    return this.#found(id)?.value;
  }

  /** The tokens that have no value. */
  missing(tokens: Tokens): FactToken[] {
    return Object.values(tokens).filter((token) => !this.has(token));
  }

  /** The values of those tokens that have one, under the tokens' names. */
  values(tokens: Tokens): { readonly [name: string]: unknown } {
    const known = Object.entries(tokens).filter(([, token]) => this.has(token));
    return Object.fromEntries(known.map(([name, { id }]) => [name, this.get(id)]));
  }

  /** Resolves when every one of them is settled, either way. */
  async settled(tokens: Iterable<FactToken>): Promise<void> {
    await Promise.all([...tokens].map(({ id }) => this.#wait(id)));
  }

  #found(id: string): Settled {
    const beneath = this.#storeBeneath(id);
    return beneath ? beneath.#found(id) : (this.#settled.get(id) ?? null);
  }

  #storeBeneath(id: string): FactStore | null {
    return this.#beneath && !this.#beneath.except.has(id) ? this.#beneath.store : null;
  }

  #settle(id: string, settled: Settled): void {
    this.#settled.set(id, settled);
    for (const wake of this.#waiting.get(id) ?? []) wake();
    this.#waiting.delete(id);
  }

  #wait(id: string): Promise<void> {
    const beneath = this.#storeBeneath(id);
    if (beneath) return beneath.#wait(id);
    if (this.#settled.has(id)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]));
  }
}
