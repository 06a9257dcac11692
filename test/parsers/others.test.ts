import { describe, expect, it } from "vitest";
import { cpuMax, quantity } from "../../src/model/quantity.ts";
import { visible, visibleDeep, visibleJson } from "../../src/model/visible.ts";
import { describeRules } from "../../src/sources/elbv2/listeners.ts";
import { describeTags, describeTargetHealth } from "../../src/sources/elbv2/questions.ts";
import { listPods, listServices, listWorkloads, podSnapshot } from "../../src/sources/kubernetes/questions.ts";
import { escaped, query, queryRange, quoted } from "../../src/sources/prometheus/questions.ts";
import { OBEYED, UNSEEN } from "../obeyed.ts";

describe("elbv2", () => {
  it("reads single and weighted forward actions, and conditions in both of their forms", () => {
    const { value } = describeRules("l").parse([
      {
        Rules: [
          {
            RuleArn: "r1",
            IsDefault: false,
            Priority: "1",
            Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: ["api.example.com"] } }],
            Actions: [{ Type: "forward", TargetGroupArn: "a" }],
          },
          {
            Priority: "2",
            Conditions: [{ Field: "path-pattern", Values: ["/v1/*", "/v2/*"] }],
            Actions: [
              {
                Type: "forward",
                ForwardConfig: {
                  TargetGroups: [
                    { TargetGroupArn: "a", Weight: 90 },
                    { TargetGroupArn: "b", Weight: 10 },
                  ],
                  TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 300 },
                },
              },
            ],
          },
          { Priority: "default", IsDefault: true, Actions: [{ Type: "fixed-response" }] },
        ],
      },
    ]);
    expect(value).toEqual([
      {
        arn: "r1",
        forwardsOnly: true,
        groupStickiness: null,
        priority: "1",
        condition: "host api.example.com",
        hosts: ["api.example.com"],
        targetGroups: [{ arn: "a", weight: 1 }],
      },
      {
        forwardsOnly: true,
        groupStickiness: 300,
        priority: "2",
        condition: "path /v1/* or /v2/*",
        targetGroups: [
          { arn: "a", weight: 90 },
          { arn: "b", weight: 10 },
        ],
      },
      {
        defaultOf: "l",
        forwardsOnly: false,
        groupStickiness: null,
        priority: "default",
        condition: "everything else",
        targetGroups: [],
      },
    ]);
  });
  it("keeps the targets that it can read and tells of the one that it cannot", () => {
    const { value, flaws } = describeTargetHealth("t").parse([
      { TargetHealthDescriptions: [{ Target: { Id: "i-1", Port: 1 } }, { Target: {} }] },
    ]);
    expect(value).toEqual([{ id: "i-1", port: 1, zone: null, state: "unknown", reason: null }]);
    expect(flaws).toEqual([expect.stringContaining("TargetHealthDescriptions[1]")]);
  });
  it("gives tags by ARN", () => {
    const { value } = describeTags(["a"]).parse([
      { TagDescriptions: [{ ResourceArn: "a", Tags: [{ Key: "k", Value: "v" }] }] },
    ]);
    expect(value.get("a")).toEqual({ k: "v" });
  });
});

describe("kubernetes", () => {
  const metadata = { name: "x", namespace: "n" };

  it("reads objects that leave out all that may be left out", () => {
    expect(listServices().parse([{ items: [{ metadata, spec: {} }] }]).value).toMatchObject([
      { spec: { type: "ClusterIP", ports: [], selector: {} } },
    ]);
    const pods = listPods("n", "a=b").parse([
      { items: [{ metadata, spec: { containers: [{ name: "c" }] }, status: {} }] },
    ]);
    expect(pods.flaws).toEqual([]);
    expect(pods.value[0]?.spec.containers[0]).toMatchObject({
      cpuRequest: null,
      cpuLimit: null,
      command: [],
      probes: { readiness: false },
    });
  });
  it("reads resources, arguments and probes of a Deployment's template", () => {
    const container = {
      name: "c",
      command: ["gunicorn"],
      args: ["-w", "2"],
      env: [
        { name: "A", value: "1" },
        { name: "SECRET", valueFrom: {} },
      ],
      resources: { requests: { cpu: "1200m", memory: "2.5Gi" }, limits: { cpu: 2 } },
      startupProbe: {},
    };
    const good = { ...container, resources: { requests: { cpu: "1200m", memory: "2.5Gi" }, limits: { cpu: "2" } } };
    const read = (one: object) =>
      listWorkloads("Deployment", "n").parse([
        { items: [{ metadata, spec: { template: { spec: { containers: [one] } } } }] },
      ]);
    expect(read(good).value[0]?.spec.template.spec.containers[0]).toMatchObject({
      command: ["gunicorn", "-w", "2"],
      environment: { A: "1" },
      cpuRequest: 1.2,
      cpuLimit: 2,
      memoryRequest: 2.5 * 2 ** 30,
      probes: { readiness: false, liveness: false, startup: true },
    });
    expect(read(container).flaws).toEqual([expect.stringContaining("limits.cpu")]);
  });
  it("sums a pod's containers in a snapshot", () => {
    const page = {
      items: [
        {
          metadata: { name: "p" },
          containers: [
            { name: "a", usage: { cpu: "997m" } },
            { name: "b", usage: { cpu: "3000000n" } },
          ],
        },
      ],
    };
    expect(podSnapshot("n", "a=b").parse([page]).value).toEqual([{ pod: "p", cpu: 1 }]);
  });
  it("does not take a refusal for an empty list", () => {
    expect(() => listServices().parse([{ kind: "Status", code: 403 }])).toThrow("items is missing");
  });
});

describe("prometheus", () => {
  const page = (resultType: string, result: unknown, more = {}) => ({
    status: "success",
    data: { resultType, result },
    ...more,
  });

  it("lays a matrix on the grid that was asked for, infinities and NaN as nothing", () => {
    const typed = queryRange("up", { start: 30, end: 200 }, 60);
    expect(typed.question.input).toMatchObject({ start: "1970-01-01T00:00:00Z", end: "1970-01-01T00:03:00Z" });
    const { value } = typed.parse([
      page("matrix", [
        {
          metric: { pod: "a" },
          values: [
            [0, "1"],
            [60, "NaN"],
            [120, "+Inf"],
            [180, "4"],
          ],
        },
      ]),
    ]);
    expect(value).toEqual([{ labels: { pod: "a" }, series: { start: 0, step: 60, values: [1, null, null, 4] } }]);
  });
  it("reads a vector, and passes Prometheus' warnings on", () => {
    const { value, flaws } = query("up", 0).parse([
      page(
        "vector",
        [
          { metric: {}, value: [0, "2.5"] },
          { metric: {}, value: [0, "NaN"] },
        ],
        { warnings: ["partial"] },
      ),
    ]);
    expect(value).toEqual([{ labels: {}, value: 2.5 }]);
    expect(flaws).toEqual(["Prometheus warns: partial"]);
  });
  it("refuses an error, another type and an empty body", () => {
    expect(() => query("up", 0).parse([{ status: "error", error: "x" }])).toThrow("status");
    expect(() => query("up", 0).parse([page("matrix", [])])).toThrow("no vector");
    expect(() => query("up", 0).parse([{}])).toThrow("status");
  });
  it("escapes hostile label values and regular expressions", () => {
    expect(quoted('a"b\\c\n')).toBe('"a\\"b\\\\c\\n"');
    expect(escaped("a.b*c|d")).toBe("a\\.b\\*c\\|d");
  });
});

describe("quantity", () => {
  it.each([
    ["1200m", 1.2],
    ["2", 2],
    ["2.5Gi", 2.5 * 2 ** 30],
    ["1e3", 1000],
    ["250u", 0.00025],
    ["100k", 1e5],
  ])("%s", (raw, value) => {
    expect(quantity(raw)).toBeCloseTo(value, 9);
  });
  it("is nothing for what is no quantity", () => {
    for (const raw of ["", "abc", "1x", "1 Gi", "--1"]) expect(quantity(raw)).toBeNull();
  });
});

describe("cpuMax", () => {
  it("reads quota and period, and no quota", () => {
    expect(cpuMax("150000 100000\n")).toBe(1.5);
    expect(cpuMax("max 100000")).toBeNull();
    expect(() => cpuMax("cat: no such file")).toThrow("not a cpu.max");
  });
});

describe("visible", () => {
  it("shows what a terminal would obey, in keys too, and leaves text and newlines alone", () => {
    expect(visible("a\u001b]0;x\u0007b\r\u009b\u202ec\td\né")).toBe("a\\u{1b}]0;x\\u{7}b\\u{d}\\u{9b}\\u{202e}c\td\né");
    for (const one of UNSEEN) expect(visible(`a${one}b`)).toBe(`a\\u{${one.codePointAt(0)?.toString(16)}}b`);
    expect(visible("⚖ naïve façade, 名前, שם, 😀 ≥ 3 · –")).toBe("⚖ naïve façade, 名前, שם, 😀 ≥ 3 · –");
    expect(visibleDeep({ "k\u001b": ["\u0000", 1, null] })).toEqual({ "k\\u{1b}": ["\\u{0}", 1, null] });
    expect(visibleDeep([{ "k\u202e": 1 }])).toEqual([{ "k\\u{202e}": 1 }]);
  });

  it("leaves the value of a JSON text what it was", () => {
    const json = visibleJson(JSON.stringify({ [UNSEEN]: UNSEEN }));
    expect(json).not.toMatch(OBEYED);
    expect(JSON.parse(json)).toEqual({ [UNSEEN]: UNSEEN });
  });
});
