import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import type { Consent } from "../../../src/model/consent.ts";
import type { Answer } from "../../../src/model/question.ts";
import { ACCESS_LOGS } from "../../../src/sources/access-logs/descriptor.ts";
import { LiveAccessLogs } from "../../../src/sources/access-logs/live.ts";
import { askLog, type Log } from "../../../src/sources/access-logs/questions.ts";
import { Tally } from "../../../src/sources/tally.ts";
import { type LogGroups, startInsights } from "../../loopback/insights.ts";
import { PATIENT } from "../live/rig.ts";
import { startBucket } from "./bucket.ts";
import { CHECKS, CONNECTIONS, keyOf, LINES, objectOf, SPANS } from "./engines.ts";
import { BALANCER_ARN } from "./lines.ts";

const GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/alb/shop";
const ALL = { requests: LINES, connections: CONNECTIONS, checks: CHECKS };
const TYPES = { requests: "ALB_ACCESS_LOGS", connections: "ALB_CONNECTION_LOGS", checks: "ALB_HEALTH_CHECK_LOGS" };

const question = (log: Log, bucket: string | null) => askLog(log, BALANCER_ARN, { bucket, prefix: "" }, SPANS);
const live = (allow: readonly Consent[], tally = new Tally(), stop?: AbortSignal) =>
  new LiveAccessLogs({ environment: {}, limits: PATIENT, tally, stop }, { allow });

function toldBy(log: Log, answer: Answer) {
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return question(log, null).parse(answer.pages).value;
}

/** The lines as events, dated as they are delivered: minutes after their time. */
function groupsOf(log: Log, messages: readonly string[], more: Partial<LogGroups> = {}): LogGroups {
  const events = messages.map((message) => {
    const [time = ""] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(message) ?? [];
    const at = Date.parse(time);
    return { timestamp: (Number.isNaN(at) ? SPANS[0].start * 1000 : at) + 240_000, message };
  });
  return {
    groups: { [GROUP]: events },
    deliveries: [
      ["arn:of:another", TYPES[log], "arn:aws:logs:x:1:log-group:other"],
      [BALANCER_ARN, "ANOTHER_LOG", "arn:aws:logs:x:1:log-group:other"],
      [BALANCER_ARN, TYPES[log], GROUP],
    ],
    ...more,
  };
}

test.each(["requests", "connections", "checks"] as const)(
  "Logs Insights tells the rows of the %s that the files tell, as text and as objects",
  async (log) => {
    await startBucket(new Map([[keyOf(log), gzipSync(`${ALL[log].join("\n")}\n`)]]));
    const files = toldBy(log, await live([]).ask(question(log, "shop-logs").question));
    expect(files.rows.length).toBeGreaterThan(5);
    for (const messages of [ALL[log], ALL[log].map((line) => objectOf(log, line))]) {
      await startInsights(groupsOf(log, messages, { page: 3 }));
      const insights = toldBy(log, await live(["insights"]).ask(question(log, null).question));
      expect(insights.read.engine).toBe("insights");
      expect(insights.rows).toEqual(files.rows);
    }
  },
);

test("where a query has more lines than it gives, its minutes are asked for in halves, and no line counts twice", async () => {
  const lines = Array.from({ length: 100_001 }, (_, at) => {
    const seconds = String(at % 300);
    const time = new Date(SPANS[0].start * 1000 + Number(seconds) * 1000).toISOString();
    return `http ${time.replace("Z", "123Z")} 0.019 10.0.3.7:8080 shop PASS 200 -`;
  });
  const { asked } = await startInsights(groupsOf("checks", lines));
  const { read, rows } = toldBy("checks", await live(["insights"]).ask(question("checks", null).question));
  expect(read).toMatchObject({ engine: "insights", lines: 100_001, unreadable: 0 });
  expect(rows.find(({ cut }) => cut === "all")?.count).toBe(100_001);
  // The first span whole and in two halves, and the second.
  expect(asked.filter((one) => one === "StartQuery")).toHaveLength(4);
});

test("an answer that lacks lines is a gap, and no count of a part", async () => {
  await startInsights(groupsOf("requests", LINES, { most: 3 }));
  expect(await live(["insights"]).ask(question("requests", null).question)).toMatchObject({
    status: "failed",
    failure: { kind: "malformed", message: expect.stringMatching(/gave 3 of \d+ lines/) },
  });
});

test("an answer that does not say how many lines there are is a gap", async () => {
  await startInsights(groupsOf("requests", LINES, { uncounted: true }));
  expect(await live(["insights"]).ask(question("requests", null).question)).toMatchObject({
    failure: { kind: "malformed", message: "CloudWatch Logs did not say how many lines it found" },
  });
});

test("where a delivery cannot be read, the log is not told as one that goes nowhere", async () => {
  await startInsights({ groups: {}, deliveries: [[BALANCER_ARN, 7 as unknown as string, GROUP]] });
  expect(await live(["insights"]).ask(question("requests", null).question)).toMatchObject({
    failure: {
      kind: "malformed",
      message: expect.stringMatching(/^it is not known where the access log goes: .*logType/),
    },
  });
});

test.each(["DescribeDeliverySources", "DescribeDeliveries"])(
  "an empty answer of %s does not say that the log goes nowhere",
  async (operation) => {
    const failing = (asked: string) => (asked === operation ? "empty-body" : null);
    await startInsights(groupsOf("requests", LINES, { failing }));
    expect(await live(["insights"]).ask(question("requests", null).question)).toMatchObject({
      failure: {
        kind: "malformed",
        message: expect.stringMatching(/^it is not known where the access log goes: the answer has no list deliver/),
      },
    });
  },
);

test("a log group whose lines are in a form that nobody reads says so", async () => {
  await startInsights(groupsOf("requests", ["a;b;c", "d;e;f"]));
  const answer = await live(["insights"]).ask(question("requests", null).question);
  if (answer.status === "failed") throw new Error(answer.failure.message);
  const { value, flaws } = question("requests", null).parse(answer.pages);
  expect(value.rows).toEqual([]);
  expect(flaws).toEqual([expect.stringMatching(/^(\d+) of \1 lines could not be read$/)]);
});

test("what is scanned is billed, and told", async () => {
  const tally = new Tally();
  await startInsights(groupsOf("requests", LINES));
  await live(["insights"], tally).ask(question("requests", null).question);
  expect(tally.inWords([ACCESS_LOGS])).toMatch(/; 1 MB scanned by Logs Insights, at most 0\.00001 USD$/);
});

test("nothing is asked of CloudWatch Logs without consent", async () => {
  const { asked } = await startInsights(groupsOf("connections", CONNECTIONS));
  expect(await live([]).ask(question("connections", null).question)).toMatchObject({
    failure: { kind: "missing", message: expect.stringContaining("writes no connection log to S3") },
  });
  expect(asked).toEqual([]);
});

test.each(["requests", "checks"] as const)(
  "%s that are not delivered are an answer without a line, and nothing is queried",
  async (log) => {
    const { asked } = await startInsights(groupsOf("connections", CONNECTIONS));
    const { read, rows } = toldBy(log, await live(["insights"]).ask(question(log, null).question));
    expect([read.engine, read.lines, rows]).toEqual(["insights", 0, []]);
    expect(asked).not.toContain("StartQuery");
  },
);

test("a query that nobody waits for any more is stopped", async () => {
  const stop = new AbortController();
  const { asked } = await startInsights(groupsOf("requests", LINES, { hangs: true }));
  const answer = live(["insights"], new Tally(), stop.signal).ask(question("requests", null).question);
  await vi.waitFor(() => expect(asked).toContain("GetQueryResults"), { timeout: 10_000 });
  stop.abort();
  expect(await answer).toMatchObject({ status: "failed" });
  expect(asked.at(-1)).toBe("StopQuery");
});
