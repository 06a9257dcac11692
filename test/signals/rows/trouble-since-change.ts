import type { ChangeFact, ChangesFact, EpisodesFact } from "../../../src/model/facts.ts";
import { changes } from "../changes.ts";
import { alarm, always, at, episodes, judged, level } from "../facts.ts";
import type { Row } from "../row.ts";

const MINUTES = 240;

interface Case {
  /** The change's minute, and more of it. */
  readonly changed?: number;
  readonly change?: Partial<ChangeFact>;
  /** Stretches above the threshold that are episodes, and single bad minutes that are none. */
  readonly bad?: readonly (readonly [number, number])[];
  readonly strays?: readonly number[];
  /** Requests minute by minute; as many in each unless it is said. */
  readonly requests?: readonly (number | null)[];
  readonly more?: Partial<ChangesFact>;
  readonly others?: readonly (Partial<Omit<ChangeFact, "at">> & { readonly at: number })[];
  readonly history?: Partial<EpisodesFact>;
  readonly hosts?: boolean;
}

/** The metric is bad from minute 122 on, a change at 120 came before it; 100 requests in each minute. */
const made = (one: Case) => {
  const { changed = 120, change = {}, bad = [[122, 240]], strays = [], requests = always(100, MINUTES) } = one;
  const values = level(0.1, 0.8, [...bad, ...strays.map((minute) => [minute, minute + 1] as const)], MINUTES);
  const { judged: metric } = judged(values);
  const traffic = {
    metric: "RequestCount",
    counts: "requests",
    from: "clients",
    perStep: { ...metric.values, values: requests },
  };
  const recorded = changes([{ at: changed, ...change }, ...(one.others ?? [])], one.more);
  return {
    ...alarm(),
    ...recorded,
    judged: one.hosts ? metric : { ...metric, traffic },
    ...episodes(bad, one.history, MINUTES),
  };
};

/** Targets are taken out for good; behind a Gateway Load Balancer, or another one. */
const taken = (namespace: string, call: string) => {
  const known = made({ change: { kind: "targets", call } });
  return { ...known, alarm: { ...known.alarm, namespace } };
};

/** The load of the episodes only in these minutes before the change, and since. */
const busy = (before: readonly [number, number], share = 1) =>
  Array.from({ length: MINUTES }, (_, minute) =>
    minute >= 122 ? 100 : minute >= before[0] && minute < before[1] ? 100 * share : 10,
  );

/** A change at minute 210 of 240, bad since, and so many single bad minutes before it. */
const late = (strays: number) =>
  made({
    changed: 210,
    bad: [[212, 240]],
    strays: Array.from({ length: strays }, (_, index) => 10 * index + 5),
  });

export default [
  ["trouble begins with it, at equal load", made({}), "yes"],
  ["hosts have no load to compare", made({ hosts: true }), "yes"],
  [
    "it touches another load balancer",
    made({ change: { reaches: "no", because: "it touches another load balancer" } }),
    "no",
  ],
  ["whether it touches what fails is not known", made({ change: { reaches: "maybe" } }), "unclear"],
  ["it came after the first trouble", made({ changed: 124 }), "no"],
  ["it came in the minute of the first trouble", made({ changed: 123 }), "yes"],
  [
    "the alarm's history knows of earlier trouble",
    made({ history: { earlier: [{ at: at(-600), from: "OK", to: "ALARM" }] } }),
    "no",
  ],
  ["10 busy minutes before it", made({ requests: busy([80, 90]) }), "yes"],
  ["9 busy minutes before it", made({ requests: busy([80, 89]) }), "unclear"],
  ["0.82 of the load before it", made({ requests: busy([0, 122], 0.82) }), "yes"],
  ["0.78 of the load before it", made({ requests: busy([0, 122], 0.78) }), "unclear"],
  ["11 of 210 minutes were bad before it", late(11), "unclear"],
  ["10 of 210 minutes were bad before it", late(10), "yes"],
  ["6 of 120 minutes were bad before it", made({ strays: [10, 20, 30, 40, 50, 60] }), "yes"],
  ["7 of 120 minutes were bad before it", made({ strays: [10, 20, 30, 40, 50, 60, 70] }), "unclear"],
  [
    "half of the busy minutes were bad before it",
    made({ requests: busy([80, 100]), strays: Array.from({ length: 10 }, (_, index) => 80 + index) }),
    "no",
  ],
  [
    "nearly half of the busy minutes were bad before it",
    made({ requests: busy([80, 101]), strays: Array.from({ length: 10 }, (_, index) => 80 + index) }),
    "unclear",
  ],
  ["all 4 busy minutes before it were bad", made({ requests: busy([80, 84]), strays: [80, 81, 82, 83] }), "unclear"],
  ["all 5 busy minutes before it were bad", made({ requests: busy([80, 85]), strays: [80, 81, 82, 83, 84] }), "no"],
  ["5 busy minutes since", made({ bad: [[235, 240]], changed: 233, requests: always(100, 240) }), "yes"],
  ["4 busy minutes since", made({ bad: [[236, 240]], changed: 234, requests: always(100, 240) }), "unclear"],
  ["half of the busy minutes since are bad", made({ bad: [[122, 181]] }), "yes"],
  ["fewer than half of the busy minutes since are bad", made({ bad: [[122, 178]] }), "unclear"],
  [
    "well for 62 busy minutes after it",
    made({ changed: 60, bad: [[122, 240]], more: { changePoints: [at(122)] } }),
    "no",
  ],
  [
    "well for 58 busy minutes after it",
    made({ changed: 64, bad: [[122, 240]], more: { changePoints: [at(122)] } }),
    "yes",
  ],
  ["nothing changed in the metric", made({ more: { changePoints: [] } }), "unclear"],
  ["too short a metric for a change point", made({ more: { changePoints: null } }), "unclear"],
  ["a change point 570 seconds before it", made({ more: { changePoints: [at(120) - 570] } }), "yes"],
  ["a change point 9 minutes before it", made({ more: { changePoints: [at(111)] } }), "yes"],
  ["a change point 11 minutes before it", made({ more: { changePoints: [at(109) - 1] } }), "unclear"],
  ["a change point 9 minutes after the trouble", made({ more: { changePoints: [at(131)] } }), "yes"],
  ["a change point 11 minutes after the trouble", made({ more: { changePoints: [at(133)] } }), "unclear"],
  ["another change of what fails 9 minutes before it", made({ others: [{ at: 111 }] }), "unclear"],
  ["another change of what fails 11 minutes before it", made({ others: [{ at: 108, kind: "rollout" }] }), "yes"],
  ["a rollout between it and the trouble", made({ others: [{ at: 121, kind: "rollout" }] }), "unclear"],
  ["a rollout after the trouble began", made({ others: [{ at: 130, kind: "rollout" }] }), "yes"],
  ["an unrelated change beside it", made({ others: [{ at: 121, reaches: "no" }] }), "yes"],
  [
    "the alarm's own change and scaling are no rivals",
    made({
      others: [
        { at: 121, kind: "alarm" },
        { at: 121, kind: "scaling" },
      ],
    }),
    "yes",
  ],
  [
    "the same hand made two changes",
    made({
      change: { by: { kind: "user", name: "ada", session: null } },
      others: [{ at: 121, by: { kind: "user", name: "ada", session: null } }],
    }),
    "yes",
  ],
  ["only a rollout", made({ change: { kind: "rollout" } }), "no"],
  ["appliances were deregistered", taken("AWS/GatewayELB", "DeregisterTargets"), "yes"],
  ["appliances come and go", taken("AWS/GatewayELB", "RegisterTargets"), "no"],
  ["targets of a service were deregistered", taken("AWS/ApplicationELB", "DeregisterTargets"), "no"],
  ["nothing is recorded", { ...made({}), ...changes([]) }, "no"],
  ["some lookups failed", { ...made({}), ...changes([], { missing: ["DeleteRoute"] }) }, "unclear"],
  ["CloudTrail could not be read", { ...made({}), ...changes([], { trail: null }) }, "unknown"],
  ["no episode", made({ bad: [] }), "unknown"],
] satisfies readonly Row[];
