import { describe, expect, it } from "vitest";
import { marksOf } from "../../simulator/accuracy/judge.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { figuresOf } from "../../simulator/figures.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { Judgement } from "../../simulator/truth.ts";
import { buildWorld, podsAtEnd } from "../../simulator/world.ts";
import { type WorldKind, worldFor } from "../../simulator/worlds.ts";
import type { Typed } from "../../src/model/question.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeRules } from "../../src/sources/elbv2/listeners.ts";
import * as elbv2 from "../../src/sources/elbv2/questions.ts";
import * as kubernetes from "../../src/sources/kubernetes/questions.ts";
import { query } from "../../src/sources/prometheus/questions.ts";

function asked<T>(source: WorldSource, { question, parse }: Typed<T>): T {
  const answer = source.answer(question);
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return parse(answer.pages).value;
}

/** Raw objects: what the product does not parse yet is in them too. */
function listed(source: WorldSource, apiVersion: string, resource: string): { [field: string]: never }[] {
  const answer = source.answer({ source: "kubernetes", operation: "list", input: { apiVersion, resource } });
  return answer.status === "answered" ? (answer.pages as { items: [] }[]).flatMap((page) => page.items) : [];
}

const incident = INCIDENTS["worker-ceiling"]();
const main: Scenario = { ...incident, focus: { ...incident.focus, rollouts: [] } };
const inWindow = (seconds: number) => main.now - main.window + seconds;

function changed(change: Partial<Scenario>): WorldSource {
  return new WorldSource(buildWorld({ ...main, ...change }));
}

/** A sample: drawing all of them would take minutes, and `npm run accuracy` does. */
const SAMPLE: readonly WorldKind[] = [
  "canary-worse",
  "lowered-threshold",
  "mixed-polls",
  "blocked-workers",
  "guilty-rollout-after-old-flap",
  "dns-timeouts",
  "plain-instances",
];

describe.each(SAMPLE)("%s", (kind) => {
  const { scenario, judgement } = worldFor(kind, 2);

  it("is the same for the same seed, and shows its trouble", () => {
    expect(worldFor(kind, 2)).toEqual({ scenario, judgement });
    expect(figuresOf(buildWorld(scenario)).episodes.length).toBeGreaterThan(0);
  });

  it("says what is true once", () => {
    const answers = [judgement.truth, ...judgement.accept, ...judgement.never];
    expect(new Set(answers).size).toBe(answers.length);
    expect(scenario.cause).toBe(judgement.truth);
  });
});

describe("marks", () => {
  const judgement: Judgement = { truth: "cpu-throttling", accept: ["bad-target"], never: ["slow-dependency"], why: "" };
  const said = (rootCause: string | null, confidence = "confirmed", status = "undetermined") =>
    marksOf(judgement, { rootCause, confidence, hypotheses: [{ cause: "cpu-throttling", status }] });

  it("tells right, accepted, open and wrong", () => {
    expect(["cpu-throttling", "bad-target", null, "cold-start"].map((cause) => said(cause).outcome)).toEqual([
      "right",
      "accepted",
      "open",
      "wrong",
    ]);
    expect(
      marksOf({ ...judgement, truth: null }, { rootCause: null, confidence: "none", hypotheses: [] }).outcome,
    ).toBe("right");
  });

  it("counts what is confirmed and wrong, what must never be said, and a true cause that was ruled out", () => {
    expect(said("slow-dependency")).toMatchObject({ confirmedWrong: true, never: true, truthRejected: false });
    expect(said("cold-start", "likely")).toMatchObject({ confirmedWrong: false, never: false });
    expect(said("bad-target")).toMatchObject({ confirmedWrong: false });
    expect(said(null, "none", "rejected").truthRejected).toBe(true);
  });
});

describe("containers that are killed", () => {
  const source = changed({ faults: { kills: [{ at: 16_000, pod: 0, reason: "OOMKilled" }] } });
  const { world } = source;
  const killed = world.truth.pods.find((pod) => pod.restarts.length > 0);
  if (!killed) throw new Error("no pod was killed");
  const counter = `container_cpu_usage_seconds_total{pod="${killed.name}",container="${world.scenario.focus.container}"}`;

  it("show it in Kubernetes", () => {
    const pods = listed(source, "v1", "pods") as unknown as {
      metadata: { name: string };
      status: { containerStatuses: { restartCount: number; lastState: object }[] };
    }[];
    const statuses = pods.find(({ metadata }) => metadata.name === killed.name)?.status.containerStatuses;
    expect(statuses).toMatchObject([{ restartCount: 1, lastState: { terminated: { reason: "OOMKilled" } } }]);
  });

  it("begin their counters anew, and are not ready meanwhile", () => {
    const at = (text: string, seconds: number) => asked(source, query(text, inWindow(seconds)))[0]?.value ?? Number.NaN;
    expect(at(counter, 16_060)).toBeLessThan(at(counter, 15_940));
    const readiness = `kube_pod_status_ready{pod="${killed.name}",condition="true"}`;
    expect([15_940, 16_040].map((seconds) => at(readiness, seconds))).toEqual([1, 0]);
    expect(at(`kube_pod_container_status_restarts_total{pod="${killed.name}"}`, 16_060)).toBe(1);
  });
});

describe("routes", () => {
  it("with cross-zone off, the zone of few pods gets a full share, and is slow", () => {
    const zone = main.place.zones[0] ?? "";
    const lone = main.nodes.findIndex((node) => node.zone === zone);
    const rest = main.nodes.findIndex((node) => node.zone !== zone);
    const source = changed({
      focus: { ...main.focus, targetType: "ip", routing: { crossZoneOff: true, placement: [lone, rest, rest, rest] } },
    });
    const { arns, scenario } = source.world;
    const dimensions = (AvailabilityZone: string) => ({
      AvailabilityZone,
      LoadBalancer: arns.loadBalancerDimension,
      TargetGroup: arns.targetGroupDimensions[0] ?? "",
    });
    const read = (metric: string, statistic: string, where: string) => {
      const wanted = { id: "m", namespace: "AWS/ApplicationELB", metric, dimensions: dimensions(where), statistic };
      const span = { start: scenario.now - scenario.window, end: scenario.now };
      const values = asked(source, metricData(span, 60, [wanted])).get("m")?.values ?? [];
      return values.reduce<number>((all, one) => all + (one ?? 0), 0) / values.length;
    };
    const other = scenario.place.zones.find((one) => one !== zone && one === main.nodes[rest]?.zone) ?? "";
    expect(read("HealthyHostCount", "Minimum", zone)).toBe(1);
    expect(read("RequestCount", "Sum", zone) / read("RequestCount", "Sum", other)).toBeCloseTo(1, 1);
    expect(read("TargetResponseTime", "Average", zone)).toBeGreaterThan(
      2 * read("TargetResponseTime", "Average", other),
    );
    const attributes = asked(source, elbv2.describeTargetGroupAttributes(arns.targetGroups[0] ?? ""));
    expect(attributes["load_balancing.cross_zone.enabled"]).toBe("false");
  });

  it("a weighted rule names both groups with their weights", () => {
    const source = changed({ canary: { weight: 10, stableWeight: 90 } });
    const [first] = asked(source, describeRules(source.world.arns.listener));
    expect(first?.targetGroups.map(({ weight }) => weight)).toEqual([10, 90]);
  });
});

describe("sources that show it otherwise", () => {
  const cores = 'sum by (pod) (rate(container_cpu_usage_seconds_total{container!="",container!="POD"}[5m]))';
  const own = (source: WorldSource) => {
    const names = new Set(podsAtEnd(source.world).map((pod) => pod.name));
    const lines = asked(source, query(cores, main.now)).filter(({ labels }) => names.has(labels.pod ?? ""));
    return lines.reduce((all, one) => all + one.value, 0);
  };

  it("two replicas of Prometheus double what is summed", () => {
    expect(own(changed({ seen: { doubled: "replicas" } })) / own(changed({}))).toBeCloseTo(2, 1);
  });

  it("a clock that is ahead shows the CPU of earlier minutes", () => {
    const source = changed({ seen: { clock: 300 } });
    const text = `sum(container_cpu_usage_seconds_total{container="${main.focus.container}"})`;
    const [late] = asked(source, query(text, inWindow(9300)));
    const [early] = asked(changed({}), query(text, inWindow(9000)));
    expect(late?.value).toBe(early?.value);
  });

  it("a hot pod's samples are gone, and only those", () => {
    const counted = (source: WorldSource) =>
      asked(source, query('sum(count_over_time(container_cpu_usage_seconds_total{container!=""}[6h]))', main.now))[0]
        ?.value ?? 0;
    const whole = counted(changed({}));
    const kept = counted(changed({ seen: { lostAbove: 0.5 } }));
    expect(kept).toBeLessThan(0.99 * whole);
    expect(kept).toBeGreaterThan(0.5 * whole);
  });

  it("another context's cluster holds none of the targets, nor their target groups", () => {
    const { scenario } = worldFor("other-context", 2);
    const source = new WorldSource(buildWorld(scenario));
    const { targetGroups } = source.world.arns;
    const targets = asked(source, elbv2.describeTargetHealth(targetGroups[0] ?? "")).map(({ id }) => id);
    const known = JSON.stringify([listed(source, "v1", "nodes"), listed(source, "v1", "pods")]);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((id) => known.includes(id))).toEqual([]);
    const bound = asked(source, kubernetes.listTargetGroupBindings()).map(({ spec }) => spec.targetGroupARN);
    expect(bound.filter((arn) => targetGroups.includes(arn ?? ""))).toEqual([]);
    expect(listed(source, "apps/v1", "deployments").map((one) => one.metadata)).toContainEqual(
      expect.objectContaining({ name: scenario.focus.deployment }),
    );
  });
});

it("answers what it does not know as the vendor does", () => {
  const source = changed({});
  const unknown = metricData({ start: inWindow(0), end: main.now }, 60, [
    { id: "m", namespace: "AWS/Nothing", metric: "Nothing", dimensions: {}, statistic: "Sum" },
  ]);
  expect(
    asked(source, unknown)
      .get("m")
      ?.values.every((value) => value === null),
  ).toBe(true);
  expect(asked(source, query("nothing_total", main.now))).toEqual([]);
  expect(source.answer(query("nothing_of_the_kind(up)", main.now).question)).toMatchObject({
    failure: { kind: "malformed" },
  });
  for (const labelSelector of ["app in (nothing)", "!nothing,nothing", "==="])
    expect(
      source.answer({
        source: "kubernetes",
        operation: "list",
        input: { apiVersion: "v1", resource: "pods", labelSelector },
      }),
    ).toMatchObject({ status: "answered", pages: [{ items: [] }] });
});
