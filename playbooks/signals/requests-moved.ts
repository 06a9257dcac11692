import {
  defineSignal,
  mean,
  no,
  percent,
  plain,
  type Series,
  type Span,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type GroupResponses, responsesFact } from "../evidence/responses/fact.ts";
import { suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";

/** Of its usual requests the target group gets at least this share more. */
export const MORE = 0.2;
/** Up to this share more is the usual. */
export const USUAL = 0.05;
/** Of what it gets more at least this share is answered with a 4xx: it is not for this service. */
export const REFUSED = 0.6;
/** Another target group lost as many requests as this one got, give or take this share of them. */
export const ALIKE = 0.3;

/**
 * Did requests move from another target group to this one, which answers them with 4xx (003 F4)? That is what a listener
 * rule does that leads to the wrong service: neither new clients nor a change of the service takes requests from another.
 */
export default defineSignal({
  id: "requests-moved",
  question: "Did requests move from another target group to the one that refuses them?",
  needs: { responses: responsesFact, suspect: suspectFact, episodes: episodesFact },
  uses: { groups: targetGroupsFact },
  read({ responses, suspect, episodes: { episodes }, groups = [] }) {
    const evidence = ["responses.errors", "responses.layout"];
    const own = responses.groups.find(({ arn }) => arn === suspect.group?.arn);
    if (!own) return unknown("no target group stands out", evidence);
    const bursts = episodes.map(({ burst }) => burst);
    const came = changeOf(own.requests, bursts);
    const refused = changeOf(own.failed, bursts);
    if (!came || !refused) return unknown("needs the requests outside the episodes", evidence);
    const gain = came.inside - came.outside;
    const extra = refused.inside - refused.outside;
    const figure = `${own.name} gets ${plain(Math.round(came.inside))} requests a period in the episodes, ${plain(Math.round(came.outside))} outside them`;
    if (gain <= USUAL * came.outside) return no(`${figure}: no requests have moved to it`, evidence, gain);
    const lost = responses.groups
      .filter((one) => one !== own && !isSameService(one, own, groups))
      .flatMap((group) => {
        const change = changeOf(group.requests, bursts);
        return change ? [{ name: group.name, loss: change.outside - change.inside }] : [];
      })
      .sort((a, b) => Math.abs(a.loss - gain) - Math.abs(b.loss - gain))[0];
    const isRefused = extra >= REFUSED * gain;
    const isMoved = lost !== undefined && Math.abs(lost.loss - gain) <= ALIKE * gain;
    const share = `${percent(Math.max(0, extra) / gain)} of the extra requests are answered with a ${responses.failedClass}`;
    if (gain >= MORE * came.outside && isRefused && isMoved)
      return yes(`${figure}; ${share}, and ${lost.name} lost as many`, evidence, gain);
    return unclear(`${figure}; ${share}, and no other target group lost as many`, evidence, gain);
  },
});

/** The mean of a period in the episodes and outside them; null where either is not there. */
export function changeOf(series: Series, bursts: readonly Span[]) {
  const [inside, outside] = [mean(valuesIn(series, bursts)), mean(valuesOutside(series, bursts))];
  return inside === null || outside === null ? null : { inside, outside };
}

/** Two versions of one service, between which a deployment moves the requests: the controller's tags name the Service. */
function isSameService(
  one: GroupResponses,
  other: GroupResponses,
  groups: readonly { readonly arn: string; readonly tags: { readonly [key: string]: string } }[],
): boolean {
  const resource = ({ arn }: GroupResponses) => {
    const tags = groups.find((group) => group.arn === arn)?.tags ?? {};
    return tags["ingress.k8s.aws/resource"] ?? tags["service.k8s.aws/resource"];
  };
  const own = resource(one);
  return own !== undefined && own === resource(other);
}
