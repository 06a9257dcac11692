import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Random } from "../../simulator/random.ts";
import type { Question, SourceName, Typed } from "../../src/model/question.ts";
import { visibleDeep } from "../../src/model/visible.ts";
import { encoded } from "../../src/served/aws.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeAlarmHistory, describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import { describeRules } from "../../src/sources/elbv2/listeners.ts";
import { describeTags, describeTargetHealth } from "../../src/sources/elbv2/questions.ts";
import { listPods, listServices } from "../../src/sources/kubernetes/questions.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import { LiveSource } from "../../src/sources/live.ts";
import { Malformed } from "../../src/sources/parse.ts";
import { query, queryRange } from "../../src/sources/prometheus/questions.ts";
import { awsEnvironment } from "../loopback/environment.ts";
import { mutate, mutateText } from "./mutate.ts";
import { checkFailure, Fault } from "./oracles.ts";
import { bases } from "./recordings.ts";

/* Answers of servers: the real clients ask one on this machine that says whatever the case wants. */

const SPAN = { start: 1_782_460_800, end: 1_782_464_400 };
const ARN = "arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/a/1";
const WANTED = { id: "a", namespace: "AWS/ApplicationELB", metric: "RequestCount", dimensions: {}, statistic: "Sum" };

/** Questions of each source with the parsers that read their answers. */
const ASKED: readonly Typed<unknown>[] = [
  describeAlarms(["a"]),
  describeAlarmHistory("a", SPAN),
  metricData(SPAN, 60, [WANTED]),
  describeRules(ARN),
  describeTags([ARN]),
  describeTargetHealth(ARN),
  listServices(),
  listPods("default", "app=a"),
  query("up", SPAN.start),
  queryRange("up", SPAN, 60),
];

const LIMITED = {
  ...LIMITS,
  question: 1_500,
  throttled: 300,
  whole: 3_000,
  connect: 500,
  request: 500,
  bytes: 4 * 2 ** 20,
  attempts: 1,
  pages: 3,
};

interface Said {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Buffer;
}

let saying: Said = { status: 200, headers: {}, body: "" };

async function start(): Promise<(source: SourceName) => LiveSource> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(saying.status, saying.headers).end(saying.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  awsEnvironment(url);
  const kubeconfig = join(mkdtempSync(join(tmpdir(), "lbdoctor-fuzz-")), "config");
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server: url } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      users: [{ name: "u", user: {} }],
    }),
  );
  const live = new LiveSource({ kubeconfig, prometheusUrl: url, allowExec: false, environment: {}, limits: LIMITED });
  return () => live;
}

let started: ReturnType<typeof start> | null = null;

export async function liveCase(random: Random): Promise<void> {
  started ??= start();
  const typed = random.pick(ASKED);
  const { question } = typed;
  saying = await said(question, random);
  const answer = await (await started)(question.source).ask(question);
  if (answer.status === "failed") {
    checkFailure(visibleDeep(answer.failure) as typeof answer.failure);
    return;
  }
  if (answer.cut) checkFailure(answer.cut);
  try {
    const { flaws = [] } = typed.parse(answer.pages.map(visibleDeep));
    for (const flaw of flaws.slice(0, 5))
      if (/[\n\r]/.test(flaw) || flaw.length > 100_000) throw new Fault(`a flaw: ${flaw}`);
  } catch (error) {
    // All that a parser may say by throwing.
    if (!(error instanceof Malformed)) throw error;
  }
}

/** An answer that fits the question, changed in its values, in its bytes or in the words around it. */
async function said(question: Question, random: Random): Promise<Said> {
  const status = random.pick([200, 200, 200, 200, 200, 200, 400, 401, 403, 404, 500, 503, 302, 204]);
  const headers: { [name: string]: string } = {
    "content-type": random.pick(["application/json", "text/xml", "text/html"]),
  };
  if (random.chance(0.05))
    headers.location = random.pick(["https://login.example/", "/", "::", "http://x/api/v1/query"]);
  if (random.chance(0.03)) headers["retry-after"] = random.pick(["1e9", "-1", "soon", "0"]);
  const body = await bodyOf(question, random);
  if (random.chance(0.03)) return { status, headers: { ...headers, "content-encoding": "gzip" }, body: gzipSync(body) };
  return { status, headers, body };
}

async function bodyOf(question: Question, random: Random): Promise<string> {
  if (random.chance(0.05))
    return random.pick(["", "null", "[]", "7", '"a"', "<html>", "{}", "[".repeat(300_000), "\u0000"]);
  if (random.chance(0.1)) return JSON.stringify(error(random));
  const { recorded } = random.pick(await bases());
  const fitting = recorded.filter(
    ({ question: { source, operation, input }, answer }) =>
      answer.status === "answered" &&
      source === question.source &&
      operation === question.operation &&
      input.resource === question.input.resource,
  );
  const { answer } = fitting.length > 0 ? random.pick(fitting) : { answer: null };
  const page = structuredClone(answer?.status === "answered" ? answer.pages[0] : {});
  for (let times = random.pick([0, 1, 1, 2, 4]); times > 0; times -= 1) mutate(page, random);
  const text = textOf(question, page);
  return random.chance(0.25) ? mutateText(text, random) : text;
}

function textOf(question: Question, page: unknown): string {
  const { source, operation } = question;
  if (source !== "cloudwatch" && source !== "elbv2") return JSON.stringify(page);
  const protocol = source === "cloudwatch" ? "aws-json" : "aws-query";
  return encoded({ protocol, operation, question, page: 0 }, page).body;
}

function error(random: Random): unknown {
  const value = {
    __type: random.pick(["com.amazonaws#AccessDenied", "Throttling", "ExpiredToken", "constructor", ""]),
    message: "words",
    error: "words",
    errorType: random.pick(["timeout", "bad_data", "toString"]),
    status: "error",
  };
  mutate(value, random);
  return value;
}
