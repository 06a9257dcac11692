import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Question } from "../../../src/model/question.ts";
import { LiveSource } from "../../../src/sources/live.ts";
import { awsEnvironment } from "../../loopback/environment.ts";
import { canned, failureOf, PATIENT, QUICK, rig, SAMPLES, sampleSource } from "./rig.ts";

/** Time for what limits the rate, and little for everything else. */
const FOR_THE_RATE = { ...PATIENT, question: QUICK.question };

const alarms = (count: number): Question[] =>
  Array.from({ length: count }, (_, index) => ({
    ...SAMPLES.cloudwatch.question,
    input: { AlarmNames: [`a${index}`] },
  }));

test.each(["cloudwatch", "elbv2"] as const)(
  "%s that limits the rate for longer than a question has is waited for",
  async (source) => {
    const until = performance.now() + 3 * QUICK.question;
    const { live } = await rig(
      {
        source: sampleSource,
        fault: (asked) => (asked.source === source && performance.now() < until ? "throttled" : null),
      },
      { limits: FOR_THE_RATE },
    );
    const answer = await live.ask(SAMPLES[source].question);
    expect(answer).toMatchObject({ status: "answered", pages: SAMPLES[source].pages });
    expect(performance.now()).toBeGreaterThan(until);
  },
);

test("what is waited for is told, with how many questions are done", async () => {
  const until = performance.now() + 2_500;
  const { live } = await rig(
    {
      source: sampleSource,
      fault: ({ input }) => (JSON.stringify(input).includes('"a0"') || performance.now() > until ? null : "throttled"),
    },
    { limits: FOR_THE_RATE },
  );
  const told: string[] = [];
  live.onWait((sentence) => told.push(sentence));
  const answers = await Promise.all(alarms(4).map((question) => live.ask(question)));
  expect(answers.map(({ status }) => status)).toEqual(Array(4).fill("answered"));
  expect(told.at(0)).toMatch(/^CloudWatch limits the rate: waiting, [01] of 4 questions done$/);
  expect(told.at(-1)).toMatch(/^CloudWatch limits the rate: waiting, [1-3] of 4 questions done$/);
});

test("all questions of a service slow down together, instead of each for itself", async () => {
  const seconds = 5;
  const until = performance.now() + seconds * 1_000;
  const { live, loopback } = await rig(
    { source: sampleSource, fault: () => (performance.now() < until ? "throttled" : null) },
    { limits: FOR_THE_RATE },
  );
  const answers = await Promise.all(alarms(8).map((question) => live.ask(question)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill("answered"));
  // Eight at once, then half as many a second at each refusal, and never more than what the pace lets through; each for
  // itself, with three more attempts of the SDK's own, would be some hundred.
  const refused = loopback.asked.length - 8;
  expect(refused).toBeGreaterThan(8);
  expect(refused).toBeLessThan(8 + 5 * seconds);
});

test("a service that answers nothing is given up once, not by each question that waits its turn", async () => {
  const limits = { ...FOR_THE_RATE, throttled: 5_000 };
  const { live } = await rig({ source: sampleSource, fault: () => "throttled" }, { limits });
  const began = performance.now();
  // Twice as many as are asked at once.
  const answers = await Promise.all(alarms(16).map((question) => live.ask(question)));
  expect([...new Set(answers.map((answer) => failureOf(answer)?.kind))]).toEqual(["throttled"]);
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(limits.throttled);
  expect(took).toBeLessThan(2 * limits.throttled);
});

test("a list of 42 pages has time as long as its pages come", async () => {
  const pages = Array.from({ length: 42 }, (_, page) => ({ AlarmHistoryItems: [{ HistorySummary: `page ${page}` }] }));
  const { live } = await rig({ source: canned(pages), delay: 60 });
  const started = performance.now();
  const answer = await live.ask({ source: "cloudwatch", operation: "DescribeAlarmHistory", input: { AlarmName: "a" } });
  expect(answer.status === "answered" && answer.pages).toHaveLength(42);
  expect(answer).not.toHaveProperty("cut");
  expect(performance.now() - started).toBeGreaterThan(QUICK.question);
});

test.each(["cloudwatch", "prometheus"] as const)(
  "%s is not asked again before the moment that it names",
  async (source) => {
    const times: number[] = [];
    const server = createServer((request, response) => {
      request.resume();
      times.push(performance.now());
      if (times.length > 1) {
        // Times are numbers on CloudWatch's wire; without an alarm there are none.
        response.end(JSON.stringify(source === "cloudwatch" ? { MetricAlarms: [] } : SAMPLES[source].pages[0]));
        return;
      }
      const body = JSON.stringify({ __type: "com.amazonaws#ThrottlingException", message: "Rate exceeded" });
      response.writeHead(429, { "content-type": "application/x-amz-json-1.0", "retry-after": "2" }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    awsEnvironment(url);
    const live = new LiveSource({
      prometheusUrl: url,
      kubeconfig: "/nowhere",
      allowExec: false,
      environment: {},
      // For CloudWatch the moment lies behind what one question has: it is waited for all the same.
      limits: { ...FOR_THE_RATE, question: source === "cloudwatch" ? FOR_THE_RATE.question : 20_000 },
    });
    expect(await live.ask(SAMPLES[source].question)).toMatchObject({ status: "answered" });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_990);
  },
);

test.each(["cloudwatch", "elbv2", "kubernetes", "prometheus"] as const)(
  "%s that limits the rate until the deadline is told as throttled, not as slow",
  async (source) => {
    const throttled = { ...QUICK, attempts: 50 };
    const { live } = await rig(
      { source: sampleSource, fault: (asked) => (asked.source === source ? "throttled" : null) },
      { limits: throttled },
    );
    const failure = failureOf(await live.ask(SAMPLES[source].question));
    expect(failure?.kind).toBe("throttled");
    expect(failure?.message).toMatch(/limits the rate.*; trying again did not help within 2 s$/);
  },
);
