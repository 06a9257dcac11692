import type { CauseDefinition, Judged } from "../model/playbook.ts";
import type { Condition, Reading, Readings, Signal } from "../model/signal.ts";
import type { FactToken, Tokens, Values } from "../model/token.ts";

/** Every signal that a cause's table names, each once, in the order in which it names them. */
export function signalsOf(cause: CauseDefinition): Signal[] {
  const { rejects, specific, needs, supports, blocks = [] } = cause;
  const named = [...rejects, ...needs, ...supports, ...blocks].map(({ signal }) => signal);
  return [...new Set([...specific, ...named])];
}

/** Every fact that a cause reads, itself or through its signals. */
export function factsOf(cause: CauseDefinition): FactToken[] {
  const read = signalsOf(cause).flatMap(({ needs, uses }) => [...Object.values(needs), ...Object.values(uses)]);
  return [...new Set([...read, ...Object.values(cause.uses)])];
}

/**
 * What a cause's table says of the readings of its signals. Pure. `all` are the ids of the window's episodes, which it
 * explains where it does not say which.
 */
export function judgeTable<U extends Tokens>(
  cause: CauseDefinition<U>,
  readings: Readings,
  facts: Partial<Values<U>>,
  all: readonly number[],
): Judged {
  const reading = (signal: Signal): Reading =>
    readings.get(signal.id) ?? { answer: "unknown", statement: "it was not asked", evidence: [], figure: null };
  const holds = ({ signal, answers }: Condition) => answers.includes(reading(signal).answer);
  const { title } = cause.words(facts, readings);
  const named = title === undefined ? {} : { title };
  const said = (signals: readonly Signal[]) => [...new Set(signals.flatMap((signal) => reading(signal).evidence))];
  const against = cause.rejects.find(holds);
  if (against) {
    const { statement, evidence } = reading(against.signal);
    return { status: "rejected", because: statement, evidence, explains: [], ...named };
  }
  const explains = cause.explains ? cause.explains(facts, readings) : all;
  const shown = cause.specific.length > 0 && cause.specific.every((signal) => reading(signal).answer === "yes");
  const lacking = cause.needs.find((condition) => !holds(condition));
  const [deciding] = cause.specific;
  if (shown && !lacking && deciding) {
    const because = reading(deciding).statement;
    const evidence = said([...cause.specific, ...cause.needs.map(({ signal }) => signal)]);
    return { status: "confirmed", because, evidence, explains, ...cause.words(facts, readings) };
  }
  // A need that accepts "unknown" is broken only by a clear answer for something else: then nothing points here.
  const isClear = ({ signal }: Condition) => ["yes", "no"].includes(reading(signal).answer);
  const excluded = cause.needs.some((one) => one.answers.includes("unknown") && isClear(one) && !holds(one));
  const pointing = !excluded && cause.supports.length > 0 && cause.supports.every(holds);
  if (pointing) {
    // What holds even where nothing is known keeps it standing, and is no reason for it.
    const signals = cause.supports.flatMap(({ signal, answers }) => (answers.includes("unknown") ? [] : [signal]));
    const lacked = shown && lacking ? [lacking.signal] : [];
    const because = [...new Set([...signals, ...lacked])].map((signal) => reading(signal).statement).join("; ");
    const words = cause.words(facts, readings);
    const byElimination = !cause.specific.some((signal) => reading(signal).answer === "yes");
    return { status: "supported", because, evidence: said(signals), explains, ...words, byElimination };
  }
  const open =
    cause.specific.find((signal) => reading(signal).answer !== "yes") ??
    (lacking ?? cause.supports.find((one) => !holds(one)))?.signal;
  const missing = open ? reading(open) : { statement: "nothing decides it", evidence: [] };
  const because =
    shown && deciding && open ? `${reading(deciding).statement}; ${missing.statement}` : missing.statement;
  const blocks = cause.blocks?.some(holds) ?? false;
  const doubts = cause.bringsAbout === true && !cause.specific.some((signal) => reading(signal).answer === "no");
  return {
    status: "undetermined",
    because,
    evidence: missing.evidence,
    explains: blocks ? explains : [],
    doubts,
    ...named,
  };
}
