import { figures } from "../../../playbooks/figures.ts";
import { INCIDENTS } from "../../../simulator/catalogue.ts";
import { solveWorld } from "../../../simulator/solve.ts";
import { buildWorld } from "../../../simulator/world.ts";
import { readPages } from "../../../src/cli/pages.ts";
import type { Question } from "../../../src/model/question.ts";
import type { Session } from "../../../src/model/session.ts";
import { writerOf } from "../../../src/output/writers/index.ts";
import { NO_WISHES } from "../../../src/output/writers/writer.ts";

const pages = await readPages(new URL("../../../playbooks/", import.meta.url));
export const pageOf = (id: string) => pages.find((page) => page.id === id)?.markdown;
const WRITE = { md: await writerOf("md").load(), html: await writerOf("html").load() };

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
  const { text, beside } = WRITE[format](session, { ...NO_WISHES, template, stem: "incident", pageOf, figures });
  return new Map([[`incident.${format}`, text], ...beside.map((one) => [one.path, one.text] as const)]);
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
