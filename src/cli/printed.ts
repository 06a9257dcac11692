import type { Terminal } from "../app/terminal.ts";
import type { Finding } from "../model/finding.ts";
import type { Session } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { writerOf } from "../output/writers/index.ts";
import { NO_WISHES, type Wishes } from "../output/writers/writer.ts";
import { libraryFor } from "./library.ts";
import { isLong, pagerOf, print } from "./pager.ts";
import { styleOf } from "./style.ts";

/** The options of every command that prints a session. */
export interface PrintOptions {
  /** The id of a writer. */
  readonly format?: string;
  /** Short for the writers that have always been there. */
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly color?: boolean;
}

/** What is told of the session: all of it unless it says otherwise. */
type Part = Partial<Pick<Wishes, "brief" | "oneOf">> & { readonly finding?: Finding | null };

/**
 * Prints the session, or one finding of it, as the wanted writer tells it, through the pager where it is long. Throws an
 * Unusable where that writer cannot tell of one finding.
 */
export async function printSession(
  session: Session,
  { brief = false, oneOf = false, finding = null }: Part,
  options: PrintOptions,
  terminal: Terminal,
): Promise<void> {
  const writer = writerOf(options.format ?? (options.json ? "json" : "text"));
  if (finding && !writer.takes.includes("finding"))
    throw new Unusable(`--format ${writer.id} is for a whole session, not for one finding`);
  const [write, library] = await Promise.all([writer.load(), libraryFor(writer)]);
  const style = styleOf(terminal, options);
  const asText = (links: boolean) =>
    write(session, { ...NO_WISHES, ...library, style: { ...style, links }, brief, finding, oneOf }).text;
  const text = asText(style.links ?? false);
  // One of several is not paged: the next would stand behind it. Many a pager shows the sequences of a link.
  if (oneOf) terminal.out.write(text);
  else await print(isLong(text, terminal) && pagerOf(terminal) !== null ? asText(false) : text, terminal);
}
