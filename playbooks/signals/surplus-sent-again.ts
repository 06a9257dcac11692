import {
  defineSignal,
  logGroup,
  namedRows,
  no,
  plain,
  type ReadLog,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyMetricFact, suspectFact } from "../evidence/target-groups/fact.ts";
import { busiestClient, scaleOf } from "./one-client-brings-surplus.ts";
import requestsFollow from "./requests-follow-latency.ts";

/** Where at most this share of what a client sends beyond its usual was given up or failed, the rest is no repetition. */
export const FEW = 0.1;

/**
 * Is what the busiest client sends beyond its usual the same requests once more? Nobody asks again who was answered, so it
 * sends no more requests again than it gave up (460: the client closed the connection) or got a 5xx for. Over HTTP/2 a
 * client can give up a request and keep its connection; AWS does not say what is logged then, so that of what came that
 * way beyond the usual none counts as answered.
 */
export default defineSignal({
  id: "surplus-sent-again",
  question: "Are the extra requests retries?",
  needs: { log: requestLogFact, suspect: suspectFact, metric: guiltyMetricFact, episodes: episodesFact },
  uses: {},
  read({ log, suspect, metric, episodes }) {
    const follow = requestsFollow.read({ metric, episodes });
    if (follow.answer === "yes") return yes(follow.statement, follow.evidence, follow.figure);
    if (follow.answer === "no") return no(follow.statement, follow.evidence, follow.figure);
    const evidence = ["access-logs.clients"];
    const group = suspect.group ? logGroup(suspect.group.arn) : undefined;
    const most = busiestClient(log, group);
    if (!most || most.surplus <= 0)
      return unknown("the access log names no client that sends more than usual", evidence);
    const hidden = Math.max(0, Math.round(multiplexedSurplus(log, group, scaleOf(log) ?? 0)));
    const share = (most.unanswered + hidden) / most.surplus;
    const figure = `${most.client} sent ${plain(Math.round(most.surplus))} requests beyond its usual, and gave up or got a 5xx for ${plain(most.unanswered)}; over HTTP/2, which hides what is given up, came ${plain(hidden)} more than usual`;
    if (share <= FEW) return no(figure, evidence, share);
    return unclear(`${figure}; ${follow.statement}`, evidence, share);
  },
});

/** Requests of HTTP/2 and gRPC in the episodes beyond those of as long a quiet stretch. */
function multiplexedSurplus(log: ReadLog, group: string | undefined, scale: number): number {
  const sent = (where: "episodes" | "quiet") =>
    namedRows(log, "type", where, group)
      .filter(({ key }) => key[0] === "h2" || key[0] === "grpcs")
      .reduce((all, { count }) => all + count, 0);
  return sent("episodes") - sent("quiet") * scale;
}
