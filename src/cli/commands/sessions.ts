import type { Terminal } from "../../app/terminal.ts";
import { durationOf } from "../../app/window.ts";
import { Unusable } from "../../model/unusable.ts";
import { visible } from "../../model/visible.ts";
import { plural } from "../../model/words.ts";
import { jsonPruned, jsonSessions } from "../../output/json.ts";
import { sessionList } from "../../output/sessions.ts";
import { sessionsFolder } from "../../sessions/files.ts";
import { listSessions } from "../../sessions/listing.ts";
import { prune } from "../../sessions/prune.ts";
import { type Rule, ruleInWords, standingRule } from "../../sessions/rule.ts";
import { styleOf } from "../style.ts";

export interface SessionsOptions {
  readonly json?: boolean;
  readonly color?: boolean;
  readonly prune?: boolean;
  /** How many of the newest stay. */
  readonly keep?: string;
  /** A duration; what was last written before that goes. */
  readonly olderThan?: string;
}

/** Lists past investigations, the newest first, or removes old ones. Answers the exit code. */
export async function sessions(options: SessionsOptions, terminal: Terminal): Promise<number> {
  const folder = sessionsFolder(terminal.environment);
  const standing = standingRule(terminal.environment);
  const rule = ruleOf(options, standing);
  if (options.prune) {
    const { removed, size, kept } = prune(folder, rule, Date.now());
    const words = `removed ${plural(removed.length, "session")} (${(size / 1e6).toFixed(1)} MB), ${kept} left`;
    terminal.out.write(options.json ? jsonPruned(removed, kept) : `${words}\n`);
    return 0;
  }
  const kept = await listSessions(folder);
  terminal.out.write(options.json ? jsonSessions(kept) : sessionList(kept, Date.now(), styleOf(terminal, options)));
  if (!options.json && kept.length > 0) {
    terminal.err.write(
      `lbdoctor: ${plural(kept.length, "session")} in ${visible(folder)}; kept: ${ruleInWords(standing)} (LBDOCTOR_KEEP, or --prune)\n`,
    );
  }
  return 0;
}

function ruleOf({ prune: asked, keep, olderThan }: SessionsOptions, standing: Rule): Rule {
  if (keep === undefined && olderThan === undefined) return standing;
  if (!asked) throw new Unusable("--keep and --older-than need --prune");
  if (keep !== undefined && !/^\d{1,9}$/.test(keep)) throw new Unusable("--keep expects a number of sessions, like 50");
  return {
    newest: keep === undefined ? Number.POSITIVE_INFINITY : Number(keep),
    age: olderThan === undefined ? Number.POSITIVE_INFINITY : durationOf(olderThan, "--older-than"),
  };
}
