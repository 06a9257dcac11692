import { defineSignal, listed, no, plural, seconds, unclear, unknown, yes } from "../../src/playbook.ts";
import { blameFact, risenGroupsFact } from "../evidence/target-groups/fact.ts";
import risenGroupAtCeiling from "./risen-group-at-ceiling.ts";

/** With two target groups that rose, the two may share a database; three or more share the load balancer at least. */
export const ENOUGH_GROUPS = 3;

/** Did all target groups of the load balancer become slow together? */
export default defineSignal({
  id: "services-rose-together",
  question: "Did all services behind the load balancer become slow together?",
  needs: { blame: blameFact },
  uses: { risen: risenGroupsFact },
  read({ blame, risen }) {
    const evidence = ["target-groups.shares", "target-groups.others"];
    const busy = blame.groups.filter(({ inside }) => inside !== null);
    if (busy.length === 1)
      return unknown("one target group had all the traffic: there is no other to compare it with", evidence);
    const change = (group: (typeof busy)[number]) =>
      `${group.name} ${seconds(group.outside ?? 0)} → ${seconds(group.inside ?? 0)}`;
    if (blame.verdict === "alike") {
      const figure = `all ${busy.length} target groups became slow together (${listed(busy.slice(0, 6).map(change))})`;
      const ceiling = risen ? risenGroupAtCeiling.read({ risen }) : null;
      // One that all others call makes the same picture as what stands in front of them.
      if (ceiling?.answer === "yes")
        return unclear(`${figure}, and ${ceiling.statement}: the others may be waiting for it`, [
          ...evidence,
          ...ceiling.evidence,
        ]);
      return busy.length >= ENOUGH_GROUPS ? yes(figure, evidence, busy.length) : unclear(figure, evidence, busy.length);
    }
    const rest = busy.filter(({ arn }) => arn !== blame.guilty?.arn);
    if (!blame.guilty || rest.length === 0) return unclear("no target group stands out", evidence);
    const calm = rest.filter((group) => !blame.alsoRose.includes(group.name));
    if (calm.length === 0) return unclear("every other target group became slower as well, by less", evidence);
    const slowest = Math.max(...calm.map(({ inside }) => inside ?? 0));
    return no(
      `${plural(calm.length, "other service")} stayed at ${seconds(slowest)} or less on average`,
      ["target-groups.others", "target-groups.shares"],
      slowest,
    );
  },
});
