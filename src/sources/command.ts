import type { Question } from "../model/question.ts";
import { descriptorOf } from "./descriptor-of.ts";

/** One short command that shows the main part of the same answer. */
export function shortCommandFor(question: Question): string {
  const { short, command } = descriptorOf(question.source);
  return (short ?? command)(question);
}

/** The command that a person would type to see the same answer, quoted for a POSIX shell. */
export function commandFor(question: Question): string {
  return descriptorOf(question.source).command(question);
}
