import type { Finding, Measure } from "../model/finding.ts";
import type { Hypothesis } from "../model/judgement.ts";
import type { Session } from "../model/session.ts";

/** The figures of a finding as they are told, by their names. */
export function figuresIn({ measures }: Finding): (readonly [name: string, value: string])[] {
  return Object.entries(measures).map(([name, value]) => [name, shown(value)] as const);
}

/** Figures as they are, without the noise of binary fractions. */
function shown(value: Measure): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return value === null ? "unknown" : String(value);
}

/** The explanations and the factors that a finding decides. */
export function decidedBy({ hypotheses, factors }: Session, id: string) {
  const judged: readonly Hypothesis[] = hypotheses.filter(({ evidence }) => evidence[0] === id);
  return { judged, found: factors.filter(({ evidence }) => evidence[0] === id) };
}
