import { expect, test } from "vitest";
import type { Question } from "../../../src/model/question.ts";
import { addressOf } from "../../../src/sources/prometheus/live-address.ts";
import { canned, rig, SAMPLES, sampleSource } from "./rig.ts";

const { question: UP, pages } = SAMPLES.prometheus;

test("it is found in the cluster by its labels and asked through the API server", async () => {
  const { live, loopback } = await rig({ source: sampleSource });
  expect(await live.ask(UP)).toEqual({ status: "answered", pages });
  expect((await live.prometheus()).basePath).toBe(
    "/api/v1/namespaces/monitoring/services/robusta-kube-prometheus-st-prometheus:9090/proxy/api/v1/",
  );
  expect(loopback.promHeaders).toHaveLength(1);
});

test("a cluster without one says so and how to name one", async () => {
  const { live } = await rig({ source: canned([{ items: [] }]) });
  expect(await live.ask(UP)).toMatchObject({
    status: "failed",
    failure: { kind: "missing", message: expect.stringContaining("--prometheus-url") },
  });
});

test.each([
  ["a bearer token", { PROMETHEUS_TOKEN: "t0ken" }, { authorization: "Bearer t0ken" }],
  ["a tenant", { PROMETHEUS_ORG_ID: "team-a" }, { "x-scope-orgid": "team-a" }],
  ["a user", { PROMETHEUS_USERNAME: "ada", PROMETHEUS_PASSWORD: "pw" }, { authorization: "Basic YWRhOnB3" }],
])("a URL is asked directly, with %s", async (_, environment, headers) => {
  const { loopback, folder } = await rig({ source: sampleSource });
  const { LiveSource } = await import("../../../src/sources/live.ts");
  const live = new LiveSource({
    prometheusUrl: loopback.prometheusUrl,
    kubeconfig: `${folder}/none`,
    allowExec: false,
    environment,
  });
  expect(await live.ask(UP)).toEqual({ status: "answered", pages });
  expect(loopback.promHeaders[0]).toMatchObject(headers);
});

test.each([
  ["https://p.example.com", "/api/v1/"],
  ["https://p.example.com/", "/api/v1/"],
  ["https://mimir.example.com/prometheus", "/prometheus/api/v1/"],
  ["https://mimir.example.com/prometheus/api/v1", "/prometheus/api/v1/"],
  ["https://thanos.example.com/select/0/prometheus/", "/select/0/prometheus/api/v1/"],
])("%s has its API at %s", (url, path) => {
  expect(addressOf(url, {}).basePath).toBe(path);
});

test("a password in the URL is used, and never told", () => {
  const { route, endpoint } = addressOf("https://ada:s%40fe@p.example.com", {});
  expect(route.login.now.auth).toBe("ada:s@fe");
  expect(`${route.name} ${endpoint}`).not.toContain("s@fe");
});

test("a URL that is none is told without repeating it", async () => {
  const { live } = await rig({ source: sampleSource }, { prometheusUrl: "ada:secret@nowhere" });
  const answer = await live.ask(UP);
  expect(answer).toMatchObject({ status: "failed", failure: { kind: "unreachable" } });
  expect(JSON.stringify(answer)).not.toContain("secret");
});

test("quotes, backslashes and newlines in a query arrive as they are", async () => {
  const query = 'up{pod=~"a\\\\.b|\\"c\\"",x="1+1 & 2=%2F\n"}';
  const asked: Question[] = [];
  const source = {
    ask: async (question: Question) => {
      asked.push(question);
      return sampleSource.ask(question);
    },
  };
  const { live } = await rig({ source });
  const question: Question = {
    source: "prometheus",
    operation: "query_range",
    input: { query, start: "2026-06-26T08:00:00Z", end: "2026-06-26T09:00:00Z", step: 60 },
  };
  await live.ask(question);
  expect(asked.filter(({ source: name }) => name === "prometheus")).toEqual([question]);
});

test("warnings and infinite values stay in the raw answer", async () => {
  const page = {
    status: "success",
    warnings: ["a store did not answer"],
    data: { resultType: "vector", result: [{ metric: {}, value: [1, "+Inf"] }] },
  };
  const source = {
    ask: async (question: Question) =>
      question.source === "prometheus" ? canned([page]).ask(question) : sampleSource.ask(question),
  };
  const { live } = await rig({ source });
  expect(await live.ask(UP)).toEqual({ status: "answered", pages: [page] });
});

test("Prometheus's own refusal is told in its words", async () => {
  const source = {
    ask: async (question: Question) =>
      question.source === "prometheus"
        ? ({
            status: "failed",
            failure: { kind: "malformed", message: "parse error: unexpected end of input" },
          } as const)
        : sampleSource.ask(question),
  };
  const { live } = await rig({ source });
  expect(await live.ask(UP)).toMatchObject({
    status: "failed",
    failure: { kind: "malformed", message: expect.stringMatching(/cannot answer the query: parse error/) },
  });
});
