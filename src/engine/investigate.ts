import type { Event, Plan } from "../model/event.ts";
import type { FactName, Facts } from "../model/facts.ts";
import type { FactorFound, Hypothesis } from "../model/judgement.ts";
import type { HypothesisDefinition, Playbook, Step } from "../model/playbook.ts";
import {
  type Answer,
  type Asked,
  type Failure,
  type Parsed,
  type Question,
  questionKey,
  type Typed,
} from "../model/question.ts";
import type { Opening, Outcome, Session, StepGap } from "../model/session.ts";
import { epoch } from "../model/time.ts";
import { oneLine, visibleDeep } from "../model/visible.ts";
import type { Source } from "../sources/port.ts";
import { FactStore } from "./facts.ts";
import { consequence, describe, factTitle, needing, remedyFor, sourceTitle } from "./gaps.ts";
import { openedState, reduce, type State } from "./reduce.ts";
import { reachVerdict } from "./verdict.ts";

export interface Investigation {
  readonly playbook: Playbook;
  readonly source: Source;
  readonly opening: Opening;
  /** The command that a person would type to ask the same. */
  readonly commandFor: (question: Question) => string;
  /** Called with every event and the session after it. */
  readonly watch?: (event: Event, session: Session) => void;
}

/**
 * Runs a playbook: collects in parallel, judges in declared order, and answers the finished session. It never throws for
 * what the outside does; an error that it throws is a defect of lbdoctor.
 */
export async function investigate(investigation: Investigation): Promise<Session> {
  return new Run(investigation).finish();
}

/** The order of a playbook's parts, as events carry it. */
export function planOf(playbook: Playbook): Plan {
  return {
    steps: playbook.steps.map(({ id, title }) => ({ id, title })),
    hypotheses: playbook.hypotheses.map(({ cause, title, claim }) => ({ cause, title, claim })),
    factors: playbook.factors.map(({ factor }) => factor),
  };
}

class Run {
  readonly #with: Investigation;
  readonly #facts = new FactStore();
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #clean = new Map<string, readonly unknown[]>();
  #state: State;

  constructor(investigation: Investigation) {
    this.#with = investigation;
    const opened = { type: "opened", opening: investigation.opening, plan: planOf(investigation.playbook) } as const;
    this.#state = openedState(opened);
    investigation.watch?.(opened, this.#state.session);
  }

  async finish(): Promise<Session> {
    const { playbook } = this.#with;
    const judging = playbook.hypotheses.map((hypothesis) => this.#judgeWhenReady(hypothesis));
    await Promise.all(playbook.steps.map((step) => this.#runStep(step)));
    const hypotheses = await Promise.all(judging);
    const factors = this.#findFactors();
    this.#explainGaps();
    const facts = this.#facts.pick(["episodes", "service", "alarm"]);
    const verdict = reachVerdict(hypotheses, factors, facts);
    this.#emit({ type: "verdict", verdict });
    const known = this.#state.session.facts;
    this.#emit({
      type: "fixes",
      fixes: playbook.fixes.flatMap((fix) => fix.propose(known, verdict, hypotheses) ?? []),
    });
    this.#emit({ type: "ended", outcome: this.#outcome() });
    return this.#state.session;
  }

  async #runStep(step: Step): Promise<void> {
    await this.#facts.settled(step.needs);
    const missing = step.needs.filter((name) => !this.#facts.has(name));
    if (missing.length > 0) {
      this.#endStep(step, "skipped", needing(missing));
      return;
    }
    this.#emit({ type: "step-started", step: step.id });
    await step.run({
      facts: this.#facts.pick(step.needs) as Facts,
      use: async (name) => {
        await this.#facts.settled([name]);
        return this.#facts.pick([name])[name];
      },
      alarmName: this.#with.opening.alarmName,
      now: epoch(this.#with.opening.now),
      window: this.#with.opening.window,
      allowExec: this.#with.opening.allowExec,
      ask: (typed) => this.#ask(step.id, typed),
      give: (name, value) => {
        this.#emit({ type: "fact", step: step.id, name, value } as Event);
        this.#facts.give(name, value);
      },
      find: ({ id, statement, measures, proof }) =>
        this.#emit({
          type: "found",
          finding: {
            id: `${step.id}.${id}`,
            step: step.id,
            statement: oneLine(statement),
            measures,
            reproduce: [...new Set(proof.map(this.#with.commandFor))],
          },
        }),
      lack: (gap) => this.#gap(step.id, { ...gap, id: `${step.id} ${gap.what}` }),
    });
    const absent = step.gives.filter((name) => !this.#facts.has(name));
    this.#endStep(step, "done", absent.length > 0 ? `did not find ${absent.map(factTitle).join(", ")}` : null);
  }

  #endStep(step: Step, state: "done" | "skipped", note: string | null): void {
    this.#emit({ type: "step-ended", step: step.id, state, note });
    for (const name of step.gives) this.#facts.withhold(name);
  }

  async #ask<T>(step: string, typed: Typed<T>): Promise<Asked<T>> {
    const key = questionKey(typed.question);
    const answer = await this.#answer(step, key, typed.question);
    if (answer.status === "failed") {
      this.#questionGap(step, key, typed, answer.failure);
      return { ok: false, failure: answer.failure };
    }
    const parsed = this.#parse(key, answer.pages, typed);
    if ("kind" in parsed) {
      this.#questionGap(step, key, typed, parsed);
      return { ok: false, failure: parsed };
    }
    const cut = answer.cut ? [`only ${answer.pages.length} pages came: ${answer.cut.message}`] : [];
    const flaws = [...cut, ...(parsed.flaws ?? [])];
    if (flaws.length > 0) {
      const shown = flaws.length > 3 ? [...flaws.slice(0, 3), `and ${flaws.length - 3} more`] : flaws;
      this.#questionGap(step, key, typed, {
        kind: answer.cut?.kind ?? "malformed",
        message: `in part: ${shown.join("; ")}`,
      });
    }
    return { ok: true, value: parsed.value };
  }

  #answer(step: string, key: string, question: Question): Promise<Answer> {
    const known = this.#answers.get(key);
    if (known) return known;
    this.#emit({ type: "asked", step, key, question });
    const answer = this.#with.source.ask(question).then((given) => {
      this.#emit({ type: "answered", key, answer: given });
      return given;
    });
    this.#answers.set(key, answer);
    return answer;
  }

  #parse<T>(key: string, pages: readonly unknown[], typed: Typed<T>): Parsed<T> | Failure {
    const clean = this.#clean.get(key) ?? pages.map(visibleDeep);
    this.#clean.set(key, clean);
    try {
      return typed.parse(clean);
    } catch (error) {
      // A parser's only way to say "I cannot read this" is to throw; its message names the place.
      return { kind: "malformed", message: oneLine(error instanceof Error ? error.message : String(error)) };
    }
  }

  #questionGap(step: string, key: string, { question, remedies }: Typed<unknown>, failure: Failure): void {
    const { kind, message } = failure;
    const remedy = remedies?.[kind] ?? remedyFor(kind, question.source);
    this.#gap(step, { id: key, source: question.source, kind, what: `${describe(question)}: ${message}`, remedy });
  }

  #gap(step: string, gap: Pick<StepGap, "id" | "source" | "kind" | "what" | "remedy">): void {
    const what = oneLine(`${sourceTitle(gap.source)}: ${gap.what}`);
    this.#emit({ type: "gap", gap: { ...gap, what, step, consequence: "" } });
  }

  async #judgeWhenReady(definition: HypothesisDefinition): Promise<Hypothesis> {
    await this.#facts.settled([...definition.needs, ...definition.uses]);
    const hypothesis = this.#judge(definition);
    this.#emit({ type: "judged", hypothesis });
    return hypothesis;
  }

  #judge(definition: HypothesisDefinition): Hypothesis & { headline?: string; summary?: string } {
    const { cause, title, claim } = definition;
    const missing = definition.needs.filter((name) => !this.#facts.has(name));
    if (missing.length > 0) {
      const because = needing(missing);
      return { cause, title, claim, status: "undetermined", because, evidence: [], explains: [] };
    }
    const judged = definition.judge(this.#facts.pick([...definition.needs, ...definition.uses]) as Facts);
    return { cause, claim, ...judged, title: oneLine(judged.title ?? title), because: oneLine(judged.because) };
  }

  #findFactors(): FactorFound[] {
    const found = this.#with.playbook.factors.flatMap((definition) => {
      if (!definition.needs.every((name) => this.#facts.has(name))) return [];
      const factor = definition.find(this.#facts.pick(definition.needs) as Facts);
      return factor ? [{ ...factor, factor: definition.factor, statement: oneLine(factor.statement) }] : [];
    });
    for (const factor of found) this.#emit({ type: "factor", factor });
    return found;
  }

  /** Says of each gap what stays open for want of it, now that everything is known. */
  #explainGaps(): void {
    const { playbook } = this.#with;
    for (const gap of this.#state.session.gaps) {
      const lost = this.#lostThrough(gap.step);
      const steps = playbook.steps.filter(
        (step) => step.needs.some((name) => lost.has(name)) && stateOf(this.#state.session, step.id) === "skipped",
      );
      const open = this.#state.session.hypotheses.filter((one, index) => {
        const definition = playbook.hypotheses[index];
        const own = playbook.steps.find((step) => step.id === gap.step)?.gives ?? [];
        const reads = [...(definition?.needs ?? []), ...(definition?.uses ?? [])];
        return one.status === "undetermined" && reads.some((name) => lost.has(name) || own.includes(name));
      });
      this.#emit({
        type: "gap",
        gap: {
          ...gap,
          consequence: consequence(
            steps.map((step) => step.title),
            open.map((one) => one.title),
          ),
        },
      });
    }
  }

  /** The facts that a step, and those that waited for it, did not give. */
  #lostThrough(stepId: string): Set<FactName> {
    const lost = new Set<FactName>();
    const { steps } = this.#with.playbook;
    const origin = steps.find((step) => step.id === stepId);
    const queue = origin ? [origin] : [];
    for (let step = queue.shift(); step; step = queue.shift()) {
      for (const name of step.gives) {
        if (this.#facts.has(name) || lost.has(name)) continue;
        lost.add(name);
        queue.push(...steps.filter((other) => [...other.needs, ...other.uses].includes(name)));
      }
    }
    return lost;
  }

  #outcome(): Outcome {
    const { session } = this.#state;
    if (session.verdict?.rootCause) return "cause";
    const aws = session.exchanges.filter(
      ({ question }) => question.source === "cloudwatch" || question.source === "elbv2",
    );
    const alarm = aws.find(({ question }) => question.operation === "DescribeAlarms");
    const unreadable = aws.length > 0 && aws.every(({ answer }) => answer?.status === "failed");
    if (unreadable) return "aws-unreadable";
    const reader = this.#with.playbook.steps.find(({ gives }) => gives.includes("alarm"));
    const absent = session.gaps.some((gap) => gap.step === reader?.id && gap.kind === "missing");
    return alarm?.answer?.status === "answered" && absent && !this.#facts.has("alarm") ? "no-such-alarm" : "no-cause";
  }

  #emit(event: Event): void {
    this.#state = reduce(this.#state, event);
    this.#with.watch?.(event, this.#state.session);
  }
}

function stateOf(session: Session, step: string): string | undefined {
  return session.steps.find((one) => one.id === step)?.state;
}
