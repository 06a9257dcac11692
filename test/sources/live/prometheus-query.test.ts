import { createRequire } from "node:module";
import type { InstantVector, PrometheusDriver, QueryResult, RangeVector, SampleValue } from "prometheus-query";
import { expect, test } from "vitest";
import type { Answer, Question } from "../../../src/model/question.ts";
import { type Epoch, epoch } from "../../../src/model/time.ts";
import { LiveSource } from "../../../src/sources/live.ts";
import { query, queryRange } from "../../../src/sources/prometheus/questions.ts";
import { rig, sampleSource } from "./rig.ts";

/*
 * prometheus-query stands on axios, in whose place is our own transport: in the bundle and here (vitest.config.ts) without
 * axios, elsewhere as its adapter. Both must ask for the same and get the same figures.
 */

const require = createRequire(import.meta.url);
/** As it is installed, on axios and Node's sockets. */
const real: { readonly PrometheusDriver: typeof PrometheusDriver } = require("prometheus-query");

const NOW = 1_782_460_800;
const STEP = 60;
const SPAN = { start: NOW - 10 * STEP, end: NOW };
const QUERY = 'sum by (pod) (rate(container_cpu_usage_seconds_total{pod=~"a+b|c&d",container!=""}[2m])) > 1e-3';

const TEXTS = ["0", "0.30000000000000004", "1e-7", "1.5e12", "-12.5", "NaN", "+Inf", "-Inf", "1e+06"];
const point = (index: number): [Epoch, string] => [NOW - (10 - index) * STEP + 0.123, TEXTS[index] ?? ""];
const LABELS = [{ __name__: "up", pod: "a+b" }, { pod: 'c&d "ü" \\' }, {}];

const source = {
  ask: async ({ operation }: Question): Promise<Answer> => {
    const isInstant = operation === "query";
    const result = LABELS.map((metric, line) =>
      isInstant ? { metric, value: point(line) } : { metric, values: TEXTS.map((_, index) => point(index)) },
    );
    const data = { resultType: isInstant ? "vector" : "matrix", result };
    return { status: "answered", pages: [{ status: "success", data }] };
  },
};

/** A Prometheus with these answers, by lbdoctor's transport and by axios; `asked` is what both asked. */
async function both(answers: { ask(question: Question): Promise<Answer> }) {
  const asked: Question[] = [];
  const noting = {
    ask: (question: Question) => {
      asked.push(question);
      return answers.ask(question);
    },
  };
  const { loopback, folder } = await rig({ source: noting });
  const { prometheusUrl } = loopback;
  const live = new LiveSource({ prometheusUrl, kubeconfig: `${folder}/none`, allowExec: false, environment: {} });
  const { origin, pathname } = new URL(prometheusUrl);
  const driver = new real.PrometheusDriver({ endpoint: origin, baseURL: `${pathname.replace(/\/$/, "")}/api/v1/` });
  return { live, driver, asked };
}

/** Answers that cannot be figures are nothing, as lbdoctor has them. */
const figure = (value: number) => (Number.isFinite(value) ? value : null);
const named = ({ name, labels }: InstantVector["metric"]) =>
  name === undefined ? labels : { __name__: name, ...labels };

test("an instant query gives the same figures on axios and on our transport", async () => {
  const { live, driver, asked } = await both(source);
  const typed = query(QUERY, NOW);
  const answer = await live.ask(typed.question);
  expect(answer.status).toBe("answered");
  const ours = answer.status === "answered" ? typed.parse(answer.pages) : null;
  const theirs = await driver.instantQuery(QUERY, new Date(NOW * 1000));
  const lines = theirs.result as InstantVector[];
  expect(ours?.value).toEqual(lines.map(({ metric, value }) => ({ labels: named(metric), value: value.value })));
  expect(ours?.value.map(({ value }) => value)).toEqual([0, 0.30000000000000004, 1e-7]);
  expect(asked).toEqual([typed.question, typed.question]);
});

test("a range query gives the same figures on axios and on our transport", async () => {
  const { live, driver, asked } = await both(source);
  const typed = queryRange(QUERY, SPAN, STEP);
  const answer = await live.ask(typed.question);
  expect(answer.status).toBe("answered");
  const ours = answer.status === "answered" ? typed.parse(answer.pages) : null;
  const at = (name: string) => new Date(epoch(typed.question.input[name]) * 1000);
  const theirs: QueryResult = await driver.rangeQuery(QUERY, at("start"), at("end"), STEP);
  const lines = theirs.result as RangeVector[];
  const series = lines.map(({ metric, values }) => ({
    labels: named(metric),
    values: (values as SampleValue[]).map(({ value }) => figure(value)),
  }));
  expect(
    ours?.value.map(({ labels, series: { values } }) => ({ labels, values: values.slice(0, TEXTS.length) })),
  ).toEqual(series);
  expect(series[0]?.values).toEqual([0, 0.30000000000000004, 1e-7, 1.5e12, -12.5, null, null, null, 1e6]);
  expect(asked).toEqual([typed.question, typed.question]);
});

test.each([
  ["a list of streams", { resultType: "streams", result: [] }],
  ["a scalar", { resultType: "scalar", result: [NOW, "1"] }],
  ["a matrix", { resultType: "matrix", result: [] }],
  ["no data", null],
])("%s in the place of a vector is no answer, in one sentence", async (_, data) => {
  const { live } = await both({ ask: async () => ({ status: "answered", pages: [{ status: "success", data }] }) });
  const answer = await live.ask(query("up", NOW).question);
  expect(answer).toMatchObject({ status: "failed", failure: { kind: "malformed" } });
  expect(answer.status === "failed" && answer.failure.message).toMatch(/^Prometheus .* could not be understood: /);
});

test("a hostile line costs itself, and no other", async () => {
  const good = { metric: { pod: "a" }, value: [NOW, "2"] };
  const hostile = [null, 7, { metric: null, value: null }, { metric: { pod: {} }, value: [NOW, "1"] }, { metric: {} }];
  const result = [...hostile, good, { metric: { pod: "b" }, value: [NOW, "0x10"] }, { metric: {}, value: [NOW, ""] }];
  const page = { status: "success", data: { resultType: "vector", result } };
  const { live } = await both({ ask: async () => ({ status: "answered", pages: [page] }) });
  const answer = await live.ask(query("up", NOW).question);
  expect(answer.status).toBe("answered");
  const { value, flaws } = query("up", NOW).parse([page]);
  expect(value).toEqual([{ labels: { pod: "a" }, value: 2 }]);
  expect(flaws).toHaveLength(result.length - 1);
});

test("a result of no type is told in words of ours", async () => {
  const pages = [{ status: "success", data: { result: [] } }];
  const typeless = async (asked: Question): Promise<Answer> =>
    asked.source === "prometheus" ? { status: "answered", pages } : sampleSource.ask(asked);
  const { live } = await rig({ source: { ask: typeless } });
  const answer = await live.ask(query("up", NOW).question);
  expect(answer).toMatchObject({ status: "failed", failure: { kind: "malformed" } });
  expect(answer.status === "failed" && answer.failure.message).toMatch(/Prometheus answered no vector$/);
});
