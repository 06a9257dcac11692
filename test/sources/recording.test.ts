import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Answer, Question } from "../../src/model/question.ts";
import { type Recorded, readRecording, writeRecording } from "../../src/sources/recording/recording.ts";
import { Replayer } from "../../src/sources/recording/replay.ts";
import { emptyFolder } from "../cli/lbdoctor.ts";

const about = {
  id: "some",
  title: "Some answers",
  description: "One of each kind.",
  provenance: "made up for a test",
  alarm: "slow",
  now: "2026-03-04T12:00:00Z",
  window: { start: "2026-03-04T07:00:00Z", end: "2026-03-04T12:00:00Z" },
  allowExec: true,
};
const alarms: Question = { source: "cloudwatch", operation: "DescribeAlarms", input: { AlarmNames: ["slow"] } };
const pods: Question = { source: "kubernetes", operation: "list", input: { resource: "pods", namespace: "shop" } };
const cpu: Question = {
  source: "prometheus",
  operation: "query",
  input: { query: "up", time: "2026-03-04T12:00:00Z" },
};
const recorded: readonly Recorded[] = [
  { question: cpu, answer: { status: "failed", failure: { kind: "timeout", message: "no answer in 10 s" } } },
  {
    question: pods,
    answer: { status: "answered", pages: [{ items: [1] }], cut: { kind: "throttled", message: "429 on page 2" } },
  },
  { question: alarms, answer: { status: "answered", pages: [{ MetricAlarms: [] }, { MetricAlarms: [] }] } },
];

async function written(answers: readonly Recorded[] = recorded): Promise<string> {
  const folder = emptyFolder();
  await writeRecording(folder, about, answers);
  return folder;
}

describe("what is written is read back", () => {
  test.each(recorded)("$question.operation of $question.source", async ({ question, answer }) => {
    const source = new Replayer(await readRecording(await written()));
    expect(await source.ask(question)).toEqual(answer);
  });

  test("the manifest, with the files that were written", async () => {
    const { manifest } = await readRecording(await written());
    expect(manifest).toEqual({
      version: 1,
      ...about,
      files: ["cloudwatch.json", "kubernetes.json", "prometheus.json"],
    });
  });
});

test("a question is found whatever the order of its input's keys", async () => {
  const source = new Replayer(await readRecording(await written()));
  const input = { namespace: "shop", resource: "pods" };
  expect(await source.ask({ ...pods, input })).toMatchObject({ status: "answered" });
});

test("a question that was not recorded is a failure, never an invention", async () => {
  const source = new Replayer(await readRecording(await written()));
  const answer: Answer = await source.ask({ ...pods, input: { resource: "pods", namespace: "other" } });
  expect(answer).toMatchObject({ status: "failed", failure: { kind: "not-recorded" } });
});

test("the order in which answers came does not show in the files", async () => {
  const [folder, turned] = [await written(), await written([...recorded].reverse())];
  for (const name of await readdir(folder)) {
    expect(await readFile(join(turned, name), "utf8")).toBe(await readFile(join(folder, name), "utf8"));
  }
});

test("the identity follows the answers, not their white space", async () => {
  const folder = await written();
  const { identity } = await readRecording(folder);
  const path = join(folder, "kubernetes.json");
  await writeFile(path, JSON.stringify(JSON.parse(await readFile(path, "utf8"))));
  expect((await readRecording(folder)).identity).toBe(identity);
  await writeFile(path, (await readFile(path, "utf8")).replace('"items":[1]', '"items":[2]'));
  expect((await readRecording(folder)).identity).not.toBe(identity);
});

test("a million datapoints are read and replayed", async () => {
  const values = Array.from({ length: 1_000_000 }, (_, index) => [1_772_600_000 + index, String(index / 7)]);
  const page = { status: "success", data: { resultType: "matrix", result: [{ metric: {}, values }] } };
  const folder = await written([{ question: cpu, answer: { status: "answered", pages: [page] } }]);
  const answer = await new Replayer(await readRecording(folder)).ask(cpu);
  expect(answer).toEqual({ status: "answered", pages: [page] });
});

test("a datapoint stands on one line, so that a diff shows what changed", async () => {
  const values = Array.from({ length: 20 }, (_, index) => [1_772_600_000 + 60 * index, "0.5"]);
  const times = values.map(([at]) => at);
  const folder = await written([{ question: cpu, answer: { status: "answered", pages: [{ values, times }] } }]);
  const lines = (await readFile(join(folder, "prometheus.json"), "utf8")).split("\n").map((line) => line.trim());
  expect(lines).toContain('[1772600060, "0.5"],');
  expect(lines).toContain('"input": {"query": "up", "time": "2026-03-04T12:00:00Z"},');
  expect(lines.find((line) => line.startsWith("1772600000, "))).toMatch(/^(\d{10}, )+\d{10},$/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});
