import type { Answer, Question } from "../model/question.ts";

/**
 * The one way to the outside. A source answers a question with the vendor's own raw answer, or with a failure of a known
 * kind; it never throws for what the outside does. Live adapters, the recorder and the replayer stand behind it.
 */
export interface Source {
  ask(question: Question): Promise<Answer>;
  /** Tells, in one sentence each time, what is waited for beyond an answer's usual time; absent where nothing ever is. */
  onWait?(told: (sentence: string) => void): void;
  /** The same source without what a failure has left in it, for asking again after a login; absent where nothing is left. */
  anew?(): Source;
}
