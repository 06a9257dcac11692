import {
  bucketIn,
  defineSignal,
  logGroup,
  no,
  seconds,
  secondsOfBucket,
  tailOf,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** Up to so many half octaves more (a factor of 1.4) it takes what it always takes: the histogram alone may be off by it. */
export const STEPS_AS_EVER = 1;
/** From so many half octaves on (2.8 times) it has become slower. */
export const STEPS_SLOWER = 3;
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
    const [now, before] = [bucketIn(tail.inside.times, 0.5), bucketIn(tail.quiet.times, 0.5)];
    if (now === null || before === null) return unknown(`no target times are known for ${tail.name}`, evidence);
    const steps = now - before;
    const usual = secondsOfBucket(before);
    const figure = `${tail.name} takes a median of ${seconds(secondsOfBucket(now))} in the episodes and ${seconds(usual)} in quiet periods`;
    if (steps >= STEPS_SLOWER) return no(figure, evidence, steps);
    return steps <= STEPS_AS_EVER && usual >= threshold
      ? yes(figure, evidence, steps)
      : unclear(figure, evidence, steps);
  },
});
