import { setImmediate } from "node:timers/promises";
import type { Answer, Question } from "../../src/model/question.ts";
import type { Source } from "../../src/sources/port.ts";

/** Turns of the event loop after which whatever follows from the last answers has been asked. */
const TURNS = 50;

/**
 * Answers in rounds: everything that has been asked is answered at once, and only when nothing more is asked without it.
 * The number of rounds is the longest chain of dependent questions, on any machine, however slow.
 */
export class Rounds implements Source {
  rounds = 0;
  readonly #inner: Source;
  #waiting: (() => void)[] = [];
  #running = false;

  constructor(inner: Source) {
    this.#inner = inner;
  }

  async ask(question: Question): Promise<Answer> {
    const answer = await this.#inner.ask(question);
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      void this.#run();
    });
    return answer;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting.length > 0) {
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
      const now = this.#waiting;
      this.#waiting = [];
      this.rounds += 1;
      for (const answer of now) answer();
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    }
    this.#running = false;
  }
}
