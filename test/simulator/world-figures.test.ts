import { describe, expect, it } from "vitest";
import { evaluateAlarm } from "../../simulator/alarm.ts";
import { drawCalls } from "../../simulator/calls.ts";
import { LEAD, TICK } from "../../simulator/clock.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { GroupTraffic } from "../../simulator/traffic.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { drawn, minutes, sum } from "./drawn.ts";

/** Worlds whose parts are newer than the rest of the simulator, each with a seed that draws it at once. */
const KINDS: readonly (readonly [WorldKind, number])[] = [
  ["cascade-below-capacity", 2],
  ["rollout-in-overload", 2],
  ["tightened-evaluation", 1],
  ["changed-amid-trouble", 1],
  ["ceiling-with-retries", 1],
  ["ceiling-with-hang-ups", 1],
  ["storm-of-hang-ups", 1],
  ["harmless-client-errors", 1],
  ["slow-scale-out", 1],
  ["scale-out-in-time", 2],
  ["sliding-windows", 1],
  ["sliding-windows-waiting", 1],
  ["long-troubles", 1],
  ["deploy-noise", 2],
  ["rollouts-beside", 2],
  ["callee-at-its-ceiling", 1],
  ["callee-throttled", 2],
  ["dependency-of-all", 1],
  ["slow-for-callers", 1],
  ["bad-disk-behind-nodes", 1],
  ["bad-disk-behind-addresses", 1],
  ["image-workers", 1],
  ["image-workers-throttled", 1],
  ["image-workers-waiting", 1],
  ["ceiling-and-slow-dependency", 1],
  ["dependency-and-throttling", 2],
  ["mostly-ceiling", 1],
];

const finished = (group: GroupTraffic) =>
  group.latency.length + sum(group.timedOut) + sum(group.dropped) + sum(group.hungUp);

/** Requests of the focus service that the window's end finds in flight. */
function inFlight({ truth, scenario }: World): number {
  const { requests, done, dropped, hungUp, length } = truth;
  const open = requests.at.filter((at, request) => {
    const end = Math.min(done[request] as number, at + scenario.loadBalancer.idleTimeout);
    return !dropped.has(request) && !hungUp.has(request) && end >= length;
  });
  return open.length;
}

describe.each(KINDS)("%s", (kind, seed) => {
  const { scenario, judgement, world } = drawn(kind, seed);
  const { truth } = world;
  const { focus } = scenario;

  it("says of each answer one thing", () => {
    const { present = [], absent = [] } = judgement.factors ?? {};
    const answers = [judgement.truth, ...judgement.accept, ...judgement.never, ...present, ...absent];
    expect(new Set(answers).size).toBe(answers.length);
    expect(scenario.cause).toBe(judgement.truth);
    expect(scenario.name).toBe(`${kind}-${seed}`);
  });

  it("requests that come are answered, given up, or in flight at the end; the load balancer counts each once", () => {
    const [own] = world.groups;
    expect(own && finished(own) + inFlight(world)).toBe(truth.requests.at.length);
    expect(truth.servedBy.filter((pod) => pod < 0)).toEqual([]);
    const counted = world.groups.map((_, group) => sum(minutes(world, "RequestCount", "Sum", group)));
    expect(counted).toEqual(world.groups.map(finished));
    expect(sum(minutes(world, "RequestCount", "Sum", null))).toBe(sum(counted));
  });

  it("requests that no target answered are the load balancer's own errors, and those only", () => {
    const [own] = world.groups;
    const malformed = scenario.loadBalancer.malformed ?? 0;
    const clients = sum(minutes(world, "HTTPCode_ELB_4XX_Count", "Sum", null));
    if (malformed === 0) expect(clients).toBe(sum(own?.hungUp ?? []));
    else expect(Math.abs(clients / world.minutes - malformed)).toBeLessThan(1);
    expect(sum(minutes(world, "HTTPCode_ELB_504_Count", "Sum", null))).toBe(
      sum(world.groups.map((group) => sum(group.timedOut))),
    );
    const hung = [...truth.hungUp].map(([request, at]) => at - (truth.requests.at[request] ?? 0));
    const { after = 0 } = scenario.faults?.retries ?? {};
    expect(hung.every((waited) => Math.abs(waited - after) < 1e-6)).toBe(true);
  });

  it("no pod uses more than its limit or its workers can, no node more than it has", () => {
    const most = Math.min(focus.cpuLimit ?? Number.POSITIVE_INFINITY, world.server.cores + 0.6 + 0.02);
    for (const { cpu, periods, throttled } of truth.pods) {
      const odd = cpu.findIndex((used, tick) => used - (cpu[tick - 1] ?? used) > most * TICK + 1e-6);
      expect(odd).toBe(-1);
      expect(throttled.findIndex((count, tick) => count > (periods[tick] ?? 0) + 1e-9)).toBe(-1);
    }
    for (const [index, { cores }] of scenario.nodes.entries()) {
      const busy = truth.nodeBusy[index] ?? [];
      const lost = (tick: number) =>
        sum(
          (scenario.faults?.nodeTimes ?? [])
            .filter((one) => one.node === index && tick * TICK - LEAD >= one.at)
            .filter((one) => tick * TICK - LEAD < one.at + one.seconds)
            .map((one) => one.cores),
        );
      const idle = busy.map((used, tick) => cores * TICK - (used - (busy[tick - 1] ?? used)) - lost(tick) * TICK);
      expect(Math.min(...idle)).toBeGreaterThan(-1e-6);
    }
  });

  it("CPU seconds are those of the requests", () => {
    // What fresh pods and dearer versions cost more is bounded, not told request by request.
    const dearest = scenario.faults?.warmUp?.factor ?? 1;
    for (const [index, pod] of truth.pods.entries()) {
      const mine = truth.servedBy.flatMap((by, request) => (by === index ? [request] : []));
      const cost = (of: readonly number[]) => sum(of.map((request) => truth.requests.cpu[request] ?? 0));
      const answered = cost(mine.filter((request) => Number.isFinite(truth.done[request])));
      const held = focus.inFlight ? focus.inFlight.ago : 0;
      const checks = focus.readinessProbe ? (truth.length / focus.readinessProbe.period + 1) * 0.001 : 0;
      expect(pod.served).toBeGreaterThan(answered * 0.999 - 0.01);
      expect(pod.served).toBeLessThan(cost(mine) * dearest + held + checks + 0.01);
    }
  });

  it("healthy and unhealthy targets are those that are registered", () => {
    const healthy = minutes(world, "HealthyHostCount", "Average", 0);
    const unhealthy = minutes(world, "UnHealthyHostCount", "Average", 0);
    for (const [minute, count] of healthy.entries()) {
      const at = minute * 60;
      const registered = truth.pods.filter(({ ready, left }) => ready <= at && (left === null || left > at)).length;
      const targets = focus.targetType === "instance" ? scenario.nodes.length : registered;
      expect(count + (unhealthy[minute] ?? 0)).toBe(targets);
    }
  });

  it("the alarm's history follows from the minutes that CloudWatch has, period by sliding period", () => {
    const { alarm } = scenario;
    const group = alarm.on === "target group" ? 0 : null;
    const step = alarm.period / 60;
    const total = minutes(world, "TargetResponseTime", "Sum", group);
    const count = minutes(world, "TargetResponseTime", "SampleCount", group);
    const single = minutes(world, "TargetResponseTime", alarm.statistic, group);
    const values = single.map((one, minute) => {
      const from = minute + 1 - step;
      const requests = sum(count.slice(Math.max(0, from), minute + 1));
      if (from < 0 || requests === 0) return null;
      return step === 1 ? one : sum(total.slice(from, minute + 1)) / requests;
    });
    const replayed = evaluateAlarm(values, world.start, alarm, scenario.now).changes;
    expect(replayed.map(({ to, at }) => [to, Math.round(at)])).toEqual(
      world.changes.map(({ to, at }) => [to, Math.round(at)]),
    );
  });
});

describe("services that call another", () => {
  const { scenario, world } = drawn("callee-at-its-ceiling", 1);
  const calls = drawCalls(scenario, world.truth.length);

  it("make one request there for each of theirs", () => {
    const made = world.truth.requests.call.filter((call) => call >= 0);
    expect(new Set(made).size).toBe(calls.length);
    const asked = world.groups.slice(1).map((group, index) => ({
      calls: calls.filter(({ other }) => other === index).length,
      finished: finished(group),
    }));
    const calling = asked.filter((one) => one.calls > 0);
    expect(calling).toHaveLength(2);
    // What is still in flight at the end is all that may be missing.
    for (const one of calling) expect(one.calls - one.finished).toBeLessThan(0.01 * one.calls);
    for (const one of calling) expect(one.calls - one.finished).toBeGreaterThanOrEqual(0);
  });

  it("rise with it by the same seconds", () => {
    const average = world.groups.map((_, group) => minutes(world, "TargetResponseTime", "Average", group));
    const worst = (average[0] ?? []).indexOf(Math.max(...(average[0] ?? [])));
    const callee = average[0]?.[worst] ?? 0;
    for (const index of [1, 2]) expect((average[index]?.[worst] ?? 0) / callee).toBeCloseTo(1, 0);
  });
});

describe("images that take long to pull", () => {
  const { truth } = drawn("slow-scale-out", 1).world;
  const added = truth.pods.filter((pod) => pod.created !== null && pod.ready <= truth.length);

  it("leave a pod without CPU until its container starts, and without requests until it is ready", () => {
    expect(added.length).toBeGreaterThan(0);
    for (const pod of added) {
      const at = (seconds: number) => pod.cpu[Math.floor(seconds / TICK) - pod.firstTick] ?? 0;
      expect((pod.started ?? 0) - (pod.created ?? 0)).toBeGreaterThan(100);
      expect(at(pod.started ?? 0)).toBeLessThan(0.02 * ((pod.started ?? 0) - (pod.created ?? 0)));
      expect(at(pod.ready)).toBeGreaterThan(0.5 * (pod.ready - (pod.started ?? 0) - TICK));
      const first = truth.servedBy.indexOf(truth.pods.indexOf(pod));
      if (first >= 0) expect(truth.requests.at[first]).toBeGreaterThanOrEqual(pod.ready);
    }
  });
});

describe("a change of the alarm", () => {
  it("is in its history, and entries before it tell the old settings", () => {
    const { scenario } = drawn("tightened-evaluation", 1);
    const before = {
      ...scenario,
      alarm: { ...scenario.alarm, threshold: 0.01, changed: { at: 9000, before: { threshold: 0.02 } } },
    };
    const source = new WorldSource(
      buildWorld({ ...before, alarm: { ...before.alarm, earlier: [{ ago: 86_400, seconds: 300 }] } }),
    );
    const answer = source.answer({
      source: "cloudwatch",
      operation: "DescribeAlarmHistory",
      input: { AlarmName: scenario.alarm.name, ScanBy: "TimestampAscending" },
    });
    if (answer.status === "failed") throw new Error(answer.failure.message);
    const items = (answer.pages as { AlarmHistoryItems: { HistoryItemType: string; HistoryData: string }[] }[]).flatMap(
      (page) => page.AlarmHistoryItems,
    );
    const data = (type: string) =>
      items.filter((item) => item.HistoryItemType === type).map((item) => JSON.parse(item.HistoryData));
    expect(data("ConfigurationUpdate").at(-1)).toMatchObject({
      originalUpdatedFields: { threshold: 0.02 },
      updatedAlarm: { threshold: 0.01 },
    });
    expect(data("StateUpdate")[0].newState.stateReasonData.threshold).toBe(0.02);
  });
});

it("a metric that nobody publishes is not made up: 460s have no target group", () => {
  const { scenario, world } = drawn("ceiling-with-hang-ups", 1);
  const source = new WorldSource(world);
  const { arns } = source.world;
  const span = { start: scenario.now - scenario.window, end: scenario.now };
  const dimensions = {
    LoadBalancer: arns.loadBalancerDimension,
    TargetGroup: arns.targetGroupDimensions[0] ?? "",
  };
  const wanted = {
    id: "m",
    namespace: "AWS/ApplicationELB",
    metric: "HTTPCode_ELB_4XX_Count",
    dimensions,
    statistic: "Sum",
  };
  const { question, parse } = metricData(span, 60, [wanted]);
  const answer = source.answer(question);
  if (answer.status === "failed") throw new Error(answer.failure.message);
  expect(
    parse(answer.pages)
      .value.get("m")
      ?.values.every((value) => value === null),
  ).toBe(true);
});
