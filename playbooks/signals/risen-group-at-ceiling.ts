import {
  coreCount,
  defineSignal,
  listed,
  no,
  percent,
  plain,
  plural,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { type RisenGroup, risenGroupsFact } from "../evidence/target-groups/fact.ts";
import { HEAVY, LIGHT } from "./pods-throttled.ts";
import { LEFT, USED_UP } from "./quota-used-up.ts";
import { BUSY, IDLE } from "./workers-busy.ts";

/**
 * Are the pods of one of the groups that rose together at their own ceiling: their quota, or their workers' cores? The others
 * may then only wait for it, and what stands in front is not to blame. The lines are those of the signals for one service.
 */
export default defineSignal({
  id: "risen-group-at-ceiling",
  question: "Are the pods of one of the slow target groups at their own ceiling?",
  needs: { risen: risenGroupsFact },
  uses: {},
  read({ risen: { groups, more } }) {
    const evidence = ["target-groups.risen"];
    const full = groups.flatMap((group) => {
      const why = ceilingOf(group);
      return why === null ? [] : [`${group.name}'s pods ${why}`];
    });
    if (full.length > 0) return yes(listed(full), evidence, full.length);
    const unread = groups.filter((group) => group.unread !== null).length + more;
    if (unread > 0)
      return unknown(`needs the pods of ${plural(unread, "more target group")} that became slow`, evidence);
    if (groups.length > 0 && groups.every(isWell))
      return no(`the pods of all ${groups.length} target groups that became slow have CPU to spare`, evidence, 0);
    return unclear(
      "some pods of the target groups that became slow are neither at a ceiling nor clearly below it",
      evidence,
    );
  },
});

/** What holds the group's pods, as the rest of a sentence; null: nothing that was read. */
export function ceilingOf({ plateau, limit, workers, throttledShare }: RisenGroup): string | null {
  if (throttledShare !== null && throttledShare >= HEAVY)
    return `were throttled in ${percent(throttledShare)} of their CPU periods`;
  if (plateau === null) return null;
  if (limit !== null && plateau >= USED_UP * limit)
    return `top out at ${coreCount(plateau)} of a limit of ${plain(limit)}`;
  return workers !== null && plateau >= BUSY * workers
    ? `top out at ${coreCount(plateau)} with ${plural(workers, "worker")}`
    : null;
}

/** Nothing holds them, as far as CPU goes; where the workers are not known, they may be taken without any. */
function isWell({ plateau, limit, workers, throttledShare }: RisenGroup): boolean {
  return (
    plateau !== null &&
    workers !== null &&
    plateau < IDLE * workers &&
    (limit === null || plateau < LEFT * limit) &&
    (throttledShare === null ? limit === null : throttledShare < LIGHT)
  );
}
