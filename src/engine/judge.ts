import type { Judgement } from "../model/judgement.ts";
import type { CauseDefinition } from "../model/playbook.ts";
import type { Condition, Reading, Readings, Signal } from "../model/signal.ts";
import type { FactToken, Tokens, Values } from "../model/token.ts";

/** What a cause's table says: the judgement, and how the verdict may take it. */
export interface Judged extends Judgement {
  /** Supported by what is left over, and by nothing that it alone shows: never named as the cause. */
  readonly byElimination: boolean;
  /** Open, and what may have brought another cause about: while it is, that one is likely at most. */
  readonly doubts: boolean;
}

/** Every signal that a cause's table names, each once, in the order in which it names them. */
export function signalsOf(cause: CauseDefinition): Signal[] {
  const { elsewhere, rejects, specific, needs, supports, blocks = [] } = cause;
  const named = [...rejects, ...needs, ...supports, ...blocks].map(({ signal }) => signal);
  return [...new Set([...(elsewhere ? [elsewhere] : []), ...specific, ...named])];
}

/** Every fact that a cause reads, itself or through its signals. */
export function factsOf(cause: CauseDefinition): FactToken[] {
  const read = signalsOf(cause).flatMap(({ needs, uses }) => [...Object.values(needs), ...Object.values(uses)]);
  return [...new Set([...read, ...Object.values(cause.uses)])];
}

/**
 * What a cause's table says of the readings of its signals. Pure; throws only what the cause's own `explains` throws.
 * `all` are the ids of the window's episodes, which it explains where it does not say which.
 */
export function judgeTable<U extends Tokens>(
  cause: CauseDefinition<U>,
  readings: Readings,
  facts: Partial<Values<U>>,
  all: readonly number[],
): Judged {
  const { elsewhere, specific, rejects, needs, supports, blocks = [], bringsAbout = false } = cause;
  const reading = (signal: Signal): Reading =>
    readings.get(signal.id) ?? { answer: "unknown", statement: "it was not asked", evidence: [], figure: null };
  const holds = ({ signal, answers }: Condition) => answers.includes(reading(signal).answer);
  const said = (signals: readonly Signal[]) => [...new Set(signals.flatMap((signal) => reading(signal).evidence))];
  const explains = () => cause.explains?.(facts, readings) ?? all;
  const away = elsewhere ? reading(elsewhere) : null;
  const against = rejects.find(holds);
  if (away?.answer === "yes" || (against && away?.answer === "unclear")) {
    const { statement, evidence } = away;
    return { status: "undetermined", because: statement, evidence, explains: [], byElimination: false, doubts: false };
  }
  if (against) {
    const { statement, evidence } = reading(against.signal);
    return { status: "rejected", because: statement, evidence, explains: [], byElimination: false, doubts: false };
  }
  const [deciding] = specific;
  const shown = deciding && specific.every((signal) => reading(signal).answer === "yes") ? reading(deciding) : null;
  const lacking = needs.find((condition) => !holds(condition));
  if (shown && !lacking) {
    const evidence = said([...specific, ...needs.map(({ signal }) => signal)]);
    const because = shown.statement;
    return { status: "confirmed", because, evidence, explains: explains(), byElimination: false, doubts: false };
  }
  // A need that accepts "unknown" is broken only by a clear answer for something else: then nothing points here.
  const isClear = ({ signal }: Condition) => ["yes", "no"].includes(reading(signal).answer);
  const excluded = needs.some((one) => one.answers.includes("unknown") && isClear(one) && !holds(one));
  if (!excluded && supports.length > 0 && supports.every(holds)) {
    // What holds even where nothing is known keeps it standing, and is no reason for it.
    const signals = supports.flatMap(({ signal, answers }) => (answers.includes("unknown") ? [] : [signal]));
    const lacked = shown && lacking ? [lacking.signal] : [];
    const because = [...new Set([...signals, ...lacked])].map((signal) => reading(signal).statement).join("; ");
    const byElimination = !specific.some((signal) => reading(signal).answer === "yes");
    return {
      status: "supported",
      because,
      evidence: said(signals),
      explains: explains(),
      byElimination,
      doubts: false,
    };
  }
  const open =
    specific.find((signal) => reading(signal).answer !== "yes") ??
    (lacking ?? supports.find((one) => !holds(one)))?.signal;
  const missing = open ? reading(open) : { statement: "nothing decides it", evidence: [] };
  return {
    status: "undetermined",
    because: shown && open ? `${shown.statement}; ${missing.statement}` : missing.statement,
    evidence: missing.evidence,
    explains: blocks.some(holds) ? explains() : [],
    byElimination: false,
    doubts: bringsAbout && !specific.some((signal) => reading(signal).answer === "no"),
  };
}
