import type { Answer, Failure, Question } from "../model/question.ts";
import { descriptorOf } from "../sources/descriptor-of.ts";
import type { Marks } from "./marks.ts";
import { withoutSecrets } from "./secrets.ts";

/**
 * What becomes of a live answer before anybody sees, keeps or records it: marks stand in the place of what the source's
 * rule does not keep. An answer that was masked before stays as it is.
 */
export function onArrival(question: Question, answer: Answer, marks: Marks): Answer {
  if (answer.status === "failed") return { status: "failed", failure: heard(answer.failure, marks) };
  const mask = descriptorOf(question.source).mask(question, marks);
  const pages: unknown[] = [...answer.pages];
  // One after the other, so that no page is held twice for longer than its turn takes.
  for (const [index, page] of pages.entries()) pages[index] = mask(page);
  return { status: "answered", pages, ...(answer.cut && { cut: heard(answer.cut, marks) }) };
}

/** A failure quotes what a server says, and servers repeat what they were sent. */
function heard({ kind, message }: Failure, marks: Marks): Failure {
  return { kind, message: withoutSecrets(message, marks) };
}
