/**
 * Seeded randomness: mulberry32 (Tommy Ettinger, public domain; 32 bits of state) and the few distributions that the
 * simulator draws from. Every part of the simulator has its own stream, so that changing one parameter does not reshuffle
 * everything else (common random numbers).
 */
export class Random {
  #state: number;
  #spare: number | null = null;

  /** `stream` names the part that draws: two streams of one seed are independent. */
  constructor(seed: number, stream = "") {
    this.#state = hash(`${seed} ${stream}`);
    for (let round = 0; round < 4; round += 1) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Uniform integer, both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const chosen = list[Math.floor(this.next() * list.length)];
    if (chosen === undefined) throw new RangeError("nothing to pick from");
    return chosen;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let last = copy.length - 1; last > 0; last -= 1) {
      const other = Math.floor(this.next() * (last + 1));
      [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
    }
    return copy;
  }

  /** Standard normal, by Box and Muller; every second one is the other half of the pair. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Log-normal with the given mean and coefficient of variation (standard deviation over mean). */
  logNormal(mean: number, cv: number): number {
    if (cv === 0) return mean;
    const variance = Math.log(1 + cv * cv);
    return mean * Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Poisson: Knuth's product for small means, the rounded normal above 40, where the two cannot be told apart. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }

  /** A string over an alphabet, for names as machines make them. */
  letters(alphabet: string, length: number): string {
    let made = "";
    for (let index = 0; index < length; index += 1) made += alphabet.charAt(this.integer(0, alphabet.length - 1));
    return made;
  }

  hex(length: number): string {
    return this.letters("0123456789abcdef", length);
  }

  /** Kubernetes' safe alphabet: no vowels, no 0, 1, 3 (k8s.io/apimachinery, util/rand). */
  suffix(length: number): string {
    return this.letters("bcdfghjklmnpqrstvwxz2456789", length);
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
