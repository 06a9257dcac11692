import {
  defineSignal,
  type EpisodesFact,
  mean,
  no,
  percent,
  type Series,
  spike,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type Flows, flowsFact } from "../evidence/flows/fact.ts";

/** From this share of the risen resets on it is the servers' side that breaks connections. */
export const MOST = 0.6;
/** Below this share it is the clients, who close as they like. */
export const FEW = 0.2;

/** Resets a period that the episodes have more than the rest of the window, by who made them; null: none was counted. */
export function risenResets({ resets }: Flows, { episodes }: EpisodesFact) {
  const bursts = episodes.map(({ burst }) => burst);
  const risen = (series: Series) => {
    const inside = mean(valuesIn(series, bursts));
    return inside === null ? null : Math.max(0, inside - (mean(valuesOutside(series, bursts)) ?? 0));
  };
  const [client, balancer, target] = [risen(resets.client), risen(resets.balancer), risen(resets.target)];
  return client === null || balancer === null || target === null ? null : { client, balancer, target };
}

/** Are connections cut off by a target or the load balancer, and not closed by clients (NLB guide, CloudWatch metrics)? */
export default defineSignal({
  id: "connections-cut-off",
  question: "Are connections cut off by targets or by the load balancer?",
  needs: { flows: flowsFact, episodes: episodesFact },
  uses: {},
  read({ flows, episodes }) {
    const evidence = ["flows.flows"];
    const risen = risenResets(flows, episodes);
    if (risen === null) return unknown("needs the resets of the episodes", evidence);
    const all = risen.client + risen.balancer + risen.target;
    if (all === 0) return no(`no more resets than usual in the ${spike(episodes)}s`, evidence, 0);
    const share = (risen.balancer + risen.target) / all;
    const figure = `of the extra resets in the ${spike(episodes)}s targets sent ${percent(risen.target / all)}, the load balancer ${percent(risen.balancer / all)} and clients ${percent(risen.client / all)}`;
    if (share >= MOST) return yes(figure, evidence, share);
    return share < FEW ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
