import {
  type Facts,
  percent,
  type RuleFact,
  seconds,
  sum,
  times,
  type Values,
  valuesIn,
} from "../../../src/playbook.ts";
import type { responsesFact } from "../../evidence/responses/fact.ts";

type Known = Partial<Facts> & Partial<Values<{ responses: typeof responsesFact }>>;

/** The worse target group of a weighted rule and the worst of those beside it, by what the alarm judges. */
export interface Compared {
  readonly worse: { readonly arn: string; readonly name: string; readonly requests: number };
  readonly rest: { readonly name: string; readonly requests: number };
  readonly rule: RuleFact;
  /** "takes 3 s where stable takes 200 ms for the same requests" */
  readonly figures: string;
  /** The clause that speaks against more pods; null: nothing does. */
  readonly ratio: string | null;
  /** How one sees that the other stays as it is. */
  readonly stays: string;
}

/** What is compared where latency was read; else what the targets answered. Null where there is no such rule, or no figures. */
export function compared(facts: Known): Compared | null {
  const arn = facts.blame ? facts.blame.guilty?.arn : facts.suspect?.group?.arn;
  const rule = facts.loadBalancer?.rules.find(
    ({ targetGroups }) =>
      targetGroups.filter(({ weight }) => weight > 0).length > 1 &&
      targetGroups.some((one) => one.arn === arn && one.weight > 0),
  );
  if (!rule) return null;
  return facts.blame ? byLatency(rule, facts.blame) : facts.responses ? byAnswers(rule, arn, facts) : null;
}

function byLatency(rule: RuleFact, { groups, guilty }: Facts["blame"]): Compared | null {
  const [rest] = groups
    .filter(({ arn, inside }) => arn !== guilty?.arn && inside !== null && isIn(rule, arn))
    .sort((a, b) => (b.inside ?? 0) - (a.inside ?? 0));
  if (!guilty || guilty.inside === null || !rest || rest.inside === null) return null;
  const takes = `${seconds(guilty.inside)} where ${rest.name} takes ${seconds(rest.inside)}`;
  return {
    worse: guilty,
    rest,
    rule,
    figures: `takes ${takes} for the same requests`,
    ratio: `its requests take ${times(guilty.inside / rest.inside)} as long as the same requests in the other target group`,
    stays: `TargetResponseTime of ${rest.name} stays at ${seconds(rest.inside)}`,
  };
}

function byAnswers(rule: RuleFact, arn: string | undefined, { responses, episodes }: Known): Compared | null {
  const bursts = (episodes?.episodes ?? []).map(({ burst }) => burst);
  const shares = (responses?.groups ?? []).map((group) => {
    const of = sum(valuesIn(group.requests, bursts));
    const all = sum(group.requests.values.map((value) => value ?? 0));
    return { arn: group.arn, name: group.name, requests: all, of, share: sum(valuesIn(group.failed, bursts)) / of };
  });
  const worse = shares.find((one) => one.arn === arn && one.of > 0);
  const [rest] = shares
    .filter((one) => one.arn !== arn && one.of > 0 && isIn(rule, one.arn))
    .sort((a, b) => b.share - a.share);
  if (!worse || !rest) return null;
  return {
    worse,
    rest,
    rule,
    figures: `fails ${percent(worse.share)} of its requests where ${rest.name} fails ${percent(rest.share)} of the same requests`,
    // Errors may be those of too few pods for the weight.
    ratio: null,
    stays: `HTTPCode_Target_${(responses?.failedClass ?? "5xx").toUpperCase()}_Count of ${rest.name} stays as it is`,
  };
}

function isIn({ targetGroups }: RuleFact, arn: string): boolean {
  return targetGroups.some((one) => one.arn === arn && one.weight > 0);
}
