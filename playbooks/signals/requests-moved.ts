import {
  defineSignal,
  type Epoch,
  mean,
  no,
  percent,
  plain,
  type Series,
  type Span,
  sum,
  unclear,
  unknown,
  valuesWhere,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type GroupResponses, responsesFact } from "../evidence/responses/fact.ts";
import { suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";

/** Compared are the minutes within so many seconds of an episode's beginning or end: a rule moves requests at once, a day by and by. */
export const BESIDE = 1800;
/** Up to this share more or less may be the daily wave, which moves by about a tenth in its steepest hour. */
export const USUAL = 0.05;
/** Of its usual requests the target group gets at least this share more: twice what the wave makes in that time. */
export const MORE = 0.1;
/** A difference of means of at least this many standard errors is none of chance. */
export const ERRORS = 3;
/** Of what it gets more at least this share is answered with a 4xx: it is not for this service. */
export const REFUSED = 0.6;
/** Up to this share of what is refused in addition came as requests in addition: they explain no more than half of it. */
export const NOT_EXTRA = 0.5;
/** Another target group lost as many requests as this one got, or refuses in addition, give or take this share of them. */
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
    const came = stepOf(own.requests, bursts);
    const refused = stepOf(own.failed, bursts);
    if (!came || !refused) return unknown("needs the requests just before or after the episodes", evidence);
    const gain = came.inside - came.outside;
    const extra = refused.inside - refused.outside;
    const figure = `${own.name} gets ${plain(Math.round(came.inside))} requests a period in the episodes, ${plain(Math.round(came.outside))} beside them`;
    if (gain + USUAL * came.outside + ERRORS * came.error <= NOT_EXTRA * extra)
      return no(`${figure}: no requests have moved to it`, evidence, gain);
    // How many moved is known twice: by those that came, among its own, and by those that it refused.
    const apart = (loss: number) => Math.min(...[gain, extra].map((moved) => Math.abs(loss - moved) / Math.abs(moved)));
    const lost = responses.groups
      .filter((one) => one !== own && !isSameService(one, own, groups))
      .flatMap((group) => {
        const step = stepOf(group.requests, bursts);
        return step ? [{ name: group.name, loss: step.outside - step.inside, error: step.error }] : [];
      })
      .sort((a, b) => apart(a.loss) - apart(b.loss))[0];
    if (gain < MORE * came.outside || gain < ERRORS * came.error)
      return unclear(`${figure}: no more than may be chance`, evidence, gain);
    const isMoved = lost !== undefined && apart(lost.loss) <= ALIKE && lost.loss >= ERRORS * lost.error;
    const share = `${percent(Math.max(0, extra) / gain)} of the extra requests are answered with a ${responses.failedClass}`;
    // Where more is refused than twice what came, most of it is not what moved.
    if (extra >= REFUSED * gain && gain >= NOT_EXTRA * extra && isMoved)
      return yes(`${figure}; ${share}, and ${lost.name} lost as many`, evidence, gain);
    return unclear(
      `${figure}; ${share}, and ${isMoved ? `${lost.name} lost as many` : "no other target group lost as many"}`,
      evidence,
      gain,
    );
  },
});

/**
 * The mean of a period in the episodes and out of them, near where they begin and end, with the standard error of the
 * difference; null where either is not there.
 */
export function stepOf(series: Series, bursts: readonly Span[]) {
  const values = (edges: readonly Span[], isInside: boolean) =>
    valuesWhere(series, (at) => within(edges, at) && within(bursts, at) === isInside);
  // Where the window ends within an episode, nothing is beside it.
  const edges = bursts
    .flatMap(({ start, end }) => [around(start), around(end)])
    .filter((edge) => values([edge], true).length > 0 && values([edge], false).length > 0);
  const [inside, outside] = [values(edges, true), values(edges, false)];
  const [busy, usual] = [mean(inside), mean(outside)];
  if (busy === null || usual === null) return null;
  const error = Math.sqrt(varianceOfMean(inside, busy) + varianceOfMean(outside, usual));
  return { inside: busy, outside: usual, error };
}

const around = (time: Epoch): Span => ({ start: time - BESIDE, end: time + BESIDE });

/** Of values that follow one another; of a single one nothing is known. */
function varianceOfMean(values: readonly number[], middle: number): number {
  return sum(values.map((value) => (value - middle) ** 2)) / values.length / Math.max(1, values.length - 1);
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
