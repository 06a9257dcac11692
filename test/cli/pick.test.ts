import { expect, test } from "vitest";
import { cyclesSince, knownAlarms } from "../../src/app/first-look/alarms.ts";
import { offered, offeredLine, pickAlarm } from "../../src/cli/pick.ts";
import type { Answer, Failure, Question } from "../../src/model/question.ts";
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
    {
      AlarmName: "above-the-firing-squad",
      AlarmArn: "x",
      StateValue: "ALARM",
      AlarmRule: 'ALARM("the-firing-squad")',
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

/** What could be read; a failure ends the test. */
function read<Value extends object>(value: Value): Exclude<Value, Failure> {
  if ("kind" in value) throw new Error(`not read: ${JSON.stringify(value)}`);
  return value as Exclude<Value, Failure>;
}

const alarms = read(await knownAlarms(account));
const cycles = read(await cyclesSince(account, NOW - 86_400, NOW));

test("offered are the load balancers' alarms in ALARM, then those that flapped today, the busiest first", () => {
  expect(offered(alarms, cycles).map((one) => [one.name, one.cycles])).toEqual([
    ["above", 0],
    ["firing", 0],
    ["on-nlb-by-expression", 0],
    ["flapped-often", 5],
    ["flapped-twice", 2],
  ]);
});

test("an alarm above another whose name only holds a balancer's alarm's is none of a balancer", () => {
  expect(alarms.find(({ name }) => name === "above-the-firing-squad")?.onLoadBalancer).toBe(false);
});

test("a line says since when, how often and which", () => {
  const one = offered(alarms, new Map([["firing", 9]])).find(({ name }) => name === "firing");
  expect(one && offeredLine(one, 1, NOW)).toBe("  1  ALARM for 6 min        9 × today    firing");
});

const told = async (source: Source) => {
  const lines: string[] = [];
  const err = { write: (text: string) => lines.push(text) > 0 } as unknown as NodeJS.WriteStream;
  const picked = await pickAlarm(source, { err }, NOW, new AbortController().signal);
  return { picked, lines };
};

test("alarms that cannot be read are a failure, and not said to be none", async () => {
  const { picked, lines } = await told(refusing);
  expect(picked).toEqual({ kind: "forbidden", message: "no" });
  expect(lines).toEqual([]);
});

test("a history that cannot be read is said so, and no alarm is said to have been quiet today", async () => {
  const quiet = { MetricAlarms: [alarm("quiet", "OK")], CompositeAlarms: [] };
  const { picked, lines } = await told({
    ask: async (question) =>
      question.operation === "DescribeAlarms" ? { status: "answered", pages: [quiet] } : refusing.ask(question),
  });
  expect(picked).toBeNull();
  expect(lines).toEqual([
    "lbdoctor: which alarms fired today cannot be read: no\n",
    "lbdoctor: none of 1 load balancer alarm is in ALARM; name the one you mean.\n",
  ]);
  const [firing] = offered(alarms, null);
  expect(firing && offeredLine(firing, 1, NOW)).toBe("  1  ALARM                               above");
});
