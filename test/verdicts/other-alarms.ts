import { INCIDENTS } from "../../simulator/catalogue.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld } from "../../simulator/world.ts";
import { investigate } from "../../src/api.ts";
import type { Answer, Input, Json, Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import { field } from "../../src/sources/parse.ts";

/*
 * Alarms that are not on one metric: composite alarms above the incident's own, and expressions over its metric. The
 * simulated CloudWatch knows neither; what stands before it here does.
 */

const world = buildWorld(INCIDENTS["worker-ceiling"]());
export const inner = new WorldSource(world);
const { scenario } = world;
export const own = scenario.alarm.name;

export type MetricAlarm = Record<string, Json>;
export const described = ownAlarm();

function ownAlarm(): MetricAlarm {
  const question = { source: "cloudwatch", operation: "DescribeAlarms", input: { AlarmNames: [own] } } as const;
  const answer = inner.answer(question);
  const [page] = answer.status === "answered" ? answer.pages : [];
  const [alarm] = field(page, "MetricAlarms") as MetricAlarm[];
  if (!alarm) throw new Error("the world has no alarm");
  return alarm;
}

export const errors: MetricAlarm = {
  ...described,
  AlarmName: "errors",
  MetricName: "HTTPCode_Target_5XX_Count",
  Statistic: "Sum",
};
export const composite = (name: string, rule: string) => ({ AlarmName: name, AlarmRule: rule, StateValue: "ALARM" });

/** Investigates `alarmName` where these alarms exist. */
export async function asked(
  alarmName: string,
  alarms: readonly MetricAlarm[],
  composites: readonly ReturnType<typeof composite>[] = [],
  instead: (question: Question) => Answer | null = () => null,
): Promise<Session> {
  const ask = async (question: Question): Promise<Answer> => {
    const other = instead(question);
    if (other || question.operation !== "DescribeAlarms") return other ?? inner.answer(question);
    const names = question.input.AlarmNames as readonly string[];
    const page = {
      MetricAlarms: alarms.filter(({ AlarmName }) => names.includes(String(AlarmName))),
      CompositeAlarms: composites.filter(({ AlarmName }) => names.includes(AlarmName)),
    };
    return { status: "answered", pages: [page] };
  };
  return investigate({
    source: { ask },
    opening: {
      id: "beneath",
      version: "0",
      alarmName,
      now: iso(scenario.now),
      window: { start: scenario.now - scenario.window, end: scenario.now },
      allowExec: true,
      source: { kind: "fixture", fixture: "beneath", description: "" },
    },
  });
}

export const statement = (session: Session, id: string) => session.findings.find((one) => one.id === id)?.statement;

export const metric = (Id: string, MetricName: string, Stat: string) => ({
  Id,
  ReturnData: false,
  MetricStat: {
    Metric: { Namespace: "AWS/ApplicationELB", MetricName, Dimensions: described.Dimensions as Json },
    Period: 60,
    Stat,
  },
});
export const onExpression = (Expression: string): MetricAlarm => {
  const { MetricName: _, Namespace: __, Statistic: ___, Dimensions: ____, Period: _____, ...rest } = described;
  const judged = { Id: "judged", Expression };
  const queries = [
    judged,
    metric("latency", "TargetResponseTime", "Average"),
    metric("requests", "RequestCount", "Sum"),
  ];
  return { ...rest, Metrics: queries } as MetricAlarm;
};

/** CloudWatch's answer for the expression's queries, computed from the values of its metrics. */
export const computing =
  (judge: (latency: number, requests: number) => number | null) =>
  (question: Question): Answer | null => {
    const queries = (question.input.MetricDataQueries ?? []) as readonly Input[];
    if (!queries.some(({ Expression }) => Expression !== undefined)) return null;
    const metrics = queries.filter(({ MetricStat }) => MetricStat !== undefined);
    const raw = inner.answer({ ...question, input: { ...question.input, MetricDataQueries: metrics } });
    if (raw.status !== "answered") return raw;
    const lines = raw.pages.flatMap((page) => field(page, "MetricDataResults") as Line[]);
    const [latencies, requests] = ["latency", "requests"].map((id) => joined(lines, id));
    const kept = [...(latencies ?? [])].flatMap(([at, value]) => {
      const result = judge(value, requests?.get(at) ?? 0);
      return result === null ? [] : [{ at, result }];
    });
    const Timestamps = kept.map(({ at }) => at);
    const Values = kept.map(({ result }) => result);
    return {
      status: "answered",
      pages: [{ MetricDataResults: [{ Id: "judged", Timestamps, Values, StatusCode: "Complete" }], Messages: [] }],
    };
  };

interface Line {
  readonly Id: string;
  readonly Timestamps: readonly string[];
  readonly Values: readonly number[];
}

function joined(lines: readonly Line[], id: string): Map<string, number> {
  const parts = lines.filter((line) => line.Id === id);
  return new Map(parts.flatMap(({ Timestamps, Values }) => Timestamps.map((at, index) => [at, Values[index] ?? 0])));
}
