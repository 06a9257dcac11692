import {
  defineFactor,
  type EpisodesFact,
  type LatencyFact,
  mean,
  type Series,
  sum,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { type GivenUp, givenUpFact } from "../../evidence/given-up/fact.ts";
import { guiltyMetricFact } from "../../evidence/target-groups/fact.ts";
import arrivalsRose from "../../signals/arrivals-rose.ts";
import clientsGiveUp from "../../signals/clients-give-up.ts";
import requestsFollow from "../../signals/requests-follow-latency.ts";

/**
 * Clients retry and multiply the load once it is slow (003; causes.md, client-storm). No metric tells a second request from
 * a first, but nobody asks again who did not give up: the requests that come on top are then no more than those given up,
 * and come no sooner than the latency. More of them are load of its own, with or without retries, and nothing is said.
 */
export default defineFactor({
  factor: "retry-storm",
  action: {
    kind: "mitigate",
    title: "clients retry with back-off, jitter and a budget of at most a tenth of their requests",
  },
  needs: { givenUp: givenUpFact, episodes: episodesFact, metric: guiltyMetricFact },
  find({ givenUp, episodes, metric }) {
    const giveUp = clientsGiveUp.read({ givenUp, episodes });
    if (giveUp.answer !== "yes" && giveUp.answer !== "unclear") return null;
    const rose = arrivalsRose.read({ metric, episodes });
    const follow = requestsFollow.read({ metric, episodes });
    if (rose.answer !== "yes" || (follow.answer !== "yes" && follow.answer !== "unclear")) return null;
    if (!mayBeSentAgain(givenUp, metric, episodes)) return null;
    const order = follow.answer === "yes" ? `, and ${follow.statement}` : "";
    return {
      statement: `${giveUp.statement}${order}; the extra requests are no more than these: retries are load that nobody waits for, and no metric tells them from genuine requests; the access log does`,
      evidence: [...giveUp.evidence, ...rose.evidence],
    };
  },
});

/** Whether all that arrives in the episodes beyond the usual may be what was given up more than usual, sent again. */
function mayBeSentAgain({ closed }: GivenUp, { requests }: LatencyFact, { episodes }: EpisodesFact): boolean {
  const bursts = episodes.map(({ burst }) => burst);
  const minutes = valuesIn(requests, bursts).length;
  const beyond = (series: Series) =>
    sum(valuesIn(series, bursts)) - minutes * (mean(valuesOutside(series, bursts)) ?? 0);
  return beyond(requests) <= beyond(closed);
}
