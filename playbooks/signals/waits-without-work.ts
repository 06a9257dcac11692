import {
  defineSignal,
  logGroup,
  namedRows,
  plain,
  type ReadLog,
  secondsOf,
  tailOf,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";
import onePathHeld, { ABOUT_LONG } from "./one-path-held-open.ts";
import podsIdle from "./pods-idle.ts";

/**
 * So many requests of such a length at once at each target are no work: hardly a pod has as many cores, and where more share
 * them, each takes longer. A few may be jobs that always take about as long.
 */
export const AT_ONCE = 10;

/**
 * Do requests wait without any work being done for them? The pods' CPU says so; where it is not known, the access log
 * does, if many are held at once, in the episodes and in quiet stretches: that much work would slow what else these pods
 * answer, and would take now more and now less.
 */
export default defineSignal({
  id: "waits-without-work",
  question: "Do the long requests wait without work?",
  needs: {},
  uses: { podCpu: podCpuFact, alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  read({ podCpu, alarm, log, suspect }) {
    const idle = podCpu
      ? podsIdle.read({ podCpu })
      : unknown("needs the pods' CPU in the episodes", ["pod-cpu.plateau"]);
    if (idle.answer !== "unknown" || !alarm || !log || !suspect) return idle;
    const path = onePathHeld.read({ alarm, log, suspect });
    if (path.answer !== "yes" || !suspect.group) return idle;
    const held = heldAtOnce(log, logGroup(suspect.group.arn));
    const figure = `${path.statement}; ${plain(held)} at once at each target`;
    if (secondsOf(log, "quiet") === 0)
      return unknown(`${figure}, but whether that was always so needs a quiet period, or the pods' CPU`, path.evidence);
    return held >= AT_ONCE
      ? yes(figure, [...path.evidence, "access-logs.targets"], held)
      : unknown(`${figure}: so few may be work, which needs the pods' CPU`, path.evidence);
  },
});

/** Requests of the path that a target holds at a time, by Little's law. */
function heldAtOnce(log: ReadLog, group: string): number {
  const held = tailOf(log, "path", group, ABOUT_LONG)?.inside.sum ?? 0;
  const targets = namedRows(log, "target", "episodes", group).filter(({ key }) => key[0] !== "-");
  return held / 1000 / secondsOf(log, "episodes") / Math.max(1, targets.length);
}
