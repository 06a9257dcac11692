import type { Terminal } from "../app/terminal.ts";
import type { Finding } from "../model/finding.ts";
import type { Session } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { writerOf } from "../output/writers/index.ts";
import { NO_WISHES } from "../output/writers/writer.ts";
import { libraryFor } from "./library.ts";
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

/** The session, or one finding of it, as the wanted writer tells it. Throws an Unusable where it cannot tell of one finding. */
export async function printed(
  session: Session,
  options: PrintOptions & { readonly finding?: Finding | null; readonly oneOf?: boolean },
  terminal: Terminal,
): Promise<string> {
  const { finding = null, oneOf = false } = options;
  const writer = writerOf(options.format ?? (options.json ? "json" : "text"));
  if (finding && !writer.takes.includes("finding"))
    throw new Unusable(`--format ${writer.id} tells of a whole session, not of one finding`);
  const [write, library] = await Promise.all([writer.load(), libraryFor(writer)]);
  return write(session, { ...NO_WISHES, ...library, style: styleOf(terminal, options), finding, oneOf }).text;
}
