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
import { STEPS_AS_EVER, STEPS_SLOWER } from "./slow-path-always-slow.ts";

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
    const [now, usual] = [bucketIn(others.inside.times, 0.95), bucketIn(others.quiet.times, 0.95)];
    if (now === null || usual === null) return unknown("no target times are known for other paths", evidence);
    const steps = now - usual;
    const figure = `95 % of requests for all other paths take up to ${seconds(secondsOfBucket(now))} in the episodes and ${seconds(secondsOfBucket(usual))} in quiet periods`;
    if (steps <= STEPS_AS_EVER) return yes(figure, evidence, steps);
    return steps >= STEPS_SLOWER ? no(figure, evidence, steps) : unclear(figure, evidence, steps);
  },
});
