import type { Event, Plan } from "../model/event.ts";
import type { Session } from "../model/session.ts";

/** A session with the plan that gives its lists their order. */
export interface State {
  readonly plan: Plan;
  readonly session: Session;
}

/** The state before the first event; `opened` replaces it. */
export function openedState(event: Extract<Event, { type: "opened" }>): State {
  const { plan, opening } = event;
  return {
    plan,
    session: {
      schemaVersion: 1,
      opening,
      playbook: null,
      ...listsOf(plan),
      exchanges: [],
      facts: {},
      findings: [],
      factors: [],
      verdict: null,
      fixes: [],
      gaps: [],
      outcome: null,
    },
  };
}

/** The lists of a session that a plan fills before anything is known. */
function listsOf(plan: Plan): Pick<Session, "steps" | "hypotheses"> {
  return {
    steps: plan.steps.map(({ id, title }) => ({ id, title, state: "waiting", note: null })),
    hypotheses: plan.hypotheses.map((hypothesis) => ({
      ...hypothesis,
      status: "undetermined",
      because: "not judged yet",
      evidence: [],
      explains: [],
    })),
  };
}

/** The state of a session that was kept: everything in it stands in the plan's order already. */
export function keptState(session: Session): State {
  const { steps, hypotheses, factors } = session;
  return { plan: { steps, hypotheses, factors: factors.map(({ factor }) => factor) }, session };
}

/** Folds one event into the state. Pure; the lists of the result stand in the plan's order. */
export function reduce({ plan, session }: State, event: Event): State {
  if (event.type === "opened") {
    const opened = openedState(event);
    // Asked once more, the investigation starts anew; what a person did stays.
    return session.user ? { ...opened, session: { ...opened.session, user: session.user } } : opened;
  }
  if (event.type === "selected") {
    const lists = listsOf(event.plan);
    const begun = new Map(session.steps.map((step) => [step.id, step]));
    const steps = lists.steps.map((step) => begun.get(step.id) ?? step);
    return { plan: event.plan, session: { ...session, ...lists, steps, playbook: event.playbook } };
  }
  if (event.type === "extended") return extended({ plan, session }, event);
  return { plan, session: { ...session, ...change(plan, session, event) } };
}

/** More steps than were planned, with other names for those of the plan whose ids they have. */
function extended({ plan, session }: State, { steps, renamed, forgets }: Extract<Event, { type: "extended" }>): State {
  const called = (id: string) => renamed[id]?.id ?? id;
  const step = <T extends { readonly step: string }>(one: T): T => ({ ...one, step: called(one.step) });
  const cited = (id: string) => id.replace(/^[^.]*/, called);
  const citing = <T extends { readonly evidence: readonly string[] }>(one: T): T => ({
    ...one,
    evidence: one.evidence.map(cited),
  });
  return {
    plan: { ...plan, steps: [...plan.steps.map((one) => renamed[one.id] ?? one), ...steps] },
    session: {
      ...session,
      steps: [...session.steps.map((one) => ({ ...one, ...renamed[one.id] })), ...listsOf({ ...plan, steps }).steps],
      exchanges: session.exchanges.map(step),
      facts: Object.fromEntries(Object.entries(session.facts).filter(([name]) => !forgets.includes(name))),
      findings: session.findings.map((one) => ({ ...step(one), id: cited(one.id) })),
      hypotheses: session.hypotheses.map(citing),
      gaps: session.gaps.map(step),
    },
  };
}

function change(
  plan: Plan,
  session: Session,
  event: Exclude<Event, { type: "opened" | "selected" | "extended" }>,
): Partial<Session> {
  switch (event.type) {
    case "step-started":
      return { steps: session.steps.map((step) => (step.id === event.step ? { ...step, state: "running" } : step)) };
    case "step-ended":
      return {
        steps: session.steps.map((step) =>
          step.id === event.step ? { ...step, state: event.state, note: event.note } : step,
        ),
      };
    case "asked": {
      const exchange = { key: event.key, step: event.step, question: event.question, answer: null };
      return { exchanges: inOrder(plan, [...session.exchanges, exchange], (one) => one.key) };
    }
    case "answered":
      return {
        exchanges: session.exchanges.map((one) => (one.key === event.key ? { ...one, answer: event.answer } : one)),
      };
    case "fact":
      return { facts: { ...session.facts, [event.name]: event.value } };
    case "found": {
      const others = session.findings.filter((finding) => finding.id !== event.finding.id);
      return { findings: inStepOrder(plan, [...others, event.finding]) };
    }
    case "gap": {
      const others = session.gaps.filter((gap) => gap.id !== event.gap.id);
      return { gaps: inOrder(plan, [...others, event.gap], (gap) => gap.id) };
    }
    case "judged":
      return {
        hypotheses: session.hypotheses.map((one) =>
          // What tells it from its neighbours comes from the plan; it is no part of a judgement.
          one.cause === event.hypothesis.cause ? { ...event.hypothesis, apartFrom: one.apartFrom } : one,
        ),
      };
    case "factor": {
      const found = [...session.factors.filter((one) => one.factor !== event.factor.factor), event.factor];
      return { factors: plan.factors.flatMap((id) => found.filter((one) => one.factor === id)) };
    }
    case "verdict":
      return { verdict: event.verdict };
    case "fixes":
      return { fixes: event.fixes };
    case "user":
      return { user: [...(session.user ?? []), event.act] };
    case "ended":
      return { outcome: event.outcome };
  }
}

/** By step as declared, then by text: arrival does not show. */
function inOrder<T extends { readonly step: string }>(plan: Plan, list: readonly T[], text: (item: T) => string): T[] {
  const rank = ranks(plan);
  const order = (item: T) => rank.get(item.step) ?? rank.size;
  return [...list].sort((a, b) => order(a) - order(b) || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}

/** By step as declared; within a step as found, which a step does in the order of its own text. */
function inStepOrder<T extends { readonly step: string }>(plan: Plan, list: readonly T[]): T[] {
  const rank = ranks(plan);
  return [...list].sort((a, b) => (rank.get(a.step) ?? rank.size) - (rank.get(b.step) ?? rank.size));
}

function ranks(plan: Plan): Map<string, number> {
  return new Map(plan.steps.map((step, index) => [step.id, index]));
}
