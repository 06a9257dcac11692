import { describe, expect, it } from "vitest";
import { evaluateAlarm } from "../../simulator/alarm.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { LEAD, TICK } from "../../simulator/clock.ts";
import { scenarioFor } from "../../simulator/families.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld } from "../../simulator/world.ts";
import type { Input, Question } from "../../src/model/question.ts";
import { iso } from "../../src/model/time.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeAlarmHistory, describeAlarms } from "../../src/sources/cloudwatch/questions.ts";

const SCENARIOS: readonly Scenario[] = [
  INCIDENTS["worker-ceiling"](),
  INCIDENTS.clumping(),
  scenarioFor("cpu-throttling", 3),
  scenarioFor("shared-load-balancer", 3),
];

describe.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  const world = buildWorld(scenario);
  const source = new WorldSource(world);
  const span = { start: scenario.now - scenario.window, end: scenario.now };
  const loadBalancer = { LoadBalancer: world.arns.loadBalancerDimension };
  const inGroup = (index: number) => ({ ...loadBalancer, TargetGroup: world.arns.targetGroupDimensions[index] ?? "" });

  function series(metric: string, statistic: string, dimensions: { readonly [name: string]: string }, period = 60) {
    const wanted = { id: "m", namespace: "AWS/ApplicationELB", metric, dimensions, statistic };
    const typed = metricData(span, period, [wanted]);
    const found = typed.parse(pages(typed.question)).value.get("m");
    if (!found) throw new Error("no series");
    return found.values;
  }

  function pages(question: Question): readonly unknown[] {
    const answer = source.answer(question);
    if (answer.status === "failed") throw new Error(answer.failure.message);
    return answer.pages;
  }

  it("the load balancer's average is the weighted mean of its target groups", () => {
    const groups = world.groups.map((_, index) => ({
      average: series("TargetResponseTime", "Average", inGroup(index)),
      count: series("TargetResponseTime", "SampleCount", inGroup(index)),
    }));
    const average = series("TargetResponseTime", "Average", loadBalancer);
    for (const [minute, value] of average.entries()) {
      const count = groups.reduce((all, group) => all + (group.count[minute] ?? 0), 0);
      const sum = groups.reduce((all, group) => all + (group.count[minute] ?? 0) * (group.average[minute] ?? 0), 0);
      if (value === null) expect(count).toBe(0);
      else expect(Math.abs(sum / count - value)).toBeLessThan(2e-4);
    }
  });

  it("zones add up, counts agree, and the maximum is the highest of the groups'", () => {
    const zones = scenario.place.zones.map((AvailabilityZone) =>
      series("RequestCount", "Sum", { ...loadBalancer, AvailabilityZone }),
    );
    const requests = series("RequestCount", "Sum", loadBalancer);
    const groups = world.groups.map((_, index) => series("TargetResponseTime", "Maximum", inGroup(index)));
    const answers = ["2XX", "4XX", "5XX"].map((code) => series(`HTTPCode_Target_${code}_Count`, "Sum", loadBalancer));
    const given = series("HTTPCode_ELB_504_Count", "Sum", loadBalancer);
    const samples = series("TargetResponseTime", "SampleCount", loadBalancer);
    const maximum = series("TargetResponseTime", "Maximum", loadBalancer);
    for (const [minute, value] of requests.entries()) {
      const at = (line: readonly (number | null)[]) => line[minute] ?? 0;
      expect(zones.reduce((all, line) => all + at(line), 0)).toBe(value ?? 0);
      expect(answers.reduce((all, line) => all + at(line), 0)).toBe(at(samples));
      expect(at(samples) + at(given)).toBe(value ?? 0);
      expect(Math.max(...groups.map(at))).toBe(at(maximum));
    }
  });

  it("longer periods hold what their minutes hold", () => {
    const minutes = series("RequestCount", "Sum", inGroup(0));
    const quarters = series("RequestCount", "Sum", inGroup(0), 900);
    const offset = (span.start - Math.floor(span.start / 900) * 900) / 60;
    const part = minutes.slice(15 - offset, 30 - offset).reduce<number>((all, one) => all + (one ?? 0), 0);
    expect(quarters[1] ?? 0).toBe(part);
  });

  it("answers nothing for a dimension set that is not published", () => {
    const unpublished: readonly { readonly [name: string]: string }[] = [
      {},
      { LoadBalancer: "app/other/0" },
      { ...loadBalancer, Service: "x" },
      { AvailabilityZone: "x" },
    ];
    for (const dimensions of unpublished)
      expect(series("TargetResponseTime", "Average", dimensions).every((value) => value === null)).toBe(true);
    expect(series("HTTPCode_ELB_504_Count", "Sum", inGroup(0)).every((value) => value === null)).toBe(true);
  });

  it("the alarm's history follows from the published datapoints", () => {
    const alarm = describeAlarms([scenario.alarm.name]);
    const described = alarm.parse(pages(alarm.question)).value.get(scenario.alarm.name);
    if (!described || !("alarm" in described)) throw new Error("no alarm");
    expect(described.alarm.state).toBe(world.state);
    const start = world.start;
    const wanted = {
      id: "m",
      namespace: "AWS/ApplicationELB",
      metric: "TargetResponseTime",
      dimensions: described.alarm.dimensions,
      statistic: described.alarm.statistic,
    };
    const data = metricData({ start, end: scenario.now }, described.alarm.period, [wanted]);
    const values = data.parse(pages(data.question)).value.get("m")?.values ?? [];
    const history = describeAlarmHistory(scenario.alarm.name, {
      start: scenario.now - scenario.window - LEAD,
      end: scenario.now,
    });
    const { value: told, flaws } = history.parse(pages(history.question));
    expect(flaws).toEqual([]);
    const replayed = evaluateAlarm(values, start, scenario.alarm, scenario.now).changes;
    expect(told.map(({ from, to, at }) => [from, to, Math.round(at)])).toEqual(
      replayed.map(({ from, to, at }) => [from, to, Math.round(at)]),
    );
  });

  it("CPU seconds are those of the requests", () => {
    const { requests, done, servedBy, pods } = world.truth;
    for (const [index, pod] of pods.entries()) {
      let cost = 0;
      let open = 0;
      for (const [request, by] of servedBy.entries()) {
        if (by !== index) continue;
        const factor = scenario.focus.rollouts.find((one) => one.version === pod.version)?.cpuFactor ?? 1;
        const cpu = (requests.cpu[request] ?? 0) * factor;
        if (Number.isFinite(done[request])) cost += cpu;
        else open += cpu;
      }
      const held = scenario.focus.inFlight ? scenario.focus.inFlight.ago : 0;
      expect(pod.served).toBeGreaterThan(cost * 0.999 - 0.01);
      expect(pod.served).toBeLessThan(cost + open + held + 0.01);
      const total = pod.cpu.at(-1) ?? 0;
      expect(total).toBeGreaterThanOrEqual(pod.served - 0.01);
      // Beyond the requests there is the start and a trickle.
      expect(total - pod.served).toBeLessThan(
        0.7 * (pod.ready - (pod.created ?? pod.ready)) + 0.016 * world.truth.length,
      );
    }
  });

  it("no pod is throttled in more periods than there were, nor uses more than its quota", () => {
    const quota = scenario.focus.cpuLimit ?? Number.POSITIVE_INFINITY;
    for (const pod of world.truth.pods) {
      const ticks = pod.cpu.slice(1).keys();
      const grown = (line: readonly number[], tick: number) => (line[tick + 1] ?? 0) - (line[tick] ?? 0);
      const odd = [...ticks].filter(
        (tick) =>
          grown(pod.throttled, tick) > grown(pod.periods, tick) + 1e-9 || grown(pod.cpu, tick) > quota * TICK + 1e-6,
      );
      expect(odd).toEqual([]);
    }
  });

  it("a node is never busier than it has cores", () => {
    for (const [index, node] of scenario.nodes.entries()) {
      const busy = world.truth.nodeBusy[index] ?? [];
      const most = Math.max(...busy.slice(1).map((total, tick) => total - (busy[tick] ?? 0)));
      expect(most).toBeLessThanOrEqual(node.cores * TICK + 1e-6);
    }
  });

  it("answers the same twice", () => {
    const again = new WorldSource(buildWorld(scenario));
    const question = (operation: Question["operation"], input: Input): Question => ({
      source: "prometheus",
      operation,
      input,
    });
    const asked = question("query_range", {
      query: `sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="${scenario.focus.namespace}"}[1m]))`,
      start: iso(span.start),
      end: iso(span.end),
      step: 60,
    });
    expect(again.answer(asked)).toEqual(source.answer(asked));
  });
});
