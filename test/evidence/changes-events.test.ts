import { expect, it } from "vitest";
import { ofEvents } from "../../playbooks/evidence/changes/events.ts";
import picture from "../../playbooks/evidence/changes/picture.ts";
import type { Scene } from "../../playbooks/evidence/changes/reach.ts";
import type { ChangeFact, RolloutFact, WorkloadFact } from "../../src/model/facts.ts";
import { iso } from "../../src/model/time.ts";
import { type ClusterEvent, listEvents } from "../../src/sources/kubernetes/questions.ts";
import { alarm, at } from "../signals/facts.ts";

const scene: Scene = {
  ...alarm(),
  window: { start: at(0), end: at(240) },
  balancer: "",
  dimension: "",
  loadBalancer: null,
  groups: [],
  suspect: null,
  certificates: null,
};
const shop = { kind: "Deployment", name: "shop", podPattern: "shop-[a-z0-9]+-[a-z0-9]+" } as WorkloadFact;

const event = (minute: number, kind: string, name: string, reason: string, message = ""): ClusterEvent => ({
  kind,
  name,
  reason,
  message,
  at: at(minute),
  until: at(minute),
  count: 1,
});
const scaled = (minute: number, words: string, name = "shop") =>
  event(minute, "Deployment", name, "ScalingReplicaSet", `Scaled ${words}`);
const rescaled = (minute: number, size: number) =>
  event(minute, "HorizontalPodAutoscaler", "shop-hpa", "SuccessfulRescale", `New size: ${size}; reason: above target`);
const pod = (minute: number, reason: string, name = "shop-1a-b2") => event(minute, "Pod", name, reason);
const rollout: RolloutFact = { at: at(60), replicaSet: "shop-1", revision: null, image: null, version: "2" };

const told = (events: readonly ClusterEvent[], rollouts: readonly RolloutFact[] = [], known: ChangeFact[] = []) =>
  ofEvents(events, shop, rollouts, known, scene).map(({ kind, at: from, until, count, what, by, settings }) =>
    [
      kind,
      (from - at(0)) / 60,
      (until - at(0)) / 60,
      count,
      what,
      by?.name ?? "-",
      ...settings.map(({ before, after }) => `${before ?? "?"} → ${after}`),
    ].join(" "),
  );

it.each<readonly [string, readonly ClusterEvent[], readonly RolloutFact[], readonly string[]]>([
  ["nothing", [], [], []],
  ["a scaling", [scaled(60, "up replica set shop-1 from 3 to 5")], [], ["scaling 60 60 1 shop scaled - 3 → 5"]],
  [
    "an older cluster's",
    [scaled(60, "down replica set shop-1 to 2 from 5")],
    [],
    ["scaling 60 60 1 shop scaled - 5 → 2"],
  ],
  ["one without its old size", [scaled(60, "up replica set shop-1 to 5")], [], ["scaling 60 60 1 shop scaled - ? → 5"]],
  ["another Deployment's", [scaled(60, "up replica set x-1 from 3 to 5", "x")], [], []],
  [
    "the autoscaler's",
    [scaled(60, "up replica set shop-1 from 3 to 5"), rescaled(60, 5)],
    [],
    ["scaling 60 60 1 shop scaled autoscaler shop-hpa 3 → 5"],
  ],
  [
    "another size than the autoscaler's",
    [scaled(60, "up replica set shop-1 from 3 to 5"), rescaled(60, 9)],
    [],
    ["scaling 60 60 1 shop scaled - 3 → 5"],
  ],
  [
    "the autoscaler's of 3 minutes before",
    [scaled(63, "up replica set shop-1 from 3 to 5"), rescaled(60, 5)],
    [],
    ["scaling 63 63 1 shop scaled - 3 → 5"],
  ],
  [
    "a rollout's own",
    [scaled(60, "up replica set shop-1 from 0 to 1"), scaled(62, "down replica set shop-0 from 3 to 2")],
    [rollout],
    [],
  ],
  [
    "one 11 minutes after a rollout",
    [scaled(71, "up replica set shop-1 from 3 to 5")],
    [rollout],
    ["scaling 71 71 1 shop scaled - 3 → 5"],
  ],
  [
    "the autoscaler's within a rollout",
    [scaled(62, "up replica set shop-1 from 3 to 5"), rescaled(62, 5)],
    [rollout],
    ["scaling 62 62 1 shop scaled autoscaler shop-hpa 3 → 5"],
  ],
  [
    "probes that fail, folded",
    [pod(60, "Unhealthy"), pod(65, "Unhealthy", "shop-1a-c3"), pod(75, "Unhealthy")],
    [],
    ["event 60 75 3 Unhealthy: 2 pods of shop -"],
  ],
  [
    "the same 11 minutes apart",
    [pod(60, "Unhealthy"), pod(71, "Unhealthy")],
    [],
    ["event 60 60 1 Unhealthy: 1 pod of shop -", "event 71 71 1 Unhealthy: 1 pod of shop -"],
  ],
  ["another workload's pods", [pod(60, "Unhealthy", "cart-1a-b2")], [], []],
  ["what says nothing", [pod(60, "Pulled"), pod(60, "Scheduled")], [], []],
  ["pods that a rollout stops", [pod(62, "Killing")], [rollout], []],
  ["pods that are killed otherwise", [pod(62, "Killing")], [], ["event 62 62 1 Killing: 1 pod of shop -"]],
  [
    "nodes that were asked for",
    [pod(60, "TriggeredScaleUp")],
    [],
    ["scaling 60 60 1 nodes asked for by 1 pod of shop -"],
  ],
  ["what came before the window", [pod(-5, "Unhealthy")], [], []],
])("tells of %s", (_, events, rollouts, expected) => {
  expect(told(events, rollouts)).toEqual(expected);
});

it("folds more than 12 stretches of one reason", () => {
  const stretches = (count: number) => Array.from({ length: count }, (_, index) => pod(15 * index, "Unhealthy"));
  expect(told(stretches(12))).toHaveLength(12);
  expect(told(stretches(13))).toEqual(["event 0 180 13 Unhealthy: 1 pod of shop -"]);
});

it("says who made a scaling that is known by its count, and does not tell it twice", () => {
  const known = {
    at: at(61),
    until: at(62),
    count: 2,
    kind: "scaling",
    from: "kubernetes",
    what: "shop scaled",
    by: null,
    settings: [{ name: "pods", before: "3", after: "5" }],
  } as unknown as ChangeFact;
  const events = [scaled(60, "up replica set shop-1 from 3 to 5"), rescaled(60, 5)];
  expect(told(events, [], [known])).toEqual(["scaling 61 62 2 shop scaled autoscaler shop-hpa 3 → 5"]);
  expect(told([], [], [known])).toEqual(["scaling 61 62 2 shop scaled - 3 → 5"]);
});

it("reads an event's times and count, whoever wrote it", () => {
  const involvedObject = { kind: "Pod", name: "shop-1a-b2" };
  const items = [
    { involvedObject, reason: "Unhealthy", count: 4, firstTimestamp: iso(at(1)), lastTimestamp: iso(at(9)) },
    { involvedObject, reason: "FailedScheduling", firstTimestamp: null, eventTime: iso(at(2)), message: "0/3 nodes" },
    {
      involvedObject,
      reason: "BackOff",
      eventTime: iso(at(3)),
      series: { count: 7, lastObservedTime: iso(at(8)) },
    },
    { involvedObject, reason: "Killing" },
  ];
  const { value, flaws } = listEvents("shop").parse([{ items }]);
  expect(flaws).toEqual([]);
  expect(value.map(({ reason, at: from, until, count }) => [reason, from, until, count])).toEqual([
    ["Unhealthy", at(1), at(9), 4],
    ["FailedScheduling", at(2), at(2), 1],
    ["BackOff", at(3), at(8), 7],
  ]);
});

it("has rows of their own for rollouts, scalings and events on the axis, and tells them below it", () => {
  const events = [scaled(60, "up replica set shop-1 from 3 to 5"), pod(62, "Unhealthy")];
  const changes = ofEvents(events, shop, [], [], scene).map((one, index) => ({ ...one, id: index + 1 }));
  const changed = { changes, trail: null, missing: [], changePoints: null };
  const { window } = scene;
  const lines = picture.draw(
    {
      changed,
      episodes: { window, transitions: [], episodes: [], earlier: [], historyFrom: null, from: "metric" },
    } as never,
    100,
  );
  const text = lines.map((line) => line.map((span) => span.text).join(""));
  expect(text.slice(0, 2).map((line) => line.trim().split(" ")[0])).toEqual(["scaling", "event"]);
  expect(text.slice(0, 2).every((line) => line.includes("▲"))).toBe(true);
  expect(text.join("\n")).toContain("shop scaled: pods 3 → 5: it is how many pods are behind what fails");
});
