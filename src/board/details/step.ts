import { heading, type Line, labelled, line, parts, type Span, span, wrapped } from "../../drawing/lines.ts";
import { SIGN } from "../../drawing/signs.ts";
import type { Answer, Question } from "../../model/question.ts";
import type { Session } from "../../model/session.ts";
import { stepMark } from "../rows.ts";
import { statementLines } from "./evidence.ts";

/** A step of the chain: its state, its questions with what came of them, its findings. */
export function stepLines(session: Session, id: string, width: number): Line[] {
  const step = session.steps.find((one) => one.id === id);
  if (!step) return [];
  const asked = session.exchanges.filter((one) => one.step === id);
  const findings = session.findings.filter((one) => one.step === id);
  return parts(
    [
      [stepMark(step.state), span(` ${step.title}`, "strong"), span(`  ${step.state}`, "dim")],
      ...note(step.note, width),
    ],
    asked.length === 0
      ? [line("no queries of its own", "dim")]
      : [
          heading("QUERIES", String(asked.length)),
          ...asked.flatMap(({ question, answer }) => [
            ...labelled(outcome(answer), inWords(question), width),
            ...(answer?.status === "failed" ? wrapped(answer.failure.message, width, "warn", "  ") : []),
          ]),
        ],
    findings.length === 0
      ? []
      : [line("FINDINGS", "strong"), ...findings.flatMap((one) => statementLines(session, one, width))],
    wrapped("r re-runs this step", width, "dim"),
  );
}

/** What was asked: the operation with what it was asked of. */
function inWords({ source, operation, input }: Question): string {
  const { query, resource, namespace, name, pod } = input;
  const of = [query, resource, pod, name, namespace].filter((part) => typeof part === "string");
  return [source, operation, ...of].join(" ");
}

function note(text: string | null, width: number): Line[] {
  return text === null ? [] : wrapped(text, width, "warn", "  ");
}

function outcome(answer: Answer | null): Span {
  if (answer === null) return span("… ", "accent");
  return answer.status === "answered" ? span(`${SIGN.done} `, "good") : span(`${SIGN.gap} `, "warn");
}
