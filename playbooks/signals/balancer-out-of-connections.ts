import {
  cells,
  defineSignal,
  no,
  plural,
  type Series,
  sum,
  unclear,
  unknown,
  valuesIn,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { flowsFact } from "../evidence/flows/fact.ts";

/** In this share of the episodes connections must have been dropped because no port was free. */
export const MOST = 0.6;

/**
 * Does the load balancer run out of connections to its targets? Where it translates addresses it has 55,000 for each
 * target at once; a port that it cannot allocate is a dropped connection (NLB guide, PortAllocationErrorCount). What it
 * rejects it may reject for other reasons.
 */
export default defineSignal({
  id: "balancer-out-of-connections",
  question: "Does the load balancer run out of connections to its targets?",
  needs: { flows: flowsFact, episodes: episodesFact },
  uses: {},
  read({ flows: { portErrors, rejected }, episodes: { episodes } }) {
    const evidence = ["flows.flows"];
    const bursts = episodes.map(({ burst }) => burst);
    if (valuesIn(portErrors, bursts).length === 0 || cells(rejected).length === 0)
      return unknown("needs PortAllocationErrorCount and RejectedFlowCount in the episodes", evidence);
    const met = (series: Series) => bursts.filter((burst) => sum(valuesIn(series, [burst])) > 0).length;
    const [dropped, turnedDown] = [met(portErrors), met(rejected)];
    const figure = `no port to a target was free in ${dropped} of ${plural(bursts.length, "episode")} (${sum(valuesIn(portErrors, bursts))} connections dropped), and it rejected connections in ${turnedDown}`;
    const share = dropped / bursts.length;
    if (share >= MOST) return yes(figure, evidence, share);
    return dropped + turnedDown === 0 ? no(figure, evidence, 0) : unclear(figure, evidence, share);
  },
});
