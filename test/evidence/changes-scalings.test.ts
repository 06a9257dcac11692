import { describe, expect, it } from "vitest";
import type { Scene } from "../../playbooks/evidence/changes/reach.ts";
import { askReplicas } from "../../playbooks/evidence/changes/replicas.ts";
import { ofScalings } from "../../playbooks/evidence/changes/scalings.ts";
import { timeline } from "../../playbooks/evidence/changes/timeline.ts";
import { readChanges } from "../../playbooks/signals/trouble-since-change.ts";
import { mostTelling } from "../../src/model/change-words.ts";
import type { AutoscalerFact, RolloutFact, WorkloadFact } from "../../src/model/facts.ts";
import type { Question } from "../../src/model/question.ts";
import type { Ask } from "../../src/playbook.ts";
import { changes } from "../signals/changes.ts";
import { alarm, at, episodes, judged, level } from "../signals/facts.ts";

const MINUTES = 240;
const window = { start: at(0), end: at(MINUTES) };
const scene: Scene = {
  ...alarm(),
  window,
  balancer: "",
  dimension: "",
  loadBalancer: null,
  groups: [],
  suspect: null,
  certificates: null,
};

/** So many pods from each of these minutes on. */
const pods = (...steps: readonly (readonly [minute: number, pods: number | null])[]): AutoscalerFact => ({
  target: { name: "shop", min: 1, max: 30, cpuUtilisation: 80, current: null, desired: null },
  atMaximum: null,
  replicas: {
    start: at(0),
    step: 60,
    values: Array.from({ length: MINUTES }, (_, minute) => steps.findLast(([from]) => from <= minute)?.[1] ?? null),
  },
  orphaned: [],
});
const rollout = (minute: number): RolloutFact => ({
  at: at(minute),
  replicaSet: "shop-1",
  revision: null,
  image: null,
  version: "2",
});
const told = (fact: AutoscalerFact | null, rollouts: readonly RolloutFact[] = []) =>
  ofScalings(fact, "shop", rollouts, scene).map(({ at: from, until, count, settings }) => [
    (from - at(0)) / 60,
    (until - at(0)) / 60,
    count,
    ...settings.flatMap(({ before, after }) => [before, after]),
  ]);

it.each<readonly [string, AutoscalerFact | null, readonly RolloutFact[], unknown]>([
  ["nothing is known", null, [], []],
  ["nothing changed", pods([0, 3]), [], []],
  ["there is no count", { ...pods(), replicas: null }, [], []],
  [
    "more and fewer",
    pods([0, 3], [60, 5], [120, 2]),
    [],
    [
      [60, 60, 1, "3", "5"],
      [120, 120, 1, "5", "2"],
    ],
  ],
  ["steps 10 minutes apart are one", pods([0, 3], [60, 5], [70, 8]), [], [[60, 70, 2, "3", "8"]]],
  [
    "steps 11 minutes apart are two",
    pods([0, 3], [60, 5], [71, 8]),
    [],
    [
      [60, 60, 1, "3", "5"],
      [71, 71, 1, "5", "8"],
    ],
  ],
  [
    "a step back is another",
    pods([0, 3], [60, 5], [62, 4]),
    [],
    [
      [60, 60, 1, "3", "5"],
      [62, 62, 1, "5", "4"],
    ],
  ],
  ["a count that is missing between", pods([0, 3], [60, null], [65, 5]), [], [[65, 65, 1, "3", "5"]]],
  ["a rollout's surge", pods([0, 3], [60, 4], [63, 3]), [rollout(60)], []],
  ["a surge that lasts 10 minutes", pods([0, 3], [60, 4], [70, 3]), [rollout(60)], []],
  [
    "more for 11 minutes",
    pods([0, 3], [60, 4], [71, 3]),
    [rollout(60)],
    [
      [60, 60, 1, "3", "4"],
      [71, 71, 1, "4", "3"],
    ],
  ],
  [
    "more than before after a rollout",
    pods([0, 3], [60, 5], [63, 4]),
    [rollout(60)],
    [
      [60, 60, 1, "3", "5"],
      [63, 63, 1, "5", "4"],
    ],
  ],
  [
    "a surge without a rollout",
    pods([0, 3], [60, 4], [63, 3]),
    [rollout(90)],
    [
      [60, 60, 1, "3", "4"],
      [63, 63, 1, "4", "3"],
    ],
  ],
])("tells scalings where %s", (_, fact, rollouts, expected) => {
  expect(told(fact, rollouts)).toEqual(expected);
});

it("tells scalings of a workload without an autoscaler", () => {
  const { replicas } = pods([0, 3], [60, 5]);
  const [scaling] = ofScalings({ replicas, target: null }, "shop", [], scene);
  expect(scaling).toMatchObject({
    what: "shop scaled",
    settings: [{ name: "pods", before: "3", after: "5" }],
    touches: [{ kind: "workload", id: "shop" }],
  });
});

describe("how many pods a workload is told to have", () => {
  const line = { labels: {}, series: { start: at(0), step: 60, values: [3, 5] } };
  /** Prometheus, which answers a query with a line where its text has this, else with none. */
  const prometheus = (text: string) => {
    const asked: string[] = [];
    const ask = ({ question }: { question: Question }) => {
      const query = String(question.input.query);
      asked.push(query);
      return Promise.resolve({ ok: true, value: query.includes(text) ? [line] : [] });
    };
    return { asked, ask: ask as unknown as Ask };
  };
  const of = (kind: WorkloadFact["kind"]) => ({ kind, namespace: "web", name: "shop" }) as WorkloadFact;

  it.each([
    ["Deployment", 'kube_deployment_spec_replicas{namespace="web",deployment="shop"}'],
    ["Deployment", 'kube_deployment_spec_replicas{exported_namespace="web",deployment="shop"}'],
    ["StatefulSet", 'kube_statefulset_replicas{namespace="web",statefulset="shop"}'],
  ] as const)("is read of a %s", async (kind, text) => {
    const counted = await askReplicas(of(kind), window, prometheus(text).ask);
    expect(counted?.replicas).toEqual(line.series);
    expect(counted?.question.input.query).toContain(text);
  });

  it("is not known where nothing counts it, nor asked of what has no such count", async () => {
    expect((await askReplicas(of("Deployment"), window, prometheus("no such").ask))?.replicas).toBeNull();
    const { asked, ask } = prometheus("");
    expect(await askReplicas(of("DaemonSet"), window, ask)).toBeNull();
    expect(asked).toEqual([]);
  });
});

it("folds more than 12 of them", () => {
  const steps = (count: number) =>
    pods(...Array.from({ length: count + 1 }, (_, index): [number, number] => [15 * index, 2 + (index % 2)]));
  expect(told(steps(12))).toHaveLength(12);
  expect(told(steps(13))).toEqual([[15, 195, 13, "2", "3"]]);
});

it("keeps each scaling of the timeline apart, and names none as what made it", () => {
  const scalings = ofScalings(pods([0, 3], [100, 5], [120, 9]), "shop", [], scene);
  const all = timeline(scalings, window);
  expect(all.map(({ kind, reaches }) => [kind, reaches])).toEqual([
    ["scaling", "yes"],
    ["scaling", "yes"],
  ]);
  const metric = judged(level(0.1, 0.8, [[122, 240]], MINUTES)).judged;
  const known = {
    ...alarm(),
    changed: { ...changes([]).changes, changes: all, changePoints: [at(122)] },
    judged: { ...metric, traffic: null },
    episodes: episodes([[122, 240]], {}, MINUTES).episodes,
  };
  expect(readChanges(known)).toEqual([]);
});

it("tells what somebody set before scalings, in order of time", () => {
  const given = (["routing", "scaling", "weight", "targets", "scaling"] as const).map((kind, minute) => ({
    at: minute,
    kind,
  }));
  const all = changes(given).changes.changes;
  expect(mostTelling(all, 2).map(({ id }) => id)).toEqual([1, 3]);
  expect(mostTelling(all, 3).map(({ id }) => id)).toEqual([1, 3, 5]);
  expect(mostTelling(all, 9)).toEqual(all);
});
