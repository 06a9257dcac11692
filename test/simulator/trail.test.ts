import { describe, expect, it } from "vitest";
import { LEAD } from "../../simulator/clock.ts";
import { figuresOf } from "../../simulator/figures.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { World } from "../../simulator/world.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import { lookupEvents, type TrailEvent } from "../../src/sources/cloudtrail/questions.ts";
import { drawn } from "./drawn.ts";

const ELB = "elasticloadbalancing.amazonaws.com";
const ALL = [ELB, "ec2.amazonaws.com", "monitoring.amazonaws.com"];

function asked(world: World, source: string): { events: TrailEvent[]; raw: { Events: Raw[]; NextToken?: string }[] } {
  const { now, window, seen } = world.scenario;
  // Whoever may not read the trail sees nothing of it; here it is looked at all the same.
  const readable = seen ? { ...world, scenario: { ...world.scenario, seen: { ...seen, missing: [] } } } : world;
  const { question, parse } = lookupEvents(
    { key: "EventSource", value: source },
    { start: now - window - LEAD, end: now },
  );
  const answer = new WorldSource(readable).answer(question);
  if (answer.status === "failed") throw new Error(answer.failure.message);
  const { value, flaws } = parse(answer.pages);
  expect(flaws).toEqual([]);
  return { events: value, raw: answer.pages as never };
}

interface Raw {
  readonly EventId: string;
  readonly EventName: string;
  readonly EventTime: string;
  readonly Username: string;
  readonly CloudTrailEvent: string;
}

/** The changes that made the trouble: the call, and what it set. */
const MADE: readonly (readonly [WorldKind, number, string, object])[] = [
  ["weight-changed", 1, "ModifyRule", { actions: [{ type: "forward" }] }],
  [
    "stickiness-switched-on",
    1,
    "ModifyTargetGroupAttributes",
    { attributes: [{ key: "stickiness.enabled", value: "true" }, {}] },
  ],
  ["cross-zone-switched-off", 1, "ModifyTargetGroupAttributes", { attributes: [{ value: "false" }] }],
  ["rule-edited", 1, "ModifyRule", { conditions: [{}, { field: "path-pattern" }] }],
  ["ingress-revoked", 1, "RevokeSecurityGroupIngress", { ipPermissions: { items: [{ ipProtocol: "tcp" }] } }],
  ["threshold-changed", 2, "PutMetricAlarm", { namespace: "AWS/ApplicationELB" }],
  [
    "idle-timeout-lowered",
    1,
    "ModifyLoadBalancerAttributes",
    { attributes: [{ key: "idle_timeout.timeout_seconds" }] },
  ],
  ["idle-timeout-raised", 1, "ModifyLoadBalancerAttributes", { attributes: [{ key: "idle_timeout.timeout_seconds" }] }],
  [
    "deregistration-delay-lowered",
    2,
    "ModifyTargetGroupAttributes",
    { attributes: [{ key: "deregistration_delay.timeout_seconds" }] },
  ],
];

describe.each(MADE)("%s", (kind, seed, call, request) => {
  const { scenario, judgement, world } = drawn(kind, seed);
  const [change] = (scenario.changes ?? []).filter(({ where, what }) => where === "here" && what.call === call);
  const at = scenario.now - scenario.window + (change?.at ?? Number.NaN);

  it("says what is true once, and of each answer one thing", () => {
    const answers = [judgement.truth, ...judgement.accept, ...judgement.never];
    expect(new Set(answers).size).toBe(answers.length);
    expect([scenario.cause, scenario.name]).toEqual([judgement.truth, `${kind}-${seed}`]);
  });

  it("the trail tells the change with what it set, before the first episode", () => {
    const told = ALL.flatMap((source) => asked(world, source).events).filter(
      (event) => event.name === call && event.at === Math.round(at),
    );
    expect(told).toHaveLength(1);
    const records = ALL.flatMap((source) => asked(world, source).raw.flatMap(({ Events }) => Events));
    const record = JSON.parse(records.find(({ EventId }) => EventId === told[0]?.id)?.CloudTrailEvent ?? "{}");
    expect(record.requestParameters).toMatchObject(request);
    expect(told[0]?.change).not.toBeNull();
    expect(told[0]?.by.name).toBeTruthy();
    const { episodes } = figuresOf(world);
    expect(episodes.length).toBeGreaterThan(0);
    expect(Math.min(...episodes.map(({ alarmAt }) => alarmAt))).toBeGreaterThan(at);
  });

  it("pages hold 50 events, newest first, and none that has not arrived", () => {
    const { raw } = asked(world, ELB);
    expect(raw.slice(0, -1).every(({ Events, NextToken }) => Events.length === 50 && NextToken !== undefined)).toBe(
      true,
    );
    expect(raw.at(-1)?.NextToken).toBeUndefined();
    const entries = raw.flatMap(({ Events }) => Events);
    const times = entries.map(({ EventTime }) => Date.parse(EventTime) / 1000);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Math.max(...times)).toBeLessThan(scenario.now - 60);
    expect(new Set(entries.map(({ EventId }) => EventId)).size).toBe(entries.length);
    for (const entry of entries) {
      const record = JSON.parse(entry.CloudTrailEvent);
      expect(record).toMatchObject({
        eventName: entry.EventName,
        eventID: entry.EventId,
        awsRegion: scenario.place.region,
      });
      expect(record.userIdentity.arn.endsWith(entry.Username)).toBe(true);
    }
  });
});

describe("changes that are not at fault", () => {
  const start = ({ scenario }: World) => scenario.now - scenario.window;
  const firstAlarm = (world: World) => Math.min(...figuresOf(world).episodes.map(({ alarmAt }) => alarmAt));
  const own = (world: World) => (world.scenario.changes ?? []).filter(({ where }) => where === "here");

  it("are of another load balancer, just before it begins", () => {
    const { world } = drawn("change-elsewhere", 1);
    expect(own(world)).toEqual([]);
    const before = (world.scenario.changes ?? []).map(({ at }) => firstAlarm(world) - start(world) - at);
    expect(before.some((seconds) => seconds > 0 && seconds < 900)).toBe(true);
    const told = JSON.stringify(asked(world, ELB).events.filter(({ name }) => name.startsWith("Modify")));
    expect(told).not.toContain(world.arns.targetGroups[0]);
  });

  it("come after the trouble began", () => {
    const { world } = drawn("change-after-trouble", 1);
    expect(own(world).map(({ at }) => start(world) + at > firstAlarm(world))).toEqual([true]);
  });

  it("are followed by an hour of health", () => {
    const { world } = drawn("change-then-health", 2);
    expect(own(world).map(({ at }) => firstAlarm(world) - start(world) - at > 3600)).toEqual([true]);
  });
});

it("targets that come and go are in the trail, by the hundred, and a pod's by its address", () => {
  const { world } = drawn("deregistration-delay-lowered", 2);
  const { events } = asked(world, ELB);
  const moved = events.filter(({ name }) => name === "RegisterTargets" || name === "DeregisterTargets");
  const mine = moved.filter((event) => JSON.stringify(event).includes(world.arns.targetGroups[0] ?? ""));
  expect(moved.length - mine.length).toBeGreaterThan(50);
  const gone = world.truth.pods.filter(({ left }) => left !== null && left < world.truth.length - 600);
  expect(mine.filter(({ name }) => name === "DeregisterTargets").length).toBeGreaterThanOrEqual(gone.length);
  expect(mine.every(({ by }) => by.kind === "role" && by.name?.includes("load-balancer-controller"))).toBe(true);
});
