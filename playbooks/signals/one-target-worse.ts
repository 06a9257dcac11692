import {
  defineSignal,
  logGroup,
  no,
  percent,
  plain,
  plural,
  unclear,
  unknown,
  type WorstTarget,
  worstTargets,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";

/** A target is slow from this multiple of the others' time for the same paths on. */
export const SLOWER = 2.5;
/** Up to it none stands out. */
export const ALIKE = 1.5;
/** A target fails from this share of all errors on. */
export const MOST = 0.8;
/** Below it the errors are those of several. */
export const SHARED = 0.5;
/** A target with more than this multiple of an even share of the requests may be slow because of them. */
export const LOADED = 1.5;
/** Fewer requests, or errors, than this in an episode say nothing of a target. */
export const ENOUGH = 20;
/** Over so many episodes at least: once may be chance. */
export const LEAST_EPISODES = 2;

/**
 * Is one target slow, or does it fail, in every episode the same one, while the others do as ever? Where targets are
 * nodes, a target is a node with all pods behind it, and names no pod.
 */
export default defineSignal({
  id: "one-target-worse",
  question: "Is it the same target in every episode?",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact, targetGroups: targetGroupsFact },
  uses: {},
  read({ alarm, log, suspect: { group }, targetGroups }) {
    const evidence = ["access-logs.targets"];
    const type = targetGroups.find(({ arn }) => arn === group?.arn)?.targetType;
    if (!group || type === undefined) return unknown("no target group stands out", evidence);
    if (type !== "ip") return unknown("the targets are nodes: the access log names no pod", evidence);
    const by = alarm.metric.startsWith("HTTPCode_") ? "errors" : "time";
    const worst = worstTargets(log, logGroup(group.arn), by).filter((one) =>
      by === "time" ? one.requests >= ENOUGH && one.slower !== null : one.errors >= ENOUGH,
    );
    if (worst.length < LEAST_EPISODES)
      return unknown("the access log has too few requests to compare targets in several episodes", evidence);
    const names = [...new Set(worst.map(({ target }) => target))];
    const least = Math.min(...worst.map((one) => measureOf(one, by)));
    const most = Math.max(...worst.map((one) => measureOf(one, by)));
    const [clear, alike] = by === "time" ? [SLOWER, ALIKE] : [MOST, SHARED];
    const told = (value: number) =>
      by === "time"
        ? `${plain(value)} times as long as the others for the same paths`
        : `${percent(value)} of the errors`;
    if (most <= alike) return no(`no target stands out: the worst has ${told(most)}`, evidence, most);
    if (names.length > 1)
      return least >= clear
        ? no(
            `another target is the worst in other episodes: ${names.length} in ${plural(worst.length, "episode")}`,
            evidence,
            least,
          )
        : unclear(`which target is worst changes from episode to episode`, evidence, least);
    const figure = `${names[0]} has at least ${told(least)} in each of ${plural(worst.length, "episode")}`;
    const isLoaded = worst.some(({ load }) => load > LOADED);
    if (isLoaded) return unclear(`${figure}, and gets more requests than the others`, evidence, least);
    return least >= clear
      ? yes(`${figure}, with no more requests than the others`, evidence, least)
      : unclear(figure, evidence, least);
  },
});

function measureOf({ slower, ofErrors }: WorstTarget, by: "time" | "errors"): number {
  return (by === "time" ? slower : ofErrors) ?? 0;
}
