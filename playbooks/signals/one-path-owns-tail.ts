import { defineSignal, logGroup, no, percent, seconds, tailOf, unclear, unknown, yes } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** One path owns the slow requests from this share of them on. */
export const MOST = 0.8;
/** Below this share several paths do. */
export const SHARED = 0.4;
/** A path with more than this share of all requests is the service itself: that it owns the slow ones says nothing. */
export const MINORITY = 0.5;
/** Fewer slow requests than this may be anybody's. */
export const ENOUGH = 20;

/** Are the requests above the threshold those of one path (003)? */
export default defineSignal({
  id: "one-path-owns-tail",
  question: "Are the slow requests all for one path?",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ alarm: { threshold }, log, suspect: { group } }) {
    const evidence = ["access-logs.paths"];
    if (!group) return unknown("no target group stands out", evidence);
    const tail = tailOf(log, "path", logGroup(group.arn), threshold);
    if (!tail || tail.slow < ENOUGH)
      return unknown(
        `the access log has too few requests of more than ${seconds(threshold)} in the episodes`,
        evidence,
      );
    const share = tail.own / tail.slow;
    const figure = `${percent(share)} of the requests of more than ${seconds(threshold)} are ${tail.name}, which is ${percent(tail.ofRequests)} of all`;
    if (share < SHARED) return no(figure, evidence, share);
    return share >= MOST && tail.ofRequests <= MINORITY
      ? yes(figure, evidence, share)
      : unclear(figure, evidence, share);
  },
});
