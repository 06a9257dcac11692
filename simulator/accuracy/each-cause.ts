import { CAUSES } from "../../src/model/vocabulary.ts";
import type { TrueCause } from "../truth.ts";
import type { WorldKind } from "../worlds.ts";

/** What is true of an incident; null: nothing is wrong, or no cause can be known. */
export type Truth = TrueCause | null;

/** Every cause of the vocabulary, and none. */
export const TRUTHS: readonly Truth[] = [...CAUSES, null];

/** One world to draw. `blind`: one of its sources does not answer. */
export interface Wanted {
  readonly kind: WorldKind;
  readonly seed: number;
  readonly blind: boolean;
}

/** One that was drawn; `truth` undefined: none came out of its seed. */
export interface Incident extends Wanted {
  readonly truth: Truth | undefined;
}

/** In one of so many incidents of a cause one source does not answer. */
const THIRD = 3;
/** More worlds than this for each incident that is asked for are not drawn: some cause cannot be had. */
const MOST = 60;

/**
 * The next worlds to draw so that each true cause has `count` incidents, a third of them blind: first one of each kind, which
 * tells what is true of it, then for each cause that lacks some its kinds in turn, seeds from `from` upward. Empty: every
 * cause that any kind shows has its number. What is drawn depends on the arguments alone.
 */
export function nextWorlds(
  kinds: readonly WorldKind[],
  drawn: readonly Incident[],
  { count, from }: { readonly count: number; readonly from: number },
): readonly Wanted[] {
  // Each kind is blind in another third of its turns than the next, so that a cause's blind worlds are of all its kinds.
  const turnOf = (kind: WorldKind, seed: number) => (kinds.indexOf(kind) + seed - from) % THIRD === 0;
  if (drawn.length === 0) return kinds.map((kind) => ({ kind, seed: from, blind: turnOf(kind, from) }));
  if (drawn.length > MOST * count) return [];
  const seeds = new Map(kinds.map((kind) => [kind, from + drawn.filter((one) => one.kind === kind).length]));
  return TRUTHS.flatMap((truth) => {
    const own = drawn.filter((one) => one.truth === truth);
    const showing = kinds.filter((kind) => own.some((one) => one.kind === kind));
    const blind = own.filter((one) => one.blind).length;
    return turns(showing, own.length, lacking(own.length, blind, count)).map((kind): Wanted => {
      const seed = seeds.get(kind) ?? from;
      seeds.set(kind, seed + 1);
      // With incidents enough only blind ones are wanted.
      return { kind, seed, blind: own.length >= count || turnOf(kind, seed) };
    });
  });
}

/** How many more incidents there must be so that there are `count`; then, so that a third of all is blind if they are. */
function lacking(incidents: number, blind: number, count: number): number {
  const sighted = incidents - blind;
  return incidents < count ? count - incidents : Math.max(0, Math.ceil(sighted / (THIRD - 1)) - blind);
}

/** So many kinds in turn, after `before` of them. */
function turns(kinds: readonly WorldKind[], before: number, count: number): readonly WorldKind[] {
  return Array.from({ length: kinds.length === 0 ? 0 : count }, (_, index) => {
    return kinds[(before + index) % kinds.length] as WorldKind;
  });
}
