import { Malformed } from "../model/malformed.ts";
import {
  type Answer,
  type Asked,
  type Failure,
  type Parsed,
  type Question,
  questionKey,
  type Typed,
} from "../model/question.ts";
import type { StepGap } from "../model/session.ts";
import type { SourceWords } from "../model/source-words.ts";
import { oneLine, visibleDeep } from "../model/visible.ts";
import type { Source } from "../sources/port.ts";

/** How many parts of an answer that could not be read are named one by one. */
const FLAWS_NAMED = 3;

/** What a step is called in the session, at the time of asking: a step in front may get another name. */
export type StepName = () => string;

/** What asking tells the run. */
export interface Asker {
  asked(step: string, key: string, question: Question): void;
  answered(key: string, answer: Answer): void;
  gap(step: string, gap: Pick<StepGap, "id" | "source" | "kind" | "what" | "remedy">): void;
  /** A parser of lbdoctor failed on an answer in a way that is not the answer's fault. */
  defect(step: string, unit: string, error: unknown): void;
}

/** Asks each question once, parses its answer for everyone who wants it, and turns what fails into gaps. */
export class Asking {
  readonly #source: Source;
  readonly #words: SourceWords;
  readonly #to: Asker;
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #clean = new Map<string, readonly unknown[]>();
  readonly #lacking = new Map<string, Set<StepName>>();

  constructor(source: Source, words: SourceWords, to: Asker) {
    this.#source = source;
    this.#words = words;
    this.#to = to;
  }

  async ask<T>(step: StepName, typed: Typed<T>): Promise<Asked<T>> {
    const key = questionKey(typed.question);
    const answer = await this.#answer(step, key, typed.question);
    if (answer.status === "failed") return this.#failed(step, key, typed, answer.failure);
    const parsed = this.#parse(step, key, answer.pages, typed);
    if ("kind" in parsed) return this.#failed(step, key, typed, parsed);
    const cut = answer.cut ? [`only ${answer.pages.length} pages came: ${answer.cut.message}`] : [];
    const flaws = [...cut, ...(parsed.flaws ?? [])];
    if (flaws.length > 0) {
      const more = flaws.length - FLAWS_NAMED;
      const shown = more > 0 ? [...flaws.slice(0, FLAWS_NAMED), `and ${more} more`] : flaws;
      this.#gap(step, key, typed, {
        kind: answer.cut?.kind ?? "malformed",
        message: `in part: ${shown.join("; ")}`,
      });
    }
    return {
      ok: true,
      value: parsed.value,
      ...(answer.cut && { cut: answer.cut }),
      ...((parsed.flaws ?? []).length > 0 && { flawed: true }),
    };
  }

  /** The steps that lack an answer, or a part of it, by the key of the question; of what is no question, none. */
  lacking(key: string): ReadonlySet<string> {
    return new Set([...(this.#lacking.get(key) ?? [])].map((name) => name()));
  }

  #answer(step: StepName, key: string, question: Question): Promise<Answer> {
    const known = this.#answers.get(key);
    if (known) return known;
    this.#to.asked(step(), key, question);
    const answer = this.#source.ask(question).then((given) => {
      this.#to.answered(key, given);
      return given;
    });
    this.#answers.set(key, answer);
    return answer;
  }

  #parse<T>(step: StepName, key: string, pages: readonly unknown[], typed: Typed<T>): Parsed<T> | Failure {
    try {
      const clean = this.#clean.get(key) ?? pages.map(visibleDeep);
      this.#clean.set(key, clean);
      return typed.parse(clean);
    } catch (error) {
      if (error instanceof Malformed) return { kind: "malformed", message: oneLine(error.message) };
      this.#to.defect(step(), `the reader of ${this.#words.describe(typed.question)}`, error);
      return { kind: "malformed", message: "lbdoctor failed to read this answer; the answer itself may be sound" };
    }
  }

  #failed<T>(step: StepName, key: string, typed: Typed<T>, failure: Failure): Asked<T> {
    this.#gap(step, key, typed, failure);
    return { ok: false, failure };
  }

  #gap(step: StepName, key: string, { question, remedies }: Typed<unknown>, { kind, message }: Failure): void {
    this.#lacking.set(key, (this.#lacking.get(key) ?? new Set()).add(step));
    const remedy = remedies?.[kind] ?? this.#words.remedy(kind, question.source);
    this.#to.gap(step(), {
      id: key,
      source: question.source,
      kind,
      what: `${this.#words.describe(question)}: ${message}`,
      remedy,
    });
  }
}
