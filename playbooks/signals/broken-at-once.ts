import { defineSignal, logGroup, namedRows, no, percent, sum, unclear, unknown, yes } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** From this share of the 502 on they broke at once. */
export const MOST = 0.9;
/** Below this share most were under way: the server died over them. */
export const FEW = 0.5;
/** Fewer 502 than this say nothing. */
export const ENOUGH = 5;

/**
 * Did the connections break when the request was sent (target_processing_time -1 or below a second), as one that is just
 * being closed does? One that breaks later was taken and not finished.
 */
export default defineSignal({
  id: "broken-at-once",
  question: "Did the connections break as soon as the request was sent?",
  needs: { log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ log, suspect: { group } }) {
    const evidence = ["access-logs.made"];
    const made = namedRows(log, "made", "episodes", group ? logGroup(group.arn) : undefined)
      .map(({ key, count }) => ({ parts: (key[0] ?? "").split(" "), count }))
      .filter(({ parts }) => parts[3] === "502");
    const all = sum(made.map(({ count }) => count));
    if (all < ENOUGH) return unknown(`the access log has ${all} answers 502 in the episodes`, evidence);
    const atOnce = sum(made.map(({ parts, count }) => (Number(parts[1]) < 1 ? count : 0)));
    const figure = `${percent(atOnce / all)} of the 502 came within a second of sending the request`;
    if (atOnce / all >= MOST) return yes(figure, evidence, atOnce / all);
    return atOnce / all < FEW ? no(figure, evidence, atOnce / all) : unclear(figure, evidence, atOnce / all);
  },
});
