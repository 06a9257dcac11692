import {
  cells,
  defineSignal,
  median,
  no,
  percent,
  type Reading,
  type RuleFact,
  type Span,
  sum,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type GroupResponses, type Responses, responsesFact } from "../evidence/responses/fact.ts";
import { loadBalancerFact, suspectFact } from "../evidence/target-groups/fact.ts";

/** Up to this share of its rule a target group is the lighter part: what is tried out, while the rest stays as it was. */
export const LIGHTER = 0.5;
/** It fails at least so many times the share of its requests that the other fails ... */
export const WORSE = 3;
/** ... and up to so many times they fail alike: what is wrong, is wrong with both. */
export const ALIKE = 1.5;
/** The others fail up to so many times the share of their requests that they fail otherwise: they are as well as ever. */
export const AS_EVER = 1.5;
/** Fewer requests than this show no share. */
export const ENOUGH = 200;

/** Its share of the rule's requests is at least so many times what it was before the first episode: its weight was raised. */
export const RAISED = 1.5;
/** Its weight's share is at least so many times its share of the rule's healthy targets: more than it should get. */
export const OVER = 1.5;

/**
 * Does the lighter part of a weighted rule fail while the rest of the rule is as well as ever, and does it get more than
 * before, or more than its targets' share (003 F6)? A weight that is as it was made nothing: then it is the service's
 * own failure, whatever its weight.
 */
export default defineSignal({
  id: "light-group-fails",
  question: "Do only the requests fail that a weighted rule sends to its lighter target group?",
  needs: { loadBalancer: loadBalancerFact, responses: responsesFact, suspect: suspectFact, episodes: episodesFact },
  uses: {},
  read({ loadBalancer: { rules }, responses, suspect: { group }, episodes: { episodes } }) {
    const layout = ["responses.layout"];
    const evidence = ["responses.errors", ...layout];
    const own = responses.groups.find(({ arn }) => arn === group?.arn);
    if (!own) return unknown("no target group stands out", evidence);
    const leading = rules.filter((rule) => weightOf(rule, own.arn) > 0);
    const rule = leading.find((one) => weightOf(one, own.arn) < allOf(one));
    if (!rule) return no("no rule splits its traffic by weight with another target group", layout);
    const bursts = episodes.map(({ burst }) => burst);
    const inRule = responses.groups.filter(({ arn }) => weightOf(rule, arn) > 0);
    const beside = inRule.filter((one) => one !== own).map((one) => ({ one, now: shareIn(one, bursts) }));
    const other = beside.sort((a, b) => b.now.share - a.now.share)[0];
    const now = shareIn(own, bursts);
    if (!other || now.of < ENOUGH || beside.some(({ now: its }) => its.of < ENOUGH))
      return unknown("needs more requests on the target groups of the weighted rule in the episodes", evidence);
    const ratio = now.share / ((other.now.failed + 1) / other.now.of);
    const weight = weightOf(rule, own.arn) / allOf(rule);
    const figure = `${own.name} gets ${percent(weight)} of a weighted rule and fails ${percent(now.share)} of its requests, ${other.one.name} in the same rule ${percent(other.now.share)}`;
    if (ratio <= ALIKE) return no(figure, evidence, ratio);
    const stands = ratio >= WORSE && weight <= LIGHTER && areAsEver(beside, bursts);
    if (!stands) return unclear(`${figure}: which of them is worse is not clear`, evidence, ratio);
    // What another rule brings is not split by this one's weights: the two do not answer the same requests.
    const isAlone = rules.every((one) => inRule.every(({ arn }) => weightOf(one, arn) === 0 || isAlike(one, rule)));
    if (!isAlone) return unclear(`${figure}, but another rule leads to one of them, too`, evidence, ratio);
    if (rule.groupStickiness && responses.failedClass === "4xx")
      return unclear(`${figure}, but clients stay with one of them, and each asks for its own`, evidence, ratio);
    return weighed(own, inRule, { figure, evidence, ratio, weight, bursts });
  },
});

interface Known {
  readonly figure: string;
  readonly evidence: readonly string[];
  readonly ratio: number;
  readonly weight: number;
  readonly bursts: readonly Span[];
}

/** Whether the weight has a part in it: it was raised as it began, or is larger than what the targets behind it should get. */
function weighed(
  own: GroupResponses,
  all: Responses["groups"],
  { figure, evidence, ratio, weight, bursts }: Known,
): Reading {
  const first = Math.min(...bursts.map(({ start }) => start));
  const before = partOf(own, all, ({ requests }) =>
    sum(
      cells(requests)
        .filter(({ at }) => at < first)
        .map(({ value }) => value),
    ),
  );
  const since = partOf(own, all, ({ requests }) => sum(valuesIn(requests, bursts)));
  const targets = partOf(own, all, ({ healthy }) => median(valuesIn(healthy, bursts)) ?? 0);
  if (before.all >= ENOUGH && since.part >= RAISED * before.part)
    return yes(
      `${figure}; it gets ${percent(since.part)} of the rule's requests, ${percent(before.part)} before the first episode`,
      evidence,
      ratio,
    );
  if (targets.part > 0 && weight >= OVER * targets.part)
    return yes(`${figure}, with ${percent(targets.part)} of the rule's healthy targets`, evidence, ratio);
  return unclear(`${figure}; its weight is neither new nor more than its targets' share`, evidence, ratio);
}

const weightOf = ({ targetGroups }: RuleFact, arn: string) => targetGroups.find((one) => one.arn === arn)?.weight ?? 0;

const allOf = ({ targetGroups }: RuleFact) => sum(targetGroups.map(({ weight }) => weight));

/** Whether a rule splits between the same target groups in the same way, as one for HTTP beside one for HTTPS does. */
function isAlike(one: RuleFact, other: RuleFact): boolean {
  const arns = [...one.targetGroups, ...other.targetGroups].map(({ arn }) => arn);
  return arns.every((arn) => weightOf(one, arn) / allOf(one) === weightOf(other, arn) / allOf(other));
}

function shareIn({ requests, failed }: GroupResponses, bursts: readonly Span[]) {
  const bad = sum(valuesIn(failed, bursts));
  const of = sum(valuesIn(requests, bursts));
  return { failed: bad, of, share: of === 0 ? 0 : bad / of };
}

/** Whether the others fail no more of their requests in the episodes than outside them. */
function areAsEver(
  beside: readonly { readonly one: GroupResponses; readonly now: { readonly share: number } }[],
  bursts: readonly Span[],
): boolean {
  return beside.every(({ one: { requests, failed }, now }) => {
    const of = sum(valuesOutside(requests, bursts));
    // One more than there were, so that none before does not make any share after it a rise.
    return of >= ENOUGH && now.share <= (AS_EVER * (sum(valuesOutside(failed, bursts)) + 1)) / of;
  });
}

function partOf(own: GroupResponses, all: Responses["groups"], count: (group: GroupResponses) => number) {
  const whole = sum(all.map(count));
  return { all: whole, part: whole === 0 ? 0 : count(own) / whole };
}
