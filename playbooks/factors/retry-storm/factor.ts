import { defineFactor } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { givenUpFact } from "../../evidence/given-up/fact.ts";
import { guiltyMetricFact } from "../../evidence/target-groups/fact.ts";
import arrivalsRose from "../../signals/arrivals-rose.ts";
import clientsGiveUp from "../../signals/clients-give-up.ts";
import requestsFollow from "../../signals/requests-follow-latency.ts";

/**
 * Clients retry and multiply the load once it is slow (003; causes.md, client-storm). No metric tells a second request from
 * a first: clients that give up while more requests come are its sign, and the order of the two makes it stronger.
 */
export default defineFactor({
  factor: "retry-storm",
  needs: { givenUp: givenUpFact, episodes: episodesFact, metric: guiltyMetricFact },
  find({ givenUp, episodes, metric }) {
    const giveUp = clientsGiveUp.read({ givenUp, episodes });
    if (giveUp.answer !== "yes" && giveUp.answer !== "unclear") return null;
    const rose = arrivalsRose.read({ metric, episodes });
    const follow = requestsFollow.read({ metric, episodes });
    if (rose.answer !== "yes" && follow.answer !== "yes") return null;
    const order = follow.answer === "yes" ? `, and ${follow.statement}` : "";
    return {
      statement: `${giveUp.statement}${order}: what is sent again is load that nobody waits for, and no metric tells it from what clients want; the access log does`,
      evidence: [...giveUp.evidence, ...rose.evidence],
    };
  },
});
