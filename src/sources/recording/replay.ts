import { type Answer, type Question, questionKey } from "../../model/question.ts";
import type { Source } from "../port.ts";
import type { Recording } from "./recording.ts";

/** Answers from a recording, and nothing else: what it does not hold is a failure, never an invention. */
export class Replayer implements Source {
  readonly #answers: Recording["answers"];

  constructor({ answers }: Pick<Recording, "answers">) {
    this.#answers = answers;
  }

  async ask(question: Question): Promise<Answer> {
    const message = "the recording does not have this answer";
    return this.#answers.get(questionKey(question)) ?? { status: "failed", failure: { kind: "not-recorded", message } };
  }
}
