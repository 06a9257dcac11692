import type { Event } from "../model/event.ts";
import type { Session } from "../model/session.ts";
import { oneLine } from "../model/visible.ts";
import { plural } from "../model/words.ts";
import { sourceWords } from "../sources/words.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Tells on standard error how far an investigation is. On a terminal it is one line that is written over and goes away
 * at the end; elsewhere one line for each step that has ended.
 */
export class Progress {
  readonly #err: Terminal["err"];
  #waited = "";

  constructor({ err }: Pick<Terminal, "err">) {
    this.#err = err;
  }

  watch(event: Event, session: Session): void {
    if (this.#err.isTTY) {
      if (event.type === "ended") this.#overwrite("");
      else if (event.type === "asked" || event.type === "answered") this.#overwrite(waiting(session));
    } else if (event.type === "step-ended") this.#err.write(`${ended(event, session)}\n`);
  }

  /** What is waited for beyond an answer's usual time; elsewhere than on a terminal each sentence once. */
  wait(sentence: string): void {
    if (this.#err.isTTY) this.#overwrite(oneLine(sentence));
    else if (sentence !== this.#waited) this.#err.write(`${oneLine(sentence)}\n`);
    this.#waited = sentence;
  }

  #overwrite(text: string): void {
    // Carriage return, the text, and "erase to the end of the line" (ECMA-48, EL).
    this.#err.write(`\r${text.slice(0, (this.#err.columns || 80) - 1)}\u001b[K`);
  }
}

/** "pods' CPU: waiting for Prometheus (PromQL …), 3 of 28 answers open" */
function waiting({ exchanges, steps }: Session): string {
  const open = exchanges.filter(({ answer }) => answer === null);
  const [first] = open;
  if (!first) return "";
  const step = steps.find(({ id }) => id === first.step)?.title ?? first.step;
  const what = `${sourceWords.title(first.question.source)}, ${sourceWords.describe(first.question)}`;
  return oneLine(`${step}: waiting for ${what} · ${open.length} of ${plural(exchanges.length, "answer")} open`);
}

function ended({ step, state, note }: Extract<Event, { type: "step-ended" }>, { steps, exchanges }: Session): string {
  const title = steps.find(({ id }) => id === step)?.title ?? step;
  const asked = exchanges.filter((one) => one.step === step).length;
  const how = state === "skipped" ? "not done" : `done, ${plural(asked, "query", "queries")}`;
  return oneLine(note === null ? `${title}: ${how}` : `${title}: ${how}; ${note}`);
}
