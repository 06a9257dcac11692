import { defineSignal, logGroup, no, quantileIn, seconds, tailOf, unclear, unknown, yes } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** Up to this factor of their p95 the other paths are as fast as ever; the histogram alone may be off by 1.4. */
export const AS_EVER = 1.5;
/** From this factor on they have become slow too. */
export const SLOWER = 2.5;
/** Fewer requests than this say nothing of a p95. */
export const ENOUGH = 40;

/** Are all other paths as fast as at other times? A service that is full is slow for every path. */
export default defineSignal({
  id: "other-paths-as-fast",
  question: "Are the other paths as fast as ever?",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ alarm: { threshold }, log, suspect: { group } }) {
    const evidence = ["access-logs.paths"];
    const others = group && tailOf(log, "path", logGroup(group.arn), threshold)?.others;
    if (!others?.quiet || others.quiet.count < ENOUGH || others.inside.count < ENOUGH)
      return unknown(
        "the access log has too few requests for other paths in the episodes or in quiet periods",
        evidence,
      );
    const [now, usual] = [quantileIn(others.inside.times, 0.95), quantileIn(others.quiet.times, 0.95)];
    if (now === null || usual === null || usual === 0)
      return unknown("no target times are known for other paths", evidence);
    const ratio = now / usual;
    const figure = `95 % of requests for all other paths take up to ${seconds(now)} in the episodes and ${seconds(usual)} in quiet periods`;
    if (ratio <= AS_EVER) return yes(figure, evidence, ratio);
    return ratio >= SLOWER ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
