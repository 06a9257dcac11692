import { describe, expect, it } from "vitest";
import { compile } from "../../simulator/prometheus/promql.ts";
import type { RawSeries } from "../../simulator/prometheus/scrape.ts";
import type { Value } from "../../simulator/prometheus/values.ts";

/** A counter that rises by one each second, scraped at :00, :15, …; samples 1000, 1015, … */
function counter(labels: { readonly [label: string]: string }, first = 0, samples = 41, start = 1000): RawSeries {
  const values = Float64Array.from({ length: samples }, (_, index) => start + index * 15);
  return { labels: { __name__: "ticks_total", ...labels }, first, step: 15, values, ended: false };
}

function gauge(name: string, labels: { readonly [label: string]: string }, value: number, ended = false): RawSeries {
  return { labels: { __name__: name, ...labels }, first: 0, step: 15, values: new Float64Array(21).fill(value), ended };
}

function evaluate(query: string, time: number, series: readonly RawSeries[]): Value {
  return compile(query, (metric) => series.filter((one) => one.labels.__name__ === metric))(time);
}

function vector(query: string, time: number, series: readonly RawSeries[]): [string, number][] {
  const value = evaluate(query, time, series);
  if (value.type !== "vector") throw new Error("no vector");
  return value.lines.map((line) => [
    Object.entries(line.labels)
      .map(([name, text]) => `${name}=${text}`)
      .sort()
      .join(","),
    line.value,
  ]);
}

describe("functions over ranges", () => {
  it("rate extrapolates to the edges of the range, which leaves its start out", () => {
    // (240, 300] holds 255, 270, 285, 300: 45 s sampled, 15 s to the start, 0 to the end.
    expect(vector("rate(ticks_total[1m])", 300, [counter({ pod: "a" })])).toEqual([["pod=a", 1]]);
    expect(vector("increase(ticks_total[1m])", 300, [counter({ pod: "a" })])).toEqual([["pod=a", 60]]);
  });

  it("does not extrapolate a fresh counter to before it was zero", () => {
    // Samples 0 at 240, 15 at 255, … 60 at 300: it began at 240, so the increase over 5 min is 60.
    expect(vector("increase(ticks_total[5m])", 300, [counter({}, 240, 5, 0)])).toEqual([["", 60]]);
  });

  it("extrapolates by half a gap only where a series begins within the range", () => {
    // First sample 1000 at 150: 150 s sampled, half a gap of 7.5 s before it.
    expect(vector("increase(ticks_total[5m])", 300, [counter({}, 150)])[0]?.[1]).toBeCloseTo(157.5, 6);
  });

  it("adds what was there before a reset", () => {
    const reset: RawSeries = { ...counter({}), values: Float64Array.from([10, 25, 5, 20]), first: 255 };
    // 15 up, then from 0 to 5, then 15 up: 35 over 45 s; the zero point is 12.9 s before the first sample.
    expect(vector("increase(ticks_total[1m])", 300, [reset])[0]?.[1]).toBeCloseTo(35 * ((45 + (45 * 10) / 35) / 45), 6);
  });

  it("needs two samples", () => {
    expect(vector("rate(ticks_total[20s])", 299, [counter({})])).toEqual([]);
    expect(vector("irate(ticks_total[1m])", 300, [counter({})])).toEqual([["", 1]]);
  });

  it("folds gauges over time", () => {
    const up = counter({});
    expect(vector("min_over_time(ticks_total[1m])", 300, [up])[0]?.[1]).toBe(1255);
    expect(vector("max_over_time(ticks_total[1m])", 300, [up])[0]?.[1]).toBe(1300);
    expect(vector("avg_over_time(ticks_total[1m])", 300, [up])[0]?.[1]).toBe(1277.5);
    expect(vector("sum_over_time(ticks_total[30s])", 300, [up])[0]?.[1]).toBe(2585);
    expect(vector("count_over_time(ticks_total[1m])", 300, [up])[0]?.[1]).toBe(4);
  });
});

describe("selectors", () => {
  const two = [gauge("up", { job: "web", pod: "a" }, 1), gauge("up", { job: "db" }, 2)];

  it.each([
    ['up{job="web"}', 1],
    ['up{job!="web"}', 1],
    ['up{job=~"w.b|nothing"}', 1],
    ['up{job=~"we"}', 0],
    ['up{job!~"w.*"}', 1],
    ['up{pod=""}', 1],
    ['up{pod!=""}', 1],
    ["up{job='web'}", 1],
    ['{__name__="up"}', 2],
    ['up{job=~"w\\\\wb"}', 1],
    ["up{job=~`w\\wb`}", 1],
  ])("%s finds %i", (query, count) => {
    expect(vector(query, 300, two)).toHaveLength(count);
  });

  it("looks back five minutes, but not beyond the end of a series", () => {
    expect(vector("up", 599, [gauge("up", {}, 1)])).toHaveLength(1);
    expect(vector("up", 601, [gauge("up", {}, 1)])).toHaveLength(0);
    expect(vector("up", 314, [gauge("up", {}, 1, true)])).toHaveLength(1);
    expect(vector("up", 315, [gauge("up", {}, 1, true)])).toHaveLength(0);
  });
});

describe("operators and aggregations", () => {
  const used = [gauge("used", { pod: "a", node: "x" }, 3), gauge("used", { pod: "b", node: "x" }, 1)];
  const limit = [gauge("limit", { pod: "a", node: "x" }, 4), gauge("limit", { pod: "b", node: "x" }, 2)];
  const all = [...used, ...limit];

  it("aggregates by and without", () => {
    expect(vector("sum by (node) (used)", 300, all)).toEqual([["node=x", 4]]);
    expect(vector("sum(used) without (pod)", 300, all)).toEqual([["node=x", 4]]);
    expect(vector("avg(used)", 300, all)).toEqual([["", 2]]);
    expect(vector("max by (pod) (used)", 300, all)).toEqual([
      ["pod=a", 3],
      ["pod=b", 1],
    ]);
    expect(vector("count(used)", 300, all)).toEqual([["", 2]]);
    expect(vector("min(used)", 300, all)).toEqual([["", 1]]);
  });

  it("matches vectors one to one", () => {
    expect(vector("used / limit", 300, all)).toEqual([
      ["node=x,pod=a", 0.75],
      ["node=x,pod=b", 0.5],
    ]);
    expect(vector("used / on (pod) limit", 300, all)).toEqual([
      ["pod=a", 0.75],
      ["pod=b", 0.5],
    ]);
    expect(vector("sum(used) / ignoring (node) sum(limit)", 300, all)).toEqual([["", 4 / 6]]);
    expect(() => vector("used / on (node) limit", 300, all)).toThrow(/match/);
  });

  it("matches many to one, and takes labels over", () => {
    expect(vector("used * on (node) group_left sum by (node) (limit)", 300, all)).toEqual([
      ["node=x,pod=a", 18],
      ["node=x,pod=b", 6],
    ]);
    const info = gauge("info", { pod: "a", zone: "z" }, 1);
    expect(vector("used * on (pod) group_left (zone) info", 300, [...all, info])).toEqual([["node=x,pod=a,zone=z", 3]]);
  });

  it("takes the highest, the quantile, and lines of either side", () => {
    expect(vector("topk(1, used)", 300, all)).toEqual([["__name__=used,node=x,pod=a", 3]]);
    expect(vector("bottomk by (node) (1, used)", 300, all)).toEqual([["__name__=used,node=x,pod=b", 1]]);
    expect(vector("quantile(0.5, used)", 300, all)).toEqual([["", 2]]);
    expect(vector("nothing or used > 2", 300, all)).toEqual([["__name__=used,node=x,pod=a", 3]]);
    expect(vector("used unless used > 2", 300, all)).toEqual([["__name__=used,node=x,pod=b", 1]]);
    expect(vector("used and on (pod) limit > 3", 300, all)).toEqual([["__name__=used,node=x,pod=a", 3]]);
  });

  it("replaces labels, clamps values and looks back", () => {
    expect(vector('label_replace(used, "where", "$1-1", "node", "(.*)")', 300, all)[0]?.[0]).toContain("where=x-1");
    expect(vector("clamp_max(used, 2)", 300, all).map(([, value]) => value)).toEqual([2, 1]);
    expect(vector("ticks_total offset 1m", 300, [counter({})])).toEqual([["__name__=ticks_total", 1240]]);
    expect(vector("increase(ticks_total[1m] offset 1m)", 300, [counter({})])).toEqual([["", 60]]);
  });

  it("has no sample where one was lost", () => {
    const whole = counter({});
    const lossy = { ...whole, values: whole.values.map((value, index) => (index > 16 ? Number.NaN : value)) };
    // The last sample is that of 240: within the lookback at 300, and too few for a rate over the last minute.
    expect(vector("ticks_total", 300, [lossy])).toEqual([["__name__=ticks_total", 1240]]);
    expect(vector("rate(ticks_total[1m])", 300, [lossy])).toEqual([]);
    expect(vector("count_over_time(ticks_total[2m])", 300, [lossy])).toEqual([["", 4]]);
  });

  it("compares, filtering or not", () => {
    expect(vector("used > 2", 300, all)).toEqual([["__name__=used,node=x,pod=a", 3]]);
    expect(vector("used > bool 2", 300, all)).toEqual([
      ["node=x,pod=a", 1],
      ["node=x,pod=b", 0],
    ]);
  });

  it("knows the precedence of operators, and their sides", () => {
    expect(evaluate("1 + 2 * 3 ^ 2 % 5", 0, [])).toEqual({ type: "scalar", value: 4 });
    expect(evaluate("-(2 ^ 3 ^ 0)", 0, [])).toEqual({ type: "scalar", value: -2 });
    expect(vector("1 - avg(used) / 4", 300, all)).toEqual([["", 0.5]]);
    expect(vector("vector(7)", 0, [])).toEqual([["", 7]]);
  });

  it.each([
    "rate(used[1m]",
    "",
    "used{",
    "topk(3, used, used)",
    "nothing_of_the_kind(used)",
    "rate(used)",
    'used{pod=~"("}',
  ])("refuses %s", (query) => {
    expect(() => evaluate(query, 300, all)).toThrow();
  });
});
