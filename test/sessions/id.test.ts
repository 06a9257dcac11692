import { expect, test } from "vitest";
import { sessionId } from "../../src/sessions/id.ts";

const asked = {
  alarmName: "k8s-api-prod-core-7db0ccf2c3-target-response-time",
  now: "2026-06-26T10:15:00Z",
  window: { start: 1, end: 2 },
  allowExec: false,
};

test("the day, the beginning of the alarm's name, and a hash", () => {
  expect(sessionId("evidence", asked)).toMatch(/^2026-06-26-k8s-api-prod-core-7db0ccf2c3-[0-9a-f]{8}$/);
});

test("the same evidence asked the same way is the same session", () => {
  expect(sessionId("evidence", { ...asked })).toBe(sessionId("evidence", asked));
});

test("everything that the session depends on changes it", () => {
  const ids = [
    sessionId("evidence", asked),
    sessionId("other evidence", asked),
    sessionId("evidence", { ...asked, alarmName: `${asked.alarmName}-2` }),
    sessionId("evidence", { ...asked, now: "2026-06-26T10:16:00Z" }),
    sessionId("evidence", { ...asked, window: { start: 0, end: 2 } }),
    sessionId("evidence", { ...asked, window: { start: 1, end: 3 } }),
    sessionId("evidence", { ...asked, allowExec: true }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ["Latency / checkout (p99)!", "latency-checkout-p99"],
  ["../../etc/passwd", "etc-passwd"],
  ["遅延", "alarm"],
  ["\u001b[31m", "31m"],
  ["x".repeat(300), "x".repeat(32)],
])("an alarm called %j has a file name", (alarmName, slug) => {
  expect(sessionId("evidence", { ...asked, alarmName })).toMatch(new RegExp(`^2026-06-26-${slug}-[0-9a-f]{8}$`));
});
