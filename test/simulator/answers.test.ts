import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { FAMILIES, scenarioFor } from "../../simulator/families.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld, podsAtEnd, rejudge, type World } from "../../simulator/world.ts";
import type { Typed } from "../../src/model/question.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeAlarmHistory, describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import { describeListeners, describeRules } from "../../src/sources/elbv2/listeners.ts";
import * as elbv2 from "../../src/sources/elbv2/questions.ts";
import * as kubernetes from "../../src/sources/kubernetes/questions.ts";
import { query, queryRange } from "../../src/sources/prometheus/questions.ts";

/** Everything that can be asked of a world, once. */
function questions(world: World): Typed<unknown>[] {
  const { scenario, arns } = world;
  const { focus } = scenario;
  const { namespace } = focus;
  const span = { start: scenario.now - scenario.window, end: scenario.now };
  const selector = `app=${focus.deployment}`;
  const pod = podsAtEnd(world)[0]?.name ?? "";
  return [
    describeAlarms([scenario.alarm.name]),
    describeAlarmHistory(scenario.alarm.name, { start: scenario.now - 30 * 86_400, end: scenario.now }),
    elbv2.describeLoadBalancer(arns.loadBalancer),
    elbv2.describeLoadBalancerAttributes(arns.loadBalancer),
    describeListeners(arns.loadBalancer),
    describeRules(arns.listener),
    elbv2.describeTargetGroups(arns.loadBalancer),
    elbv2.describeTags([arns.loadBalancer, ...arns.targetGroups]),
    ...arns.targetGroups.flatMap((arn) => [elbv2.describeTargetGroupAttributes(arn), elbv2.describeTargetHealth(arn)]),
    kubernetes.listServices(),
    kubernetes.listTargetGroupBindings(),
    kubernetes.listPods(namespace, selector),
    ...(["Deployment", "StatefulSet", "DaemonSet"] as const).map((kind) => kubernetes.listWorkloads(kind, namespace)),
    kubernetes.listReplicaSets(namespace),
    kubernetes.listAutoscalers(namespace),
    kubernetes.listNodes(),
    kubernetes.podSnapshot(namespace, selector),
    kubernetes.getConfigMap("kube-system", "cluster-autoscaler-status"),
    ...(world.server.configFile ? [kubernetes.getConfigMap(namespace, `${focus.deployment}-gunicorn`)] : []),
    kubernetes.execIn(namespace, pod, focus.container, ["cat", "/sys/fs/cgroup/cpu.max"]),
    kubernetes.execIn(namespace, pod, focus.container, ["ps", "-eo", "pid,ppid,args"]),
    query("max by (node) (kube_pod_info)", scenario.now),
    queryRange(`sum by (pod, container) (rate(container_cpu_usage_seconds_total{container!=""}[1m]))`, span, 60),
  ];
}

describe("every question is answered in the vendor's shape", () => {
  const worlds = [
    ...Object.values(INCIDENTS).map((make) => make()),
    ...FAMILIES.map((family) => scenarioFor(family, 21)),
  ];
  it.each(worlds.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
    const world = buildWorld(scenario);
    const source = new WorldSource(world);
    for (const { question, parse } of questions(world)) {
      const answer = source.answer(question);
      if (answer.status === "failed") throw new Error(`${question.operation}: ${answer.failure.message}`);
      const parsed = parse(answer.pages);
      expect(parsed.flaws ?? []).toEqual([]);
      expect(parsed.value).not.toBeNull();
    }
  });
});

describe("what is not there", () => {
  const world = buildWorld(INCIDENTS["worker-ceiling"]());
  const source = new WorldSource(world);

  it("is missing, or an empty list", () => {
    const missing = [
      elbv2.describeLoadBalancer("arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/x/0"),
      elbv2.describeTargetHealth("arn:nothing"),
      kubernetes.getConfigMap("default", "nothing"),
      kubernetes.execIn("default", "nothing", "app", ["cat", "/sys/fs/cgroup/cpu.max"]),
    ];
    for (const { question } of missing)
      expect(source.answer(question)).toMatchObject({ status: "failed", failure: { kind: "missing" } });
    expect(source.answer(describeAlarms(["nothing"]).question)).toMatchObject({ pages: [{ MetricAlarms: [] }] });
    expect(source.answer(kubernetes.listPods("default", "app=nothing").question)).toMatchObject({
      pages: [{ items: [] }],
    });
    expect(source.answer(query("no_such_metric", world.scenario.now).question)).toMatchObject({
      pages: [{ data: { resultType: "vector", result: [] } }],
    });
  });

  it("a query that Prometheus would not understand is refused with its words", () => {
    expect(source.answer(query("sum by (pod) (rate(x[1m])", world.scenario.now).question)).toMatchObject({
      status: "failed",
      failure: { kind: "malformed", message: expect.stringMatching(/bad_data.*parse error/) },
    });
  });

  it("without the usual filter, usage counts twice", () => {
    const sum = (filter: string) => {
      const text = `sum(rate(container_cpu_usage_seconds_total{pod=~"data-service-.*"${filter}}[5m]))`;
      const { question, parse } = query(text, world.scenario.now - 900);
      const answer = source.answer(question);
      return answer.status === "answered" ? (parse(answer.pages).value[0]?.value ?? 0) : 0;
    };
    expect(sum("") / sum(',container!="",container!="POD"')).toBeCloseTo(2, 2);
  });
});

describe("long histories", () => {
  const scenario = INCIDENTS["worker-ceiling"]();
  const earlier = Array.from({ length: 60 }, (_, index) => ({ ago: 86_400 + index * 7200, seconds: 120 }));
  const alarm = { ...scenario.alarm, earlier, longHistory: true };
  const world = rejudge(buildWorld(scenario), { ...scenario, alarm });
  const typed = describeAlarmHistory(alarm.name, { start: scenario.now - 30 * 86_400, end: scenario.now });
  const answer = new WorldSource(world).answer(typed.question);
  const pages = answer.status === "answered" ? answer.pages : [];

  it("come in pages of at most 100 entries, all but the last with a token", () => {
    expect(pages.length).toBe(3);
    for (const [index, page] of pages.entries()) {
      const { AlarmHistoryItems, NextToken } = page as { AlarmHistoryItems: unknown[]; NextToken?: string };
      expect(AlarmHistoryItems.length).toBeLessThanOrEqual(100);
      expect(NextToken === undefined).toBe(index === pages.length - 1);
    }
  });

  it("hold entries cut at 4,095 characters, which can still be read", () => {
    const data = [...JSON.stringify(pages).matchAll(/"HistoryData":"((?:[^"\\]|\\.)*)"/g)].map(
      (match) => (JSON.parse(`"${match[1]}"`) as string).length,
    );
    expect(Math.max(...data)).toBe(4095);
    const { value, flaws } = typed.parse(pages);
    expect(flaws).toEqual([]);
    expect(value.filter((one) => one.to === "ALARM")).toHaveLength(69);
  });
});

describe("many datapoints", () => {
  it("come in pages of at most 100,800, and add up to the same series", () => {
    const world = buildWorld(INCIDENTS["fleet-long-poll"]());
    const { now, window } = world.scenario;
    const wanted = Array.from({ length: 300 }, (_, index) => ({
      id: `m${index}`,
      namespace: "AWS/ApplicationELB",
      metric: "HealthyHostCount",
      dimensions: {
        LoadBalancer: world.arns.loadBalancerDimension,
        TargetGroup: world.arns.targetGroupDimensions[0] ?? "",
      },
      statistic: "Minimum",
    }));
    const { question, parse } = metricData({ start: now - window, end: now }, 60, wanted);
    const answer = new WorldSource(world).answer(question);
    if (answer.status === "failed") throw new Error(answer.failure.message);
    expect(answer.pages).toHaveLength(2);
    const { value, flaws } = parse(answer.pages);
    expect(flaws).toEqual([]);
    for (const series of value.values()) expect(series.values.every((hosts) => hosts === 5)).toBe(true);
  });
});
