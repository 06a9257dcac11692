import { keptSession } from "../../app/kept-session.ts";
import type { Terminal } from "../../app/terminal.ts";
import { fixPage } from "../../output/fix.ts";
import { EXIT } from "../exit.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";
import { print } from "../pager.ts";
import { styleOf } from "../style.ts";

export interface FixOptions extends ManifestsOptions {
  readonly color?: boolean;
}

/** Prints the fix of a session, every change of it; applies nothing. Answers the exit code: 3 where there is none. */
export async function fix(wanted: string | undefined, options: FixOptions, terminal: Terminal): Promise<number> {
  const session = (await manifestsGiven(options, terminal))(await keptSession(terminal, wanted ?? null));
  await print(fixPage(session, styleOf(terminal, options)), terminal);
  return session.fixes.length > 0 ? EXIT.established : EXIT.open;
}
