import { figures } from "../../../playbooks/figures.ts";
import { INCIDENTS } from "../../../simulator/catalogue.ts";
import { solveWorld } from "../../../simulator/solve.ts";
import { buildWorld } from "../../../simulator/world.ts";
import { readPages } from "../../../src/cli/pages.ts";
import type { Question } from "../../../src/model/question.ts";
import type { Session } from "../../../src/model/session.ts";
import { writerOf } from "../../../src/output/writers/index.ts";
import { NO_WISHES, type Wishes } from "../../../src/output/writers/writer.ts";

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
  form: Partial<Pick<Wishes, "template" | "layout">> = {},
): Map<string, string> {
  const { text, beside } = WRITE[format](session, { ...NO_WISHES, ...form, stem: "incident", pageOf, figures });
  return new Map([[`incident.${format}`, text], ...beside.map((one) => [one.path, one.text] as const)]);
}

/** The document alone. */
export function documentText(
  session: Session,
  format: "md" | "html" = "md",
  form: Partial<Pick<Wishes, "template" | "layout">> = {},
): string {
  return written(session, format, form).get(`incident.${format}`) ?? "";
}

/** What stands under a heading of this level or the next lower one, up to the next one as high. */
export function sectionText(markdown: string, title: string): string {
  const [found, signs = ""] = new RegExp(`\\n(##?#?) ${title.replace(/[()?]/g, "\\$&")}\\n`).exec(markdown) ?? [];
  if (found === undefined) throw new RangeError(`no section ${title}`);
  const start = markdown.indexOf(found);
  const end = markdown.slice(start + 1).search(new RegExp(`\\n#{1,${signs.length}} `));
  return markdown.slice(start, end < 0 ? undefined : start + 1 + end);
}

/** What is read of the document: all above the annex. */
export function bodyText(markdown: string): string {
  return markdown.slice(0, markdown.search(/\n## (?:Annex|Supporting information)\n/));
}
