import type { Facts, GroupLoad, TargetGroupFact } from "../../src/model/facts.ts";
import type { Fix, Verdict } from "../../src/model/judgement.ts";
import type { Cause } from "../../src/model/vocabulary.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

export const verdictOf = (rootCause: Cause): Verdict => ({ ...MAIN_VERDICT, rootCause });

/** Everything that a fix says, one line for each sentence. */
export const said = (fix: Fix | null): string =>
  [
    fix?.title,
    fix?.why,
    fix?.risk,
    ...(fix?.preconditions ?? []),
    ...(fix?.verify ?? []),
    ...(fix?.arithmetic ?? []),
    ...(fix?.notOffered ?? []).map(({ because }) => because),
  ].join("\n");

/** The main incident's facts with its target group known, with these tags, and another beside it. */
export function groupFacts(more: {
  readonly tags?: { readonly [key: string]: string };
  readonly topology?: Partial<Facts["topology"]>;
  readonly workload?: Partial<Facts["workload"]>;
  readonly service?: Partial<Facts["service"]>;
  readonly rule?: Partial<Facts["loadBalancer"]["rules"][number]>;
}): Facts {
  const facts = mainFacts();
  const arn = facts.service.targetGroup;
  const group = { arn, name: "data", tags: more.tags ?? {}, healthCheck: { path: "/" } } as unknown as TargetGroupFact;
  const load = (of: string, name: string, inside: number): GroupLoad => ({
    arn: of,
    name,
    requests: 900,
    outside: 0.2,
    inside,
    worstAverage: inside,
    maximum: inside,
    shareByEpisode: [],
    share: 1,
  });
  const guilty = load(arn, "data", 3);
  const stable = load("arn:stable", "stable", 0.2);
  const rule = {
    arn: "arn:rule",
    forwardsOnly: true,
    priority: "1",
    condition: "host api.example.com",
    targetGroups: [
      { arn, weight: 20 },
      { arn: "arn:stable", weight: 80 },
    ],
    ...more.rule,
  };
  return {
    ...facts,
    targetGroups: [group],
    blame: { groups: [guilty, stable], verdict: "one", guilty, alsoRose: [], residual: 0 },
    loadBalancer: { ...facts.loadBalancer, rules: [rule] },
    topology: { ...facts.topology, ...more.topology },
    workload: { ...facts.workload, ...more.workload },
    service: { ...facts.service, ...more.service },
  };
}
