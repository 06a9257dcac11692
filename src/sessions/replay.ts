import { setImmediate } from "node:timers/promises";
import { investigate } from "../api.ts";
import { type Answer, type Question, questionKey } from "../model/question.ts";
import type { Session } from "../model/session.ts";
import type { Source } from "../sources/port.ts";
import { Replayer } from "../sources/recording/replay.ts";
import type { KeptSession } from "./kept.ts";

/**
 * The session that follows from what was kept, judged by this lbdoctor, whose version is given: its words are what comes
 * out. One that was interrupted stands as it stood then: a question without an answer is still waited for, and what
 * depends on it has not been judged.
 */
export async function replayed(kept: KeptSession, version: string): Promise<Session> {
  const answers = new Map(kept.exchanges.map(({ question, answer }) => [questionKey(question), answer]));
  const cameToAnEnd = kept.conclusion !== null && kept.conclusion.outcome !== "interrupted";
  const source = cameToAnEnd ? new Replayer({ answers }) : new Waiting(answers);
  const opening = { ...kept.opening, version };
  let newest: Session | null = null;
  const watch = (_: unknown, session: Session) => {
    newest = session;
  };
  const finished = investigate({ source, opening, watch });
  const session = source instanceof Waiting ? await Promise.race([finished, source.stuck()]) : await finished;
  const judged: Session | null = session ?? (newest && { ...(newest as Session), outcome: "interrupted" });
  if (!judged) throw new Error("an investigation did not even open its session");
  return kept.user.length > 0 ? { ...judged, user: kept.user } : judged;
}

/** Answers what it knows, and never the rest. */
class Waiting implements Source {
  readonly #answers: ReadonlyMap<string, Answer>;
  #asked = 0;

  constructor(answers: ReadonlyMap<string, Answer>) {
    this.#answers = answers;
  }

  ask(question: Question): Promise<Answer> {
    this.#asked += 1;
    const answer = this.#answers.get(questionKey(question));
    return answer ? Promise.resolve(answer) : new Promise(() => {});
  }

  /**
   * Answers null once nothing is asked any more. Between two answers an investigation never waits for the outside or a
   * clock, so a whole turn of the event loop without a question is the end of what follows from the answers.
   */
  async stuck(): Promise<null> {
    let before = -1;
    while (before !== this.#asked) {
      before = this.#asked;
      await setImmediate();
    }
    return null;
  }
}
