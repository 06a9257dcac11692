import { join } from "node:path";
import type { Answer, Question } from "../../src/model/question.ts";
import type { Opening } from "../../src/model/session.ts";
import { sessionFiles } from "../../src/sessions/files.ts";
import { type Conclusion, type KeptSession, readKept } from "../../src/sessions/kept.ts";
import { SessionWriter } from "../../src/sessions/writer.ts";
import type { Source } from "../../src/sources/port.ts";

/** What the journals' tests write and read. */

export const FOUND: Conclusion = {
  outcome: "likely",
  rootCause: "cpu-throttling",
  confidence: "likely",
  headline: "The quota throttles the pods.",
};
export const INTERRUPTED: Conclusion = { outcome: "interrupted", rootCause: null, confidence: null, headline: null };

export function opening(id: string, more: Partial<Opening> = {}): Opening {
  return {
    id,
    version: "0.0.0",
    alarmName: `alarm of ${id}`,
    now: "2026-03-04T12:00:00Z",
    window: { start: 1, end: 2 },
    allowExec: false,
    source: { kind: "fixture", fixture: "small", description: "made up" },
    ...more,
  };
}

export function question(number: number): Question {
  return { source: "kubernetes", operation: "get", input: { number } };
}

/** Answers every question with the same. */
export function saying(answer: Answer): Source {
  return { ask: async () => answer };
}

/** Keeps a session with so many answers; without a conclusion its process was killed. */
export async function kept(state: string, id: string, said: Conclusion | null, answers = 1): Promise<void> {
  const writer = SessionWriter.begin({ XDG_STATE_HOME: state }, opening(id));
  for (let number = 0; number < answers; number += 1) {
    await writer.keeping(saying({ status: "answered", pages: [{ of: id, number }] })).ask(question(number));
  }
  if (said) writer.ended(said);
  const trouble = await writer.close();
  if (trouble !== null) throw new Error(trouble);
}

/** The session of this id as it is read. */
export async function read(state: string, id: string): Promise<KeptSession> {
  const folder = join(state, "lbdoctor", "sessions");
  const files = sessionFiles(folder).find((one) => one.id === id);
  if (!files) throw new Error(`there is no session ${id}`);
  return readKept(folder, files);
}
