import {
  countFrom,
  defineSignal,
  logGroup,
  no,
  percent,
  seconds,
  unclear,
  unknown,
  uploadRows,
  wholeLog,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** From this share of the slow requests on they are uploads. */
export const MOST = 0.8;
/** Below it they are not. */
export const SHARED = 0.4;
/** Where uploads are more than this share of all requests, that they are the slow ones says nothing of their size. */
export const MINORITY = 0.5;
/** Fewer slow requests than this say nothing. */
export const ENOUGH = 20;

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
    const name = group && logGroup(group.arn);
    const all = name ? wholeLog(log, "episodes", name) : null;
    const slow = all === null ? 0 : countFrom(all.times, threshold);
    if (!name || all === null || slow < ENOUGH)
      return unknown(
        `the access log has too few requests of more than ${seconds(threshold)} in the episodes`,
        evidence,
      );
    const uploads = uploadRows(log, "episodes", name);
    const sum = (of: (row: (typeof uploads)[number]) => number) => uploads.reduce((total, row) => total + of(row), 0);
    const share = sum(({ times }) => countFrom(times, threshold)) / slow;
    const ofRequests = sum(({ count }) => count) / all.count;
    const figure = `${percent(share)} of the requests of more than ${seconds(threshold)} have bodies of more than 128 KB, which ${percent(ofRequests)} of all have`;
    if (share < SHARED) return no(figure, evidence, share);
    return share >= MOST && ofRequests <= MINORITY ? yes(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
