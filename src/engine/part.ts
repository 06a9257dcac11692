import type { EpisodesFact } from "../model/facts.ts";
import type { Hypothesis, Status } from "../model/judgement.ts";
import type { CauseDefinition, CauseWords, Lack, Step, Told } from "../model/playbook.ts";
import type { Asked, Question, Typed } from "../model/question.ts";
import type { Opening } from "../model/session.ts";
import type { Reading, Signal } from "../model/signal.ts";
import { epoch } from "../model/time.ts";
import { type FactToken, sharedFact } from "../model/token.ts";
import { oneLine } from "../model/visible.ts";
import type { StepName } from "./asking.ts";
import type { FactStore } from "./facts.ts";
import { needing, unitOf } from "./gaps.ts";
import { factsOf, type Judged, judgeTable, signalsOf } from "./judge.ts";
import type { Candidate } from "./verdict.ts";

/** What a part tells the run that it belongs to, and asks through it. */
export interface Host {
  readonly opening: Opening;
  ask<T>(step: StepName, typed: Typed<T>): Promise<Asked<T>>;
  started(step: string): void;
  ended(step: string, state: "done" | "skipped", note: string | null): void;
  given(step: string, token: FactToken, value: unknown): void;
  found(step: string, id: string, told: Told, proof: readonly Question[], short: Question | undefined): void;
  lacked(step: string, gap: Lack): void;
  judged(hypothesis: Hypothesis): void;
  /** The boundary around a unit: where it throws, that is a gap, and the answer is null. */
  isolated<T>(unit: string, run: () => T): T | null;
  defect(step: string, unit: string, error: unknown): void;
}

/** What a step of a part is called in the session by its id, and a finding by the id that a signal cites it by. */
export interface Names {
  step(id: string): string;
  finding(id: string): string;
}

/** What a cause explains; each is judged once it is known, whatever else its signals read. */
export const EPISODES = sharedFact("episodes", "the episodes");

/** What is said of a cause that could not be judged, beside why. */
const OPEN = { status: "undetermined", evidence: [], explains: [], byElimination: false } as const;

/** A part of an investigation: steps that collect facts, and causes that are judged by them. */
export class Part {
  readonly facts: FactStore;
  readonly #host: Host;
  readonly #names: Names;
  readonly #readings = new Map<string, Reading>();

  constructor(facts: FactStore, host: Host, names: Names) {
    this.facts = facts;
    this.#host = host;
    this.#names = names;
  }

  /** Runs the step as soon as the facts that it needs are there; what it did not give is withheld from then on. */
  async run(step: Step): Promise<void> {
    const name = () => this.#names.step(step.id);
    const end = (state: "done" | "skipped", note: string | null) => {
      this.#host.ended(name(), state, note);
      for (const { id } of step.gives) this.facts.withhold(id);
    };
    await this.facts.settled(Object.values(step.needs));
    const missing = this.facts.missing(step.needs);
    if (missing.length > 0) return end("skipped", needing(missing));
    this.#host.started(name());
    try {
      await this.#collect(step, name);
    } catch (error) {
      this.#host.defect(name(), `the evidence ${step.id}`, error);
    }
    const absent = step.gives.filter((token) => !this.facts.has(token) && !token.optional);
    end("done", absent.length > 0 ? `not found: ${absent.map(({ title }) => title).join(", ")}` : null);
  }

  #collect(step: Step, name: StepName): Promise<void> {
    const { opening } = this.#host;
    return step.run({
      facts: this.facts.values(step.needs) as never,
      use: async <T>(token: FactToken<T>) => {
        if (!step.uses.some(({ id }) => id === token.id))
          // Undeclared, it could be waited for in a circle, without end.
          throw new Error(`it uses the fact ${token.id} and does not declare it`);
        await this.facts.settled([token]);
        return this.facts.get(token.id) as T | undefined;
      },
      alarmName: opening.alarmName,
      now: epoch(opening.now),
      window: opening.window,
      allowExec: opening.allowExec,
      logsGiven: opening.logs ?? false,
      ask: (typed) => this.#host.ask(name, typed),
      give: (token, value) => {
        this.#host.given(name(), token, value);
        this.facts.give(token.id, value);
      },
      find: ({ id, statement, measures, proof, short = proof[0] }) =>
        this.#host.found(name(), id, { statement, measures }, proof, short),
      lack: (gap) => this.#host.lacked(name(), gap),
    });
  }

  /** Judges the cause once every fact that it reads is settled. */
  async judge(definition: CauseDefinition): Promise<Candidate> {
    await this.facts.settled([EPISODES, ...factsOf(definition)]);
    const { cause, claim } = definition;
    const { status, because, evidence, explains, ...standing } = this.#judge(definition);
    const { title = definition.title, ...words } = this.#wordsOf(definition, status);
    const said = { title: oneLine(title), because: oneLine(because) };
    const hypothesis: Hypothesis = { cause, claim, status, evidence, explains, ...said };
    this.#host.judged(hypothesis);
    const { standsAlone = false } = definition;
    return { ...hypothesis, ...standing, ...words, standsAlone };
  }

  #judge(definition: CauseDefinition): Judged {
    for (const signal of signalsOf(definition)) this.#read(signal);
    const episodes = this.facts.get(EPISODES.id) as EpisodesFact | undefined;
    const all = episodes?.episodes.map(({ id }) => id) ?? [];
    const facts = this.facts.values(definition.uses) as never;
    const judge = () => judgeTable(definition, this.#readings, facts, all);
    const judged = this.#host.isolated(unitOf.cause(definition), judge);
    // A cause that could not be judged is open like any other: what it may have brought about stays in doubt.
    const doubts = definition.bringsAbout ?? false;
    return judged ?? { ...OPEN, because: "lbdoctor failed while judging it", doubts };
  }

  /** What a cause says of itself: its title at any time, the rest once it is shown. Where it fails, nothing. */
  #wordsOf(definition: CauseDefinition, status: Status): CauseWords {
    const facts = this.facts.values(definition.uses) as never;
    const unit = `the words of the cause ${definition.cause}`;
    const words = this.#host.isolated(unit, () => definition.words(facts, this.#readings)) ?? {};
    if (status === "confirmed" || status === "supported") return words;
    return words.title === undefined ? {} : { title: words.title };
  }

  /** A signal is read once for all causes. Where it fails, what it would say is unknown. */
  #read(signal: Signal): void {
    if (this.#readings.has(signal.id)) return;
    const missing = this.facts.missing(signal.needs);
    const unread = (statement: string): Reading => ({ answer: "unknown", statement, evidence: [], figure: null });
    const read = () => signal.read({ ...this.facts.values(signal.needs), ...this.facts.values(signal.uses) } as never);
    const reading = missing.length > 0 ? unread(needing(missing)) : this.#host.isolated(unitOf.signal(signal), read);
    const said = reading ?? unread(`lbdoctor failed while it looked at this: ${signal.question}`);
    this.#readings.set(signal.id, { ...said, evidence: said.evidence.map(this.#names.finding) });
  }
}
