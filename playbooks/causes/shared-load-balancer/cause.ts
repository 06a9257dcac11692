import {
  confirmed,
  defineHypothesis,
  listed,
  plural,
  rejected,
  seconds,
  supported,
  undetermined,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { blameFact, loadBalancerFact } from "../../evidence/target-groups/fact.ts";

/** With two target groups that rose, the two may share a database; with three or more, what they share is the load balancer. */
const ENOUGH_GROUPS = 3;

/**
 * The load balancer itself, or something in front of all its target groups (000 B4). What decides: whether all target
 * groups rise together.
 */
export default defineHypothesis({
  cause: "shared-load-balancer",
  title: "the load balancer itself",
  claim: "The load balancer, or something in front of all its target groups, is slow.",
  needs: { blame: blameFact, episodes: episodesFact },
  uses: { loadBalancer: loadBalancerFact },
  judge({ blame, episodes, loadBalancer }) {
    const evidence = ["target-groups.shares", "target-groups.others"];
    const busy = blame.groups.filter(({ inside }) => inside !== null);
    const name = loadBalancer?.name ?? "the load balancer";
    if (blame.verdict === "alike") {
      const explains = episodes.episodes.map(({ id }) => id);
      const because = `all ${busy.length} target groups became slow together`;
      const words = {
        headline: `Everything behind ${name} became slow together: it is the load balancer, or what all its services share.`,
        summary: `In the bursts ${because} (${listed(busy.slice(0, 6).map((group) => `${group.name} ${seconds(group.outside ?? 0)} → ${seconds(group.inside ?? 0)}`))}). No single service can do that to the others.`,
      };
      return busy.length >= ENOUGH_GROUPS
        ? confirmed(because, evidence, explains, words)
        : supported(`both target groups became slow together`, evidence, explains, words);
    }
    const rest = busy.filter(({ arn }) => arn !== blame.guilty?.arn);
    if (busy.length === 1)
      return undetermined(
        "one target group had all the traffic in the bursts: there is no other to compare it with",
        evidence,
      );
    if (!blame.guilty || rest.length === 0) return undetermined("no target group stands out", evidence);
    const calm = rest.filter((group) => !blame.alsoRose.includes(group.name));
    const slowest = Math.max(...calm.map(({ inside }) => inside ?? 0));
    if (calm.length === 0) return undetermined("every other target group rose as well, by less", evidence);
    return rejected(
      `${plural(calm.length, "other service")} stayed at ${seconds(slowest)} or less on average in the bursts`,
      evidence,
    );
  },
});
