import type { Event, Plan } from "../model/event.ts";
import type { AlarmFact, Facts } from "../model/facts.ts";
import type { FactorFound, Fix } from "../model/judgement.ts";
import type { FactorDefinition, FixDefinition, Onward, Playbook, Step } from "../model/playbook.ts";
import type { Question } from "../model/question.ts";
import type { Opening, Session, StepGap } from "../model/session.ts";
import type { SourceWords } from "../model/source-words.ts";
import type { FactToken } from "../model/token.ts";
import { oneLine } from "../model/visible.ts";
import type { Cause } from "../model/vocabulary.ts";
import type { Source } from "../sources/port.ts";
import { Asking } from "./asking.ts";
import { consequencesOf, readBy } from "./consequences.ts";
import { separators } from "./differential.ts";
import { FactStore } from "./facts.ts";
import { defectId } from "./gaps.ts";
import { factsOf } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import { EPISODES, type Host, Part } from "./part.ts";
import { openedState, reduce, type State } from "./reduce.ts";
import { reachVerdict, refusal } from "./verdict.ts";

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

/** What lies behind the pods: its facts, those of them that the session holds, and the new names of the steps in front. */
interface Behind {
  readonly facts: FactStore;
  readonly gives: ReadonlySet<string>;
  readonly renamed: { readonly [id: string]: { readonly id: string; readonly title: string } };
}

class Run {
  readonly #with: Investigation;
  readonly #facts = new FactStore();
  readonly #asking: Asking;
  /** What lies behind the pods, where they pass requests on: facts of the same names, of what is behind. */
  #behind: Behind | null = null;
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
    const host = this.#host(({ id }) => !this.#behind?.gives.has(id));
    const called = (step: string) => this.#behind?.renamed[step]?.id ?? step;
    const front = new Part(this.#facts, host, { step: called, finding: (id) => id.replace(/^[^.]*/, called) });
    await front.run(identify);
    const alarm = this.#facts.get("alarm") as AlarmFact | undefined;
    const playbook = alarm && playbooks.find((one) => this.#isolated(`the playbook ${one.id}`, () => one.takes(alarm)));
    if (playbook) await this.#runPlaybook(playbook, front);
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

  async #runPlaybook(playbook: Playbook, front: Part): Promise<void> {
    const { steps, causes, onward } = playbook;
    this.#emit({ type: "selected", playbook: playbook.id, plan: planOf(this.#with.identify, playbook) });
    this.#withholdUngiven(playbook);
    const behind = onward ? this.#goOn(onward, steps) : Promise.resolve(null);
    const judging = causes.map(async (cause) => {
      const part = onward?.causes.includes(cause) ? await behind : null;
      return (part ?? front).judge(cause);
    });
    const beyond = behind.then((part) => part && Promise.all((onward?.steps ?? []).map((step) => part.run(step))));
    await Promise.all([...steps.map((step) => front.run(step)), beyond]);
    const hypotheses = await Promise.all(judging);
    const factors = playbook.factors.flatMap((factor) => this.#findFactor(factor) ?? []);
    for (const factor of factors) this.#emit({ type: "factor", factor });
    const has = (token: FactToken) => this.#known.has(token);
    const lacking = (key: string) => this.#asking.lacking(key);
    for (const gap of consequencesOf(this.#state.session, this.#whole(playbook), { has, lacking }))
      this.#emit({ type: "gap", gap });
    const verdict = reachVerdict(hypotheses, factors, this.#state.session.facts);
    this.#emit({ type: "verdict", verdict });
    const fixes = playbook.fixes.flatMap((fix): Fix | readonly Fix[] => {
      const proposed = this.#isolated(`the fix ${fix.id}`, () => fix.propose(this.#knownTo(fix), verdict, hypotheses));
      return proposed ? { ...(fix.kind && { kind: fix.kind }), ...proposed } : [];
    });
    this.#emit({ type: "fixes", fixes });
  }

  /** The part that is behind the pods, once it is known that something is; null where nothing is. */
  async #goOn({ when, steps, leaves, keeps, inPlaceOf }: Onward, inFront: readonly Step[]): Promise<Part | null> {
    await this.#facts.settled([when]);
    if (!this.#facts.has(when)) return null;
    const given = steps.flatMap((step) => step.gives.map(({ id }) => id));
    const facts = new FactStore({ store: this.#facts, except: new Set([...given, ...leaves.map(({ id }) => id)]) });
    for (const { id } of leaves) facts.withhold(id);
    const twice = inFront.filter((step) => steps.includes(step));
    const renamed = Object.fromEntries(
      twice.map(({ id, title }) => [id, { id: `front-${id}`, title: `${title}, in front` }]),
    );
    const gives = new Set(given.filter((id) => keeps.every((token) => token.id !== id)));
    this.#behind = { facts, gives, renamed };
    const more = steps.map(({ id, title }) => ({ id, title }));
    this.#emit({ type: "extended", steps: more, renamed, forgets: [...gives] });
    const host = this.#host(({ id }) => gives.has(id));
    return new Part(facts, host, { step: (id) => id, finding: (id) => inPlaceOf[id] ?? id });
  }

  /** The playbook with every step that was run, under the names that the session has for them. */
  #whole(playbook: Playbook): Playbook {
    const { steps, onward } = playbook;
    if (!this.#behind || !onward) return playbook;
    const { renamed } = this.#behind;
    return { ...playbook, steps: [...steps.map((step) => ({ ...step, ...renamed[step.id] })), ...onward.steps] };
  }

  /** What is known of where the judgement ended: behind the pods, where they pass requests on. */
  get #known(): FactStore {
    return this.#behind?.facts ?? this.#facts;
  }

  /** What no step gives is missing from the start: who reads it would wait without end. */
  #withholdUngiven({ steps, causes, onward }: Playbook): void {
    const given = new Set(steps.flatMap(({ gives }) => gives.map(({ id }) => id)));
    const read = [...steps, ...(onward?.steps ?? [])].flatMap(readBy);
    for (const { id } of [EPISODES, ...read, ...causes.flatMap(factsOf)]) if (!given.has(id)) this.#facts.withhold(id);
  }

  /** `tells` says whether the session is to hold a fact that a part gives. */
  #host(tells: (token: FactToken) => boolean): Host {
    const { opening, commandFor, shortCommandFor } = this.#with;
    return {
      opening,
      ask: (step, typed) => this.#asking.ask(step, typed),
      started: (step) => this.#emit({ type: "step-started", step }),
      ended: (step, state, note) => this.#emit({ type: "step-ended", step, state, note }),
      given: (step, token, value) => {
        if (tells(token)) this.#emit({ type: "fact", step, name: token.id, value });
      },
      found: (step, id, { statement, measures }, proof, short) =>
        this.#emit({
          type: "found",
          finding: {
            id: `${step}.${id}`,
            step,
            statement: oneLine(statement),
            measures,
            reproduce: [...new Set(proof.map(commandFor))],
            ...(short && shortCommandFor ? { short: shortCommandFor(short) } : {}),
          },
        }),
      lacked: (step, gap) => this.#gap(step, { ...gap, id: `${step} ${gap.what}` }),
      judged: (hypothesis) => this.#emit({ type: "judged", hypothesis }),
      isolated: (unit, run) => this.#isolated(unit, run),
      defect: (step, unit, error) => this.#defect(step, unit, error),
    };
  }

  /** The shared facts, as one object for all fixes that need no others: forecasts are kept by it. */
  #knownTo({ uses }: FixDefinition): Partial<Facts> {
    const known = this.#state.session.facts;
    return uses ? { ...known, ...this.#known.values(uses) } : known;
  }

  #findFactor(definition: FactorDefinition): FactorFound | null {
    if (this.#known.missing(definition.needs).length > 0) return null;
    const find = () => definition.find(this.#known.values(definition.needs) as never);
    const found = this.#isolated(`the factor ${definition.factor}`, find);
    const { factor, action } = definition;
    return found ? { ...found, ...(action && { action }), factor, statement: oneLine(found.statement) } : null;
  }

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
