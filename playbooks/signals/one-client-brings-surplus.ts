import {
  defineSignal,
  logGroup,
  namedRows,
  no,
  percent,
  plain,
  type ReadLog,
  secondsOf,
  unclear,
  unknown,
  wholeLog,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** One client brings the surplus from this share of it on. */
export const MOST = 0.6;
/** Below it the surplus is that of many. */
export const SHARED = 0.3;
/** There is a surplus from this factor on. */
export const MORE = 1.5;
/** Up to this factor there is none. */
export const AS_MANY = 1.15;
/** Fewer requests than this in the quiet stretches say nothing of what is usual. */
export const ENOUGH = 100;

/** How many times as long the episodes in the log are as its quiet periods; null where it has none of these. */
export function scaleOf(log: ReadLog): number | null {
  const quiet = secondsOf(log, "quiet");
  return quiet === 0 ? null : secondsOf(log, "episodes") / quiet;
}

/**
 * The client that sends most in the episodes beyond its usual: how many requests that is, and how many of all that it sent
 * were given up or answered with 5xx. Null where the log names no client, or has no quiet period.
 */
export function busiestClient(
  log: ReadLog,
  group: string | undefined,
): { readonly client: string; readonly surplus: number; readonly unanswered: number } | null {
  const scale = scaleOf(log);
  if (scale === null) return null;
  const before = new Map(namedRows(log, "client", "quiet", group).map((row) => [row.key[0], row.count]));
  const parts = namedRows(log, "client", "episodes", group).map(({ key, count, failed, made, gaveUp }) => ({
    client: key[0] ?? "",
    surplus: count - (before.get(key[0]) ?? 0) * scale,
    unanswered: failed + made + gaveUp,
  }));
  return parts.sort((a, b) => b.surplus - a.surplus)[0] ?? null;
}

/** Does one client bring what arrives in the episodes beyond the usual? Behind a proxy the client is the proxy. */
export default defineSignal({
  id: "one-client-brings-surplus",
  question: "Does one client send the extra requests?",
  needs: { log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ log, suspect }) {
    const evidence = ["access-logs.clients"];
    const group = suspect.group ? logGroup(suspect.group.arn) : undefined;
    const [inside, quiet] = [wholeLog(log, "episodes", group), wholeLog(log, "quiet", group)];
    const [long, usual] = [secondsOf(log, "episodes"), secondsOf(log, "quiet")];
    const scale = scaleOf(log);
    if (!inside || !quiet || quiet.count < ENOUGH || scale === null)
      return unknown("the access log has too few requests in quiet periods to say what is usual", evidence);
    const ratio = inside.count / (quiet.count * scale);
    const rise = `${plain(Math.round(inside.count / (long / 60)))} requests a minute in the episodes, ${plain(Math.round(quiet.count / (usual / 60)))} in quiet periods`;
    if (ratio <= AS_MANY) return no(`${rise}: there are no extra requests`, evidence, ratio);
    const most = busiestClient(log, group);
    if (!most) return unknown("the access log names no client", evidence);
    const share = most.surplus / (inside.count - quiet.count * scale);
    const figure = `${rise}: ${percent(Math.min(1, Math.max(0, share)))} of the extra requests come from ${most.client}`;
    if (share < SHARED) return no(figure, evidence, share);
    return share >= MOST && ratio >= MORE ? yes(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
