import type { FactName, Facts } from "../model/facts.ts";

type Settled<N extends FactName> = { readonly value: Facts[N] } | null;

/**
 * The facts while they are being found. Each is awaited by those who need it, and settles once: given with a value, or
 * withheld because the step that would give it has ended without it.
 */
export class FactStore {
  readonly #settled = new Map<FactName, Settled<FactName>>();
  readonly #waiting = new Map<FactName, ((settled: Settled<FactName>) => void)[]>();

  give<N extends FactName>(name: N, value: Facts[N]): void {
    this.#settle(name, { value });
  }

  withhold(name: FactName): void {
    if (!this.#settled.has(name)) this.#settle(name, null);
  }

  has(name: FactName): boolean {
    return (this.#settled.get(name) ?? null) !== null;
  }

  /** Those of the names that have a value, as an object with just these keys. */
  pick(names: readonly FactName[]): Partial<Facts> {
    const entries = names.flatMap((name) => {
      const settled = this.#settled.get(name);
      return settled ? [[name, settled.value] as const] : [];
    });
    return Object.fromEntries(entries) as Partial<Facts>;
  }

  /** Resolves when every name is settled, either way. */
  async settled(names: readonly FactName[]): Promise<void> {
    await Promise.all(names.map((name) => this.#wait(name)));
  }

  #settle(name: FactName, settled: Settled<FactName>): void {
    this.#settled.set(name, settled);
    for (const wake of this.#waiting.get(name) ?? []) wake(settled);
    this.#waiting.delete(name);
  }

  #wait(name: FactName): Promise<Settled<FactName>> {
    const settled = this.#settled.get(name);
    if (settled !== undefined) return Promise.resolve(settled);
    return new Promise((resolve) => this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]));
  }
}
