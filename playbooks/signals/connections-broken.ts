import {
  defineSignal,
  type EpisodesFact,
  no,
  percent,
  spike,
  sum,
  unclear,
  unknown,
  valuesIn,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { MADE, type MadeStatus, type Responses, responsesFact } from "../evidence/responses/fact.ts";

/** What the load balancer made itself is of one kind from this share on. */
export const MOST = 0.6;
/** Below this share it is the smaller part. */
export const FEW = 0.2;

/** Of the 5xx that the load balancer made itself in the episodes, the share of these statuses; null where it made none. */
export function shareMade({ made }: Responses, { episodes }: EpisodesFact, statuses: readonly MadeStatus[]) {
  const bursts = episodes.map(({ burst }) => burst);
  const count = (of: readonly MadeStatus[]) => sum(of.map((status) => sum(valuesIn(made[status], bursts))));
  return count(MADE) === 0 ? null : count(statuses) / count(MADE);
}

/** Does the load balancer answer 502: a target closed the connection on a request, or answered what is no HTTP? */
export default defineSignal({
  id: "connections-broken",
  question: "Do targets close connections on requests (502)?",
  needs: { responses: responsesFact, episodes: episodesFact },
  uses: {},
  read({ responses, episodes }) {
    const evidence = ["responses.errors"];
    const share = shareMade(responses, episodes, ["502"]);
    if (share === null)
      return unknown(`the load balancer returned no 5xx of its own in the ${spike(episodes)}s`, evidence);
    const figure = `${percent(share)} of the load balancer's own 5xx are 502: a target closed the connection`;
    if (share >= MOST) return yes(figure, evidence, share);
    return share < FEW ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
