import { LEAD } from "../clock.ts";
import type { Stretch } from "../faults.ts";
import { Random } from "../random.ts";
import type { Happened } from "../world.ts";

/**
 * How many of something that comes at a rate fall into a minute: the sum of the zones, each with a draw of its own, so
 * that the zones add up to the whole.
 */
export function drawnIn<S extends Stretch>(
  world: Happened,
  { zone }: { readonly zone: number | null },
  minute: number,
  what: string,
  stretches: readonly S[],
  rate: (stretch: S) => number,
): number {
  const { seed, place } = world.scenario;
  const start = minute * 60 - LEAD;
  const expected = stretches.reduce((all, one) => {
    const seconds = Math.min(start + 60, one.at + one.seconds) - Math.max(start, one.at);
    return all + Math.max(0, seconds) * rate(one);
  }, 0);
  if (expected === 0) return 0;
  const zones = zone === null ? place.zones.map((_, index) => index) : [zone];
  return zones.reduce(
    (all, index) => all + new Random(seed, `${what} ${index} ${minute}`).poisson(expected / place.zones.length),
    0,
  );
}
