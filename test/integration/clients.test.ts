import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer, Question } from "../../src/model/question.ts";
import { commandFor } from "../../src/sources/command.ts";
import { field } from "../../src/sources/parse.ts";
import { mustHave } from "../loopback/tools.ts";
import { investigated, type Online, online, WorldSource, worldOf } from "./worlds.ts";

/*
 * The loopback held to reality by clients that others wrote: the AWS CLI, kubectl and curl run the very commands that
 * lbdoctor prints behind its findings, and must get the simulation's answers.
 */

const world = worldOf("worker-ceiling");
const source = new WorldSource(world);
let wire: Online;
let home: string;
let questions: Question[];

beforeAll(async () => {
  const aws = mustHave("aws", "apt-get install -y awscli");
  mustHave("kubectl", "https://kubernetes.io/docs/tasks/tools/");
  mustHave("curl", "apt-get install -y curl");
  wire = await online({ source });
  home = mkdtempSync(join(tmpdir(), "lbdoctor-clients-"));
  // Debian's AWS CLI 2.9 knows no AWS_ENDPOINT_URL .
  writeFileSync(join(home, "aws"), `#!/bin/sh\nexec ${aws} --endpoint-url ${wire.loopback.awsUrl} "$@"\n`);
  chmodSync(join(home, "aws"), 0o755);
  questions = (await investigated(world, source)).exchanges.map(({ question }) => question);
});
afterAll(async () => {
  await wire?.close();
  rmSync(home, { recursive: true, force: true });
});

async function run(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)("sh", ["-c", command], {
    maxBuffer: 2 ** 26,
    env: {
      // kubectl caches the discovery in its home.
      HOME: home,
      PATH: `${home}${delimiter}${process.env.PATH}`,
      KUBECONFIG: wire.kubeconfig,
      PROMETHEUS_URL: wire.loopback.prometheusUrl,
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_PAGER: "",
    },
  });
  return stdout;
}

function of(wanted: Question["source"], operation?: string): Question[] {
  const found = questions.filter(
    (one) => one.source === wanted && (operation === undefined || one.operation === operation),
  );
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/** Times of all notations as milliseconds, and lists of nothing left out: clients differ in both. */
function normal(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => normal(one, key));
  // The AWS CLI 1 prints times as they come, which in the JSON protocol is seconds.
  if (typeof value === "number" && /Timestamps?$/.test(key)) return Math.round(value * 1000);
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(
    ([name, one]) => name !== "NextToken" && !(Array.isArray(one) && one.length === 0),
  );
  return Object.fromEntries(entries.map(([name, one]) => [name, normal(one, name)]));
}

function pagesOf(answer: Answer): readonly unknown[] {
  return answer.status === "answered" ? answer.pages : [];
}

test("the AWS CLI gets CloudWatch's answers by the printed commands", async () => {
  for (const question of of("cloudwatch")) {
    const printed: unknown = JSON.parse(await run(commandFor(question)));
    const pages = pagesOf(source.answer(question));
    expect(pages).toHaveLength(1);
    expect(normal(printed)).toEqual(normal(pages[0]));
  }
});

test("the AWS CLI gets Elastic Load Balancing's answers by the printed commands", async () => {
  const answers = await Promise.all(
    of("elbv2").map(async (question) => [question, JSON.parse(await run(commandFor(question)))] as const),
  );
  for (const [question, printed] of answers)
    expect(normal(printed)).toEqual(normal(pagesOf(source.answer(question))[0]));
});

test("the AWS CLI pages through what comes in pages", async () => {
  const items = Array.from({ length: 250 }, (_, index) => ({ Priority: String(index), Conditions: [], Actions: [] }));
  const pages = [0, 100, 200].map((first) => ({ Rules: items.slice(first, first + 100) }));
  const paged = await online({ source: { ask: async () => ({ status: "answered", pages }) } });
  try {
    const printed = await run(
      `aws --endpoint-url ${paged.loopback.awsUrl} elbv2 describe-rules --listener-arn arn:aws:x`,
    );
    expect(JSON.parse(printed).Rules.map((rule: { Priority: string }) => rule.Priority)).toEqual(
      items.map(({ Priority }) => Priority),
    );
  } finally {
    await paged.close();
  }
});

test("the AWS CLI learns who it is", async () => {
  expect(JSON.parse(await run("aws sts get-caller-identity"))).toMatchObject({ Account: "111122223333" });
});

test("kubectl gets the cluster's objects by the printed commands", async () => {
  for (const question of of("kubernetes").filter(({ operation }) => operation !== "exec")) {
    // `kubectl top` prints a table; it has a test of its own.
    if (String(question.input.apiVersion).startsWith("metrics.")) continue;
    const printed: unknown = JSON.parse(await run(commandFor(question)));
    const [page] = pagesOf(source.answer(question));
    if (question.operation === "get") expect(field(printed, "data")).toEqual(field(page, "data"));
    else expect(specs(printed)).toEqual(specs(page));
  }
});

function specs(list: unknown): unknown {
  const items = field(list, "items");
  if (!Array.isArray(items)) throw new Error("kubectl printed no list");
  return items.map((item) => [field(field(item, "metadata"), "name"), field(item, "spec")]);
}

test("kubectl prints pods as a table, and their CPU", async () => {
  const { namespace } = world.scenario.focus;
  const pods = specs(
    pagesOf(
      source.answer({
        source: "kubernetes",
        operation: "list",
        input: { apiVersion: "v1", resource: "pods", namespace },
      }),
    )[0],
  );
  const names = (pods as [string][]).map(([name]) => name);
  const table = await run(`kubectl get pods -n ${namespace}`);
  for (const name of names) expect(table).toMatch(new RegExp(`^${name}\\s+Running`, "m"));
  const [snapshot] = of("kubernetes").filter(({ input }) => String(input.apiVersion).startsWith("metrics."));
  const top = await run(commandFor(snapshot as Question));
  expect(top.trim().split("\n")).toHaveLength(1 + world.scenario.focus.replicas);
  expect(top).toMatch(/\s997m\s/);
});

test("kubectl runs the permitted commands in one pod", async () => {
  for (const question of of("kubernetes", "exec"))
    expect(await run(commandFor(question))).toBe(field(pagesOf(source.answer(question))[0], "stdout"));
});

test("kubectl reaches Prometheus through the service proxy", async () => {
  const path = "/api/v1/namespaces/monitoring/services/robusta-kube-prometheus-st-prometheus:9090/proxy/api/v1/query";
  const printed = await run(`kubectl get --raw '${path}?query=vector(1)&time=${world.scenario.now}'`);
  expect(JSON.parse(printed)).toMatchObject({ status: "success" });
});

test("curl gets Prometheus's answers by the printed commands", async () => {
  for (const question of of("prometheus"))
    expect(JSON.parse(await run(commandFor(question)))).toEqual(pagesOf(source.answer(question))[0]);
});
