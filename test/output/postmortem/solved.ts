import { INCIDENTS } from "../../../simulator/catalogue.ts";
import { solveWorld } from "../../../simulator/solve.ts";
import { buildWorld } from "../../../simulator/world.ts";
import { filesOf } from "../../../src/cli/commands/postmortem.ts";
import { readPages } from "../../../src/cli/pages.ts";
import type { Question } from "../../../src/model/question.ts";
import type { Session } from "../../../src/model/session.ts";

const pages = await readPages(new URL("../../../playbooks/", import.meta.url));
export const pageOf = (id: string) => pages.find((page) => page.id === id)?.markdown;

/** The session of one of the seeds' incidents, investigated in its simulated world; `withheld` questions fail. */
export async function solved(
  incident: keyof typeof INCIDENTS,
  withheld: (question: Question) => boolean = () => false,
): Promise<Session> {
  return solveWorld(buildWorld(INCIDENTS[incident]()), (question, answer) =>
    withheld(question) ? { status: "failed", failure: { kind: "unreachable", message: "it does not answer" } } : answer,
  );
}

/** The files of a session's postmortem as text, by name. */
export function written(
  session: Session,
  format: "md" | "html" = "md",
  template: string | null = null,
): Map<string, string> {
  const files = filesOf(session, { pageOf, format, template, out: `incident.${format}` });
  return new Map(files.map(({ path, text }) => [path, text]));
}

/** The document alone. */
export function documentText(session: Session, format: "md" | "html" = "md", template: string | null = null): string {
  return written(session, format, template).get(`incident.${format}`) ?? "";
}

/** What stands under a heading of level 2, up to the next one. */
export function sectionText(markdown: string, title: string): string {
  const start = markdown.indexOf(`\n## ${title}\n`);
  if (start < 0) throw new RangeError(`no section ${title}`);
  const end = markdown.indexOf("\n## ", start + 1);
  return markdown.slice(start, end < 0 ? undefined : end);
}

/** The value with every string in it replaced. */
export function everyString<T>(value: T, replace: (text: string, key: string) => string, key = ""): T {
  if (typeof value === "string") return replace(value, key) as T;
  if (Array.isArray(value)) return value.map((one) => everyString(one, replace, key)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, everyString(inner, replace, name)]);
  return Object.fromEntries(entries) as T;
}
