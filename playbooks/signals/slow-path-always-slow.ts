import { defineSignal, logGroup, no, quantileIn, seconds, tailOf, unclear, unknown, yes } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** Up to this factor a path takes in the episodes what it always takes; the histogram alone may be off by 1.4. */
export const AS_EVER = 1.5;
/** From this factor on it has become slower. */
export const SLOWER = 2.5;
/** Fewer requests than this in quiet stretches say nothing of what it always takes. */
export const ENOUGH = 10;

/** Does the path with the slow requests take as long outside the episodes? Then it is slow by its nature (003). */
export default defineSignal({
  id: "slow-path-always-slow",
  question: "Is the path of the slow requests as slow at other times?",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ alarm: { threshold }, log, suspect: { group } }) {
    const evidence = ["access-logs.paths"];
    const tail = group && tailOf(log, "path", logGroup(group.arn), threshold);
    if (!tail?.quiet || tail.quiet.count < ENOUGH)
      return unknown("the quiet periods have too few requests for the path of the slow ones", evidence);
    const [now, usual] = [quantileIn(tail.inside.times, 0.5), quantileIn(tail.quiet.times, 0.5)];
    if (now === null || usual === null) return unknown(`no target times are known for ${tail.name}`, evidence);
    const ratio = now / usual;
    const figure = `${tail.name} takes a median of ${seconds(now)} in the episodes and ${seconds(usual)} in quiet periods`;
    if (ratio >= SLOWER) return no(figure, evidence, ratio);
    return ratio <= AS_EVER && usual >= threshold ? yes(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
