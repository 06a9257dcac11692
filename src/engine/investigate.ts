import type { Event, Plan } from "../model/event.ts";
import type { AlarmFact, EpisodesFact, Facts } from "../model/facts.ts";
import type { FactorFound, Fix, Hypothesis, Status } from "../model/judgement.ts";
import type {
  CauseDefinition,
  CauseWords,
  FactorDefinition,
  FixDefinition,
  Playbook,
  Step,
} from "../model/playbook.ts";
import type { Question } from "../model/question.ts";
import type { Opening, Session, StepGap } from "../model/session.ts";
import type { Reading, Signal } from "../model/signal.ts";
import type { SourceWords } from "../model/source-words.ts";
import { epoch } from "../model/time.ts";
import { type FactToken, sharedFact } from "../model/token.ts";
import { oneLine } from "../model/visible.ts";
import type { Cause } from "../model/vocabulary.ts";
import type { Source } from "../sources/port.ts";
import { Asking } from "./asking.ts";
import { consequencesOf, readBy } from "./consequences.ts";
import { separators } from "./differential.ts";
import { FactStore } from "./facts.ts";
import { defectId, needing, unitOf } from "./gaps.ts";
import { factsOf, type Judged, judgeTable, signalsOf } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import { openedState, reduce, type State } from "./reduce.ts";
import { type Candidate, reachVerdict, refusal } from "./verdict.ts";

export interface Investigation {
  /** Finds which alarm is meant; it gives the facts `alarm` and `refusal`. */
  readonly identify: Step;
  /** Asked in order whether the alarm is theirs. */
  readonly playbooks: readonly Playbook[];
  readonly source: Source;
  readonly opening: Opening;
  /** The command that a person would type to ask the same. */
  readonly commandFor: (question: Question) => string;
  /** One short command that shows the main part of the answer. */
  readonly shortCommandFor?: (question: Question) => string;
  /** What is said of the sources, which the engine does not know by name. */
  readonly sourceWords: SourceWords;
  /** Called with every event and the session after it. */
  readonly watch?: (event: Event, session: Session) => void;
}

/**
 * Finds out which alarm is meant, selects the playbook that takes it, collects in parallel, judges in declared order, and
 * answers the finished session. It does not throw for what the outside does, nor for a unit that fails: that becomes a
 * gap of kind `defect`, and the rest is judged.
 */
export async function investigate(investigation: Investigation): Promise<Session> {
  return new Run(investigation).finish();
}

/** The order of the parts of an investigation, as events carry it; without a playbook what comes before one is selected. */
export function planOf(identify: Step, playbook: Playbook | null): Plan {
  const { steps: more, causes } = playbook ?? { steps: [], causes: [] };
  const steps = [identify, ...more];
  const apart = separators(causes);
  const signals = (cause: Cause) =>
    Object.fromEntries((apart.get(cause) ?? []).map(({ from, signal }) => [from, signal.id]));
  return {
    steps: steps.map(({ id, title }) => ({ id, title })),
    hypotheses: causes.map(({ cause, title, claim }) => ({ cause, title, claim, apartFrom: signals(cause) })),
    factors: (playbook?.factors ?? []).map(({ factor }) => factor),
  };
}

/** What a cause explains; each is judged once it is known, whatever else its signals read. */
const EPISODES = sharedFact("episodes", "the episodes");

/** What is said of a cause that could not be judged, beside why. */
const OPEN = { status: "undetermined", evidence: [], explains: [], byElimination: false } as const;

class Run {
  readonly #with: Investigation;
  readonly #facts = new FactStore();
  readonly #asking: Asking;
  readonly #readings = new Map<string, Reading>();
  #state: State;

  constructor(investigation: Investigation) {
    this.#with = investigation;
    this.#asking = new Asking(investigation.source, investigation.sourceWords, {
      asked: (step, key, question) => this.#emit({ type: "asked", step, key, question }),
      answered: (key, answer) => this.#emit({ type: "answered", key, answer }),
      gap: (step, gap) => this.#gap(step, gap),
      defect: (step, unit, error) => this.#defect(step, unit, error),
    });
    const plan = planOf(investigation.identify, null);
    const opened = { type: "opened", opening: investigation.opening, plan } as const;
    this.#state = openedState(opened);
    investigation.watch?.(opened, this.#state.session);
  }

  async finish(): Promise<Session> {
    const { identify, playbooks } = this.#with;
    await this.#runStep(identify);
    const alarm = this.#facts.get("alarm") as AlarmFact | undefined;
    const playbook = alarm && playbooks.find((one) => this.#isolated(`the playbook ${one.id}`, () => one.takes(alarm)));
    if (playbook) await this.#runPlaybook(playbook);
    else this.#refuse(playbooks);
    this.#emit({ type: "ended", outcome: outcomeOf(this.#state.session, this.#with.sourceWords) });
    return this.#state.session;
  }

  /** No playbook takes the alarm, or there is none: whatever could not be read, nothing is judged. */
  #refuse(playbooks: readonly Playbook[]): void {
    for (const gap of this.#state.session.gaps)
      this.#emit({ type: "gap", gap: { ...gap, consequence: "nothing could be judged" } });
    this.#emit({ type: "verdict", verdict: refusal(this.#state.session.facts, playbooks) });
  }

  async #runPlaybook(playbook: Playbook): Promise<void> {
    this.#emit({ type: "selected", playbook: playbook.id, plan: planOf(this.#with.identify, playbook) });
    this.#withholdUngiven(playbook);
    const judging = playbook.causes.map((cause) => this.#judgeWhenReady(cause));
    await Promise.all(playbook.steps.map((step) => this.#runStep(step)));
    const hypotheses = await Promise.all(judging);
    const factors = playbook.factors.flatMap((factor) => this.#findFactor(factor) ?? []);
    for (const factor of factors) this.#emit({ type: "factor", factor });
    const has = (token: FactToken) => this.#facts.has(token);
    const lacking = (key: string) => this.#asking.lacking(key);
    for (const gap of consequencesOf(this.#state.session, playbook, { has, lacking })) this.#emit({ type: "gap", gap });
    const known = this.#state.session.facts;
    const verdict = reachVerdict(hypotheses, factors, known);
    this.#emit({ type: "verdict", verdict });
    const fixes = playbook.fixes.flatMap((fix): Fix | readonly Fix[] => {
      const proposed = this.#isolated(`the fix ${fix.id}`, () => fix.propose(this.#knownTo(fix), verdict, hypotheses));
      return proposed ? { ...(fix.kind && { kind: fix.kind }), ...proposed } : [];
    });
    this.#emit({ type: "fixes", fixes });
  }

  /** What no step gives is missing from the start: who reads it would wait without end. */
  #withholdUngiven({ steps, causes }: Playbook): void {
    const given = new Set(steps.flatMap(({ gives }) => gives.map(({ id }) => id)));
    for (const { id } of [EPISODES, ...steps.flatMap(readBy), ...causes.flatMap(factsOf)])
      if (!given.has(id)) this.#facts.withhold(id);
  }

  async #runStep(step: Step): Promise<void> {
    await this.#facts.settled(Object.values(step.needs));
    const missing = this.#facts.missing(step.needs);
    if (missing.length > 0) {
      this.#endStep(step, "skipped", needing(missing));
      return;
    }
    this.#emit({ type: "step-started", step: step.id });
    try {
      await this.#collect(step);
    } catch (error) {
      this.#defect(step.id, `the evidence ${step.id}`, error);
    }
    const absent = step.gives.filter((token) => !this.#facts.has(token) && !token.optional);
    const note = absent.length > 0 ? `not found: ${absent.map(({ title }) => title).join(", ")}` : null;
    this.#endStep(step, "done", note);
  }

  #collect(step: Step): Promise<void> {
    const { opening, commandFor, shortCommandFor } = this.#with;
    return step.run({
      facts: this.#facts.values(step.needs) as never,
      use: async <T>(token: FactToken<T>) => {
        if (!step.uses.some(({ id }) => id === token.id))
          // Undeclared, it could be waited for in a circle, without end.
          throw new Error(`it uses the fact ${token.id} and does not declare it`);
        await this.#facts.settled([token]);
        return this.#facts.get(token.id) as T | undefined;
      },
      alarmName: opening.alarmName,
      now: epoch(opening.now),
      window: opening.window,
      allowExec: opening.allowExec,
      logsGiven: opening.logs ?? false,
      ask: (typed) => this.#asking.ask(step.id, typed),
      give: ({ id }, value) => {
        this.#emit({ type: "fact", step: step.id, name: id, value });
        this.#facts.give(id, value);
      },
      find: ({ id, statement, measures, proof, short = proof[0] }) =>
        this.#emit({
          type: "found",
          finding: {
            id: `${step.id}.${id}`,
            step: step.id,
            statement: oneLine(statement),
            measures,
            reproduce: [...new Set(proof.map(commandFor))],
            ...(short && shortCommandFor ? { short: shortCommandFor(short) } : {}),
          },
        }),
      lack: (gap) => this.#gap(step.id, { ...gap, id: `${step.id} ${gap.what}` }),
    });
  }

  #endStep(step: Step, state: "done" | "skipped", note: string | null): void {
    this.#emit({ type: "step-ended", step: step.id, state, note });
    for (const { id } of step.gives) this.#facts.withhold(id);
  }

  async #judgeWhenReady(definition: CauseDefinition): Promise<Candidate> {
    await this.#facts.settled([EPISODES, ...factsOf(definition)]);
    const { cause, claim } = definition;
    const { status, because, evidence, explains, ...standing } = this.#judge(definition);
    const { title = definition.title, ...words } = this.#wordsOf(definition, status);
    const said = { title: oneLine(title), because: oneLine(because) };
    const hypothesis: Hypothesis = { cause, claim, status, evidence, explains, ...said };
    this.#emit({ type: "judged", hypothesis });
    const { standsAlone = false } = definition;
    return { ...hypothesis, ...standing, ...words, standsAlone };
  }

  #judge(definition: CauseDefinition): Judged {
    for (const signal of signalsOf(definition)) this.#read(signal);
    const episodes = this.#facts.get(EPISODES.id) as EpisodesFact | undefined;
    const all = episodes?.episodes.map(({ id }) => id) ?? [];
    const facts = this.#facts.values(definition.uses) as never;
    const judged = this.#isolated(unitOf.cause(definition), () => judgeTable(definition, this.#readings, facts, all));
    // A cause that could not be judged is open like any other: what it may have brought about stays in doubt.
    const doubts = definition.bringsAbout ?? false;
    return judged ?? { ...OPEN, because: "lbdoctor failed while judging it", doubts };
  }

  /** What a cause says of itself: its title at any time, the rest once it is shown. Where it fails, nothing. */
  #wordsOf(definition: CauseDefinition, status: Status): CauseWords {
    const facts = this.#facts.values(definition.uses) as never;
    const unit = `the words of the cause ${definition.cause}`;
    const words = this.#isolated(unit, () => definition.words(facts, this.#readings)) ?? {};
    if (status === "confirmed" || status === "supported") return words;
    return words.title === undefined ? {} : { title: words.title };
  }

  /** A signal is read once for all causes. Where it fails, what it would say is unknown. */
  #read(signal: Signal): void {
    if (this.#readings.has(signal.id)) return;
    const missing = this.#facts.missing(signal.needs);
    const unread = (statement: string): Reading => ({ answer: "unknown", statement, evidence: [], figure: null });
    const read = () =>
      signal.read({ ...this.#facts.values(signal.needs), ...this.#facts.values(signal.uses) } as never);
    const reading = missing.length > 0 ? unread(needing(missing)) : this.#isolated(unitOf.signal(signal), read);
    this.#readings.set(signal.id, reading ?? unread(`lbdoctor failed while it looked at this: ${signal.question}`));
  }

  /** The shared facts, as one object for all fixes that need no others: forecasts are kept by it. */
  #knownTo({ uses }: FixDefinition): Partial<Facts> {
    const known = this.#state.session.facts;
    return uses ? { ...known, ...this.#facts.values(uses) } : known;
  }

  #findFactor(definition: FactorDefinition): FactorFound | null {
    if (this.#facts.missing(definition.needs).length > 0) return null;
    const find = () => definition.find(this.#facts.values(definition.needs) as never);
    const found = this.#isolated(`the factor ${definition.factor}`, find);
    const { factor, action } = definition;
    return found ? { ...found, ...(action && { action }), factor, statement: oneLine(found.statement) } : null;
  }

  /** The boundary around a unit: where it throws, that is a gap, and the answer is null. */
  #isolated<T>(unit: string, run: () => T): T | null {
    try {
      return run();
    } catch (error) {
      this.#defect(this.#with.identify.id, unit, error);
      return null;
    }
  }

  #defect(step: string, unit: string, error: unknown): void {
    const { version } = this.#with.opening;
    const reason = error instanceof Error ? error.message : String(error);
    this.#gap(step, {
      id: defectId(unit),
      source: "lbdoctor",
      kind: "defect",
      what: `${unit} failed (version ${version}): ${reason}`,
      remedy: "report it with this line; everything else was judged without it",
    });
  }

  #gap(step: string, gap: Pick<StepGap, "id" | "source" | "kind" | "what" | "remedy">): void {
    const what = oneLine(
      gap.source === "lbdoctor" ? gap.what : `${this.#with.sourceWords.title(gap.source)}: ${gap.what}`,
    );
    this.#emit({ type: "gap", gap: { ...gap, what, step, consequence: "" } });
  }

  #emit(event: Event): void {
    this.#state = reduce(this.#state, event);
    this.#with.watch?.(event, this.#state.session);
  }
}
