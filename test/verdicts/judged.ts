import { type Judged, judgeTable, signalsOf } from "../../src/engine/judge.ts";
import type { CauseDefinition } from "../../src/model/playbook.ts";
import type { Reading, Signal } from "../../src/model/signal.ts";
import type { Tokens } from "../../src/model/token.ts";

/** Facts by their ids, as a session holds them. */
export interface KnownFacts {
  readonly [id: string]: unknown;
}

/** What a signal says of these facts; a fact that it needs and that is not among them makes it unknown. */
export function readingOf(signal: Signal, facts: KnownFacts): Reading {
  const missing = Object.values(signal.needs).filter(({ id }) => facts[id] === undefined);
  if (missing.length > 0)
    return { answer: "unknown", statement: `needs ${missing[0]?.title}`, evidence: [], figure: null };
  return signal.read({ ...valuesOf(signal.needs, facts), ...valuesOf(signal.uses, facts) } as never);
}

/** What a cause says of these facts, by its table over the real signals. */
export function judgedOn(cause: CauseDefinition, facts: KnownFacts): Judged {
  const readings = new Map(signalsOf(cause).map((signal) => [signal.id, readingOf(signal, facts)]));
  const episodes = facts.episodes as { episodes: readonly { id: number }[] } | undefined;
  const all = episodes?.episodes.map(({ id }) => id) ?? [];
  return judgeTable(cause, readings, valuesOf(cause.uses, facts) as never, all);
}

function valuesOf(tokens: Tokens, facts: KnownFacts): KnownFacts {
  const known = Object.entries(tokens).filter(([, { id }]) => facts[id] !== undefined);
  return Object.fromEntries(known.map(([name, { id }]) => [name, facts[id]]));
}
