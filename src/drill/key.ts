import type { Session } from "../model/session.ts";
import { A_TO_G } from "./questions/a-to-g.ts";
import { H_TO_N } from "./questions/h-to-n.ts";
import type { DrillQuestion } from "./questions/question.ts";

/** One part of the answer key: what it says, and what shows it. */
export interface KeyPart {
  readonly text: string;
  /** The number of the finding in the session, from 1; null where it is none. */
  readonly finding: number | null;
  /** Commands that show it. */
  readonly commands: readonly string[];
  /** The page that says more, for `lbdoctor explain`. */
  readonly page: string | null;
}

/** A question with its answer in this incident. */
export interface Keyed extends DrillQuestion {
  readonly key: readonly KeyPart[];
}

/** The markdown of a page by its id. */
export type PageOf = (id: string) => string | undefined;

const TEAM =
  "Your team knows this; it cannot be read from AWS or Kubernetes. Write it down where the next person will find it.";
/** Of a fix, this many texts are told: the others say the same at more length. */
const TEXTS = 3;

/** The questions that this incident answers, in order, each with its key. A fix that it does not need asks nothing. */
export function keyed(session: Session, pageOf: PageOf): Keyed[] {
  return [...A_TO_G, ...H_TO_N].flatMap((question): Keyed[] => {
    const key = question.places.flatMap((place) => partsAt(session, place, pageOf));
    return key.length === 0 ? [] : [{ ...question, key }];
  });
}

function partsAt(session: Session, place: string, pageOf: PageOf): KeyPart[] {
  const [head = "", word] = place.split(" ~ ");
  const [kind = "", id = ""] = head.split(" ");
  switch (kind) {
    case "finding":
      return session.findings.flatMap((one, index) =>
        one.id === id ? [part(one.statement, { finding: index + 1, commands: one.reproduce })] : [],
      );
    case "hypothesis":
      return session.hypotheses.flatMap(({ cause, status, because, evidence }) =>
        cause === id ? [part(`${status}: ${because}`, { ...shown(session, evidence), page: cause })] : [],
      );
    case "factor":
      return session.factors.flatMap(({ factor, statement, evidence }) =>
        factor === id ? [part(statement, { ...shown(session, evidence), page: factor })] : [],
      );
    case "fix":
      return session.fixes.flatMap((fix) =>
        fix.id === id ? textsWith(fix, word ?? "").map((text) => part(text)) : [],
      );
    case "verdict": {
      const { verdict } = session;
      return verdict?.rootCause ? [part(verdict.summary, { page: verdict.rootCause })] : [];
    }
    case "page": {
      const markdown = pageOf(id);
      return markdown === undefined ? [] : [part(bodyOf(markdown), { page: id })];
    }
    case "team":
      return [part(TEAM)];
    default:
      throw new RangeError(`no kind of place: ${kind}`);
  }
}

function part(text: string, more: Partial<KeyPart> = {}): KeyPart {
  return { text, finding: null, commands: [], page: null, ...more };
}

/** The deciding finding of a judgement, with its commands. */
function shown({ findings }: Session, [decisive]: readonly string[]): Pick<KeyPart, "finding" | "commands"> {
  const index = findings.findIndex(({ id }) => id === decisive);
  return { finding: index < 0 ? null : index + 1, commands: findings[index]?.reproduce ?? [] };
}

function textsWith(fix: unknown, word: string): string[] {
  const found = [...new Set(everyText(fix))].filter((text) => text.toLowerCase().includes(word.toLowerCase()));
  // What is said before what is typed: patches hold every word.
  const isTyped = (text: string) => Number(/[\n{]/.test(text));
  return found.sort((a, b) => isTyped(a) - isTyped(b)).slice(0, TEXTS);
}

function everyText(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(everyText) : [];
}

/** A page without its heading and its other names. */
function bodyOf(markdown: string): string {
  return markdown
    .replace(/^# .*\n+/, "")
    .replace(/^Also called: [^\n]*(\n[^\n]+)*\n+/m, "")
    .trim();
}
