import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { investigate } from "../../../src/engine/investigate.ts";
import type { Question } from "../../../src/model/question.ts";
import { defineStep } from "../../../src/playbook.ts";
import { LiveSource } from "../../../src/sources/live.ts";
import { PROMETHEUS } from "../../../src/sources/prometheus/descriptor.ts";
import { addressOf } from "../../../src/sources/prometheus/live-address.ts";
import { query } from "../../../src/sources/prometheus/questions.ts";
import { sourceWords } from "../../../src/sources/words.ts";
import { type Certificate, selfSigned } from "../../loopback/certificate.ts";
import { canned, QUICK, rig, SAMPLES, sampleSource } from "./rig.ts";

const { question: UP, pages } = SAMPLES.prometheus;

test("it is found in the cluster by its labels and asked through the API server", async () => {
  const { live, loopback } = await rig({ source: sampleSource });
  expect(await live.ask(UP)).toEqual({ status: "answered", pages });
  expect((await (await live.opened(PROMETHEUS)).address()).basePath).toBe(
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
  const live = new LiveSource({
    prometheusUrl: loopback.prometheusUrl,
    kubeconfig: `${folder}/none`,
    allowExec: false,
    environment,
  });
  expect(await live.ask(UP)).toEqual({ status: "answered", pages });
  expect(loopback.promHeaders[0]).toMatchObject(headers);
});

const PAGE = pages[0];

/** A web server in the place of Prometheus, with TLS where a certificate is given. */
async function startWeb(answer: (request: IncomingMessage, response: ServerResponse) => void, tls?: Certificate) {
  const seen: string[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const { authorization = "", "x-scope-orgid": tenant = "" } = request.headers;
    seen.push(`${new URL(request.url ?? "", "http://x").pathname} ${authorization}${tenant}`);
    answer(request, response);
  };
  const server = tls ? createSecureServer(tls, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const right = (_: IncomingMessage, response: ServerResponse) => void response.end(JSON.stringify(PAGE));

function direct(prometheusUrl: string, environment: NodeJS.ProcessEnv = {}): LiveSource {
  return new LiveSource({ prometheusUrl, kubeconfig: "/nowhere", allowExec: false, environment, limits: QUICK });
}

test("PROMETHEUS_CA_FILE is trusted over https, with it nothing else, and its absence is told", async () => {
  const certificate = selfSigned();
  const { url, seen } = await startWeb(right, certificate);
  const { folder } = await rig({ source: sampleSource });
  writeFileSync(`${folder}/ca.pem`, certificate.cert);
  const environment = { PROMETHEUS_CA_FILE: `${folder}/ca.pem`, PROMETHEUS_TOKEN: "t0ken" };
  expect(await direct(url, environment).ask(UP)).toEqual({ status: "answered", pages });
  expect(seen).toEqual(["/api/v1/query Bearer t0ken"]);
  const told = expect.stringContaining("certificate that is not trusted");
  expect(await direct(url).ask(UP)).toMatchObject({ failure: { kind: "unreachable", message: told } });
  writeFileSync(`${folder}/other.pem`, selfSigned().cert);
  const other = { PROMETHEUS_CA_FILE: `${folder}/other.pem` };
  expect(await direct(url, other).ask(UP)).toMatchObject({ failure: { kind: "unreachable", message: told } });
  expect(await direct(url, { PROMETHEUS_CA_FILE: "/nowhere.pem" }).ask(UP)).toMatchObject({
    failure: { message: "PROMETHEUS_CA_FILE names /nowhere.pem, which cannot be read" },
  });
});

test.each([
  ["Thanos", "/", {}, "/api/v1/query "],
  ["Mimir", "/prometheus", { PROMETHEUS_ORG_ID: "team-a" }, "/prometheus/api/v1/query team-a"],
])("%s is asked under its own path, for its tenant", async (_, prefix, environment, asked) => {
  const { url, seen } = await startWeb(right);
  expect(await direct(`${url}${prefix}`, environment).ask(UP)).toEqual({ status: "answered", pages });
  expect(seen).toEqual([asked]);
});

test("a partial response of Thanos is answered with a flaw, not silently", async () => {
  const warnings = ["receive group 2 did not answer\u001b[2J"];
  const { url } = await startWeb((_, response) => void response.end(JSON.stringify({ ...PAGE, warnings })));
  const step = defineStep({
    id: "up",
    title: "up",
    needs: {},
    uses: [],
    gives: [],
    run: async ({ ask }) => void (await ask(query("up", 1_782_460_800))),
  });
  const session = await investigate({
    identify: step,
    playbooks: [],
    source: direct(url),
    commandFor: () => "",
    sourceWords,
    opening: {
      id: "s",
      version: "0",
      alarmName: "a",
      now: "2026-06-26T08:00:00Z",
      window: { start: 0, end: 3600 },
      allowExec: false,
      source: { kind: "live", region: null, account: null, context: null },
    },
  });
  expect(session.gaps).toMatchObject([
    {
      source: "prometheus",
      what: expect.stringContaining("in part: Prometheus warns: receive group 2 did not answer"),
    },
  ]);
  expect(session.gaps[0]?.what).not.toContain("\u001b");
});

test.each([
  [
    "a login page elsewhere",
    "https://login.corp.example/oauth2/start?rd=x",
    /leads to a login page at login\.corp\.example \(302\)/,
  ],
  ["a login page of its own", "/oauth2/sign_in", /leads to a login page \(302\): set PROMETHEUS_TOKEN/],
])("%s is an authentication fault, and nobody follows there", async (_, location, words) => {
  const { url, seen } = await startWeb((__, response) => void response.writeHead(302, { location }).end("<html>"));
  const answer = await direct(url, { PROMETHEUS_TOKEN: "t0ken" }).ask(UP);
  expect(answer).toMatchObject({ failure: { kind: "unauthenticated", message: expect.stringMatching(words) } });
  expect(seen).toHaveLength(1);
});

test("an API that has moved is told with its new URL", async () => {
  const { url } = await startWeb((request, response) => {
    response.writeHead(308, { location: `https://prom.example.com/prometheus${request.url}` }).end();
  });
  expect(await direct(url).ask(UP)).toMatchObject({
    failure: {
      kind: "unreachable",
      message: expect.stringMatching(/leads to https:\/\/prom\.example\.com\/prometheus \(308\): give that URL$/),
    },
  });
});

test("a login page that comes with 200 is no answer", async () => {
  const { url } = await startWeb((_, response) => void response.end("<!doctype html><title>Sign in</title>"));
  expect(await direct(url).ask(UP)).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("a web page instead of JSON") },
  });
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

test("what is not signed for Amazon Managed Prometheus is told as that", async () => {
  const { url } = await startWeb((_, response) => {
    response.writeHead(403, { "content-type": "application/json", "x-amzn-errortype": "MissingAuthenticationToken" });
    response.end('{"message":"Missing Authentication Token"}');
  });
  expect(await direct(`${url}/workspaces/ws-0123`).ask(UP)).toMatchObject({
    failure: {
      kind: "unauthenticated",
      message: expect.stringMatching(/is Amazon Managed Service for Prometheus, and only accepts requests signed/),
    },
  });
});

test("a Mimir that wants its tenant names the variable that tells it", async () => {
  const { url } = await startWeb((_, response) => void response.writeHead(401).end("no org id\n"));
  expect(await direct(`${url}/mimir`).ask(UP)).toMatchObject({
    failure: { kind: "unauthenticated", message: expect.stringMatching(/tenant .*: set PROMETHEUS_ORG_ID$/) },
  });
});

const MANAGED = "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0123";
const KEYS = async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret", sessionToken: "session" });

test("requests to Amazon Managed Prometheus are signed with the AWS credentials at hand", async () => {
  const { route } = addressOf(MANAGED, {}, KEYS);
  const headers = await route.sign?.(new URL(`${MANAGED}/api/v1/query?query=up%7Ba%3D%22b%22%7D&time=1`));
  expect(headers?.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-west-1\/aps\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/,
  );
  expect(headers?.["x-amz-security-token"]).toBe("session");
});

test.each([
  ["another host", "https://aps-workspaces.eu-west-1.amazonaws.com.evil.example/workspaces/ws-0123", {}],
  ["another service of AWS", "https://s3.eu-west-1.amazonaws.com/workspaces/ws-0123", {}],
  ["one with a token of its own", MANAGED, { PROMETHEUS_TOKEN: "t" }],
])("no request to %s is signed", (_, url, environment) => {
  expect(addressOf(url, environment, KEYS).route.sign).toBeUndefined();
});
