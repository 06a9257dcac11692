import type { Question } from "../model/question.ts";
import { descriptorOf } from "./descriptor-of.ts";

/** The command that a person would type to see the same answer, quoted for a POSIX shell. */
export function commandFor(question: Question): string {
  return descriptorOf(question.source).command(question);
}
