import type { CauseDefinition } from "../model/playbook.ts";
import { ANSWERS, type Signal, type SignalAnswer } from "../model/signal.ts";
import type { Cause } from "../model/vocabulary.ts";
import { signalsOf } from "./judge.ts";

/** What tells one cause from another: a signal, and the answers that each of them allows. */
export interface Separation {
  readonly from: Cause;
  readonly signal: Signal;
  readonly here: readonly SignalAnswer[];
  readonly there: readonly SignalAnswer[];
}

/** A pair of causes without a separating signal. */
export interface Lookalikes {
  readonly causes: readonly [Cause, Cause];
  /** What would tell them apart, as one of the two declares it; null where none does. */
  readonly declared: string | null;
}

/**
 * The differential diagnosis of a playbook's causes, derived from their tables: for each cause the signals that tell it
 * from every other, and the pairs that none tells apart. A signal separates two causes where no answer of it lets both be
 * named.
 */
export function differential(causes: readonly CauseDefinition[]): {
  readonly apart: ReadonlyMap<Cause, readonly Separation[]>;
  readonly alike: readonly Lookalikes[];
} {
  const apart = new Map(causes.map((one) => [one.cause, causes.flatMap((other) => separations(one, other))]));
  const alike = causes.flatMap((one, index) =>
    causes
      .slice(index + 1)
      .filter((other) => separations(one, other).length === 0)
      .map((other): Lookalikes => {
        const declared = one.indistinguishable?.[other.cause] ?? other.indistinguishable?.[one.cause] ?? null;
        return { causes: [one.cause, other.cause], declared };
      }),
  );
  return { apart, alike };
}

/** A playbook's tables never change, and every investigation asks for what separates them. */
const known = new WeakMap<readonly CauseDefinition[], ReadonlyMap<Cause, readonly Separation[]>>();

/** For each cause the first signal that tells it from each neighbour; what it alone shows comes first. */
export function separators(causes: readonly CauseDefinition[]): ReadonlyMap<Cause, readonly Separation[]> {
  const found = known.get(causes) ?? firstSeparations(causes);
  known.set(causes, found);
  return found;
}

function firstSeparations(causes: readonly CauseDefinition[]): ReadonlyMap<Cause, readonly Separation[]> {
  const firsts = (all: readonly Separation[]) =>
    all.filter((one, index) => all.findIndex(({ from }) => from === one.from) === index);
  return new Map([...differential(causes).apart].map(([cause, all]) => [cause, firsts(all)]));
}

function separations(one: CauseDefinition, other: CauseDefinition): Separation[] {
  if (one.cause === other.cause) return [];
  const [alone] = one.standsAlone ? one.specific : other.standsAlone ? other.specific : [];
  // Where it says yes no other cause is named; see reachVerdict.
  if (alone && one.standsAlone !== other.standsAlone) {
    const [yes, rest] = [ANSWERS.filter((answer) => answer === "yes"), ANSWERS.filter((answer) => answer !== "yes")];
    const [here, there] = one.standsAlone ? [yes, rest] : [rest, yes];
    return [{ from: other.cause, signal: alone, here, there }];
  }
  const shared = signalsOf(one).filter((signal) => signalsOf(other).includes(signal));
  return shared.flatMap((signal) => {
    const [here, there] = [allowed(one, signal), allowed(other, signal)];
    return here.some((answer) => there.includes(answer)) ? [] : [{ from: other.cause, signal, here, there }];
  });
}

/** The answers of a signal with which a cause can be confirmed; where nothing is specific to it, supported. */
export function allowed(
  { elsewhere, specific, rejects, needs, supports }: CauseDefinition,
  signal: Signal,
): SignalAnswer[] {
  const asked = specific.length > 0 ? needs : supports;
  return ANSWERS.filter(
    (answer) =>
      (!specific.includes(signal) || answer === "yes") &&
      asked.every((condition) => condition.signal !== signal || condition.answers.includes(answer)) &&
      (signal !== elsewhere || answer !== "yes") &&
      rejects.every((condition) => condition.signal !== signal || !condition.answers.includes(answer)),
  );
}
