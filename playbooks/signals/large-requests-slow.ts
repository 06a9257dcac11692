import { defineSignal, logGroup, no, percent, seconds, tailOf, unclear, unknown, yes } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** From this share of the slow requests on they are those of one class of sizes. */
export const MOST = 0.8;
/** Below it they are not. */
export const SHARED = 0.4;
/** Fewer slow requests than this say nothing. */
export const ENOUGH = 20;
/** Classes of uploads: a request without a body, and nearly every form and call of an API, is smaller. */
const UPLOADS: readonly string[] = ["up to 1 MB", "up to 8 MB", "more than 8 MB"];

/**
 * Are the slow requests large ones? Whether the time in which a slow client uploads counts in the target's time is not
 * documented; it is assumed that a part of it does.
 */
export default defineSignal({
  id: "large-requests-slow",
  question: "Are the slow requests uploads?",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ alarm: { threshold }, log, suspect: { group } }) {
    const evidence = ["access-logs.sizes"];
    const tail = group && tailOf(log, "size", logGroup(group.arn), threshold);
    if (!tail || tail.slow < ENOUGH)
      return unknown(
        `the access log has too few requests of more than ${seconds(threshold)} in the episodes`,
        evidence,
      );
    const share = tail.own / tail.slow;
    const figure = `${percent(share)} of the requests of more than ${seconds(threshold)} are ${tail.name}`;
    if (!UPLOADS.includes(tail.name) || share < SHARED) return no(figure, evidence, share);
    return share >= MOST ? yes(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
