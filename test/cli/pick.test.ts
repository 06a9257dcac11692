import { expect, test } from "vitest";
import { cyclesSince, knownAlarms } from "../../src/app/first-look/alarms.ts";
import { offered, offeredLine } from "../../src/cli/pick.ts";
import type { Answer, Question } from "../../src/model/question.ts";
import type { Source } from "../../src/sources/port.ts";

/* What `lbdoctor investigate` without a name offers to pick from. */

const NOW = Date.parse("2026-06-26T10:00:00Z") / 1000;

function alarm(AlarmName: string, StateValue: string, more: object = {}) {
  const own = { Namespace: "AWS/ApplicationELB", StateTransitionedTimestamp: "2026-06-26T09:54:00Z" };
  return { AlarmName, AlarmArn: `arn:aws:cloudwatch:eu-west-2:1:alarm:${AlarmName}`, StateValue, ...own, ...more };
}

const metric = (Namespace: string) => ({ Namespace: undefined, Metrics: [{ MetricStat: { Metric: { Namespace } } }] });

const ALARMS = {
  MetricAlarms: [
    alarm("quiet", "OK"),
    alarm("flapped-twice", "OK"),
    alarm("flapped-often", "OK"),
    alarm("firing", "ALARM"),
    alarm("on-nlb-by-expression", "ALARM", metric("AWS/NetworkELB")),
    alarm("on-a-queue", "ALARM", { Namespace: "AWS/SQS" }),
  ],
  CompositeAlarms: [
    {
      AlarmName: "above",
      AlarmArn: "arn:aws:cloudwatch:eu-west-2:1:alarm:above",
      StateValue: "ALARM",
      AlarmRule: 'ALARM("firing")',
    },
    { AlarmName: "above-a-queue", AlarmArn: "x", StateValue: "ALARM", AlarmRule: 'ALARM("on-a-queue")' },
  ],
};

const update = (AlarmName: string, to: string) => ({ AlarmName, HistorySummary: `Alarm updated from OK to ${to}` });
const HISTORY = {
  AlarmHistoryItems: [
    ...[1, 2].map(() => update("flapped-twice", "ALARM")),
    ...[1, 2, 3, 4, 5].map(() => update("flapped-often", "ALARM")),
    update("quiet", "INSUFFICIENT_DATA"),
  ],
};

const account: Source = {
  ask: async ({ operation }: Question): Promise<Answer> => ({
    status: "answered",
    pages: [operation === "DescribeAlarms" ? ALARMS : HISTORY],
  }),
};

const refusing: Source = {
  ask: async (): Promise<Answer> => ({ status: "failed", failure: { kind: "forbidden", message: "no" } }),
};

test("offered are the load balancers' alarms in ALARM, then those that flapped today, the busiest first", async () => {
  const all = offered(await knownAlarms(account), await cyclesSince(account, NOW - 86_400, NOW));
  expect(all.map(({ name, cycles }) => [name, cycles])).toEqual([
    ["above", 0],
    ["firing", 0],
    ["on-nlb-by-expression", 0],
    ["flapped-often", 5],
    ["flapped-twice", 2],
  ]);
});

test("a line says since when, how often and which", async () => {
  const one = offered(await knownAlarms(account), new Map([["firing", 9]])).find(({ name }) => name === "firing");
  expect(one && offeredLine(one, 1, NOW)).toBe("  1  ALARM for 6 min        9 × today    firing");
});

test("an account that lets nobody read has nothing to offer", async () => {
  expect(offered(await knownAlarms(refusing), await cyclesSince(refusing, NOW - 86_400, NOW))).toEqual([]);
});
