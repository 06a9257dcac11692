import { describe, expect, it } from "vitest";
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
const inner = new WorldSource(world);
const { scenario } = world;
const own = scenario.alarm.name;

type MetricAlarm = Record<string, Json>;
const described = ownAlarm();

function ownAlarm(): MetricAlarm {
  const question = { source: "cloudwatch", operation: "DescribeAlarms", input: { AlarmNames: [own] } } as const;
  const answer = inner.answer(question);
  const [page] = answer.status === "answered" ? answer.pages : [];
  const [alarm] = field(page, "MetricAlarms") as MetricAlarm[];
  if (!alarm) throw new Error("the world has no alarm");
  return alarm;
}

const errors: MetricAlarm = {
  ...described,
  AlarmName: "errors",
  MetricName: "HTTPCode_Target_5XX_Count",
  Statistic: "Sum",
};
const composite = (name: string, rule: string) => ({ AlarmName: name, AlarmRule: rule, StateValue: "ALARM" });

/** Investigates `alarmName` where these alarms exist. */
async function asked(
  alarmName: string,
  alarms: readonly MetricAlarm[],
  composites: readonly ReturnType<typeof composite>[] = [],
  instead: (question: Question) => Answer | null = () => null,
): Promise<Session> {
  const ask = async (question: Question): Promise<Answer> => {
    if (question.operation !== "DescribeAlarms") return instead(question) ?? inner.answer(question);
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

const statement = (session: Session, id: string) => session.findings.find((one) => one.id === id)?.statement;

describe("a composite alarm", () => {
  it("leads to the latency alarm beneath it, and to its cause", async () => {
    const rule = `ALARM("${own}") OR ALARM("errors") OR ALARM("deleted")`;
    const session = await asked("page-the-team", [described, errors], [composite("page-the-team", rule)]);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(session.facts.alarm).toMatchObject({ name: own, composite: "page-the-team" });
    expect(session.facts.episodes?.cycles).toBe(9);
    const told = statement(session, "alarm-history.composite");
    expect(told).toContain(`page-the-team is a composite alarm; the latency alarm beneath it is ${own}`);
    expect(told).toContain("errors: Sum of HTTPCode_Target_5XX_Count");
    expect(told).toContain("deleted: there is no such alarm");
  });

  it("is followed through other composite alarms, and not in a circle", async () => {
    const session = await asked(
      "top",
      [described],
      [composite("top", "ALARM(middle)"), composite("middle", `ALARM(top) OR ALARM("${own}")`)],
    );
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("means the alarm that is in ALARM, and of several the one that went there last", async () => {
    const at = (AlarmName: string, StateValue: string, StateTransitionedTimestamp: string): MetricAlarm => ({
      ...described,
      AlarmName,
      StateValue,
      StateTransitionedTimestamp,
    });
    const alarms = [
      at("calm", "OK", "2026-06-26T10:14:00Z"),
      at("old", "ALARM", "2026-06-25T10:00:00Z"),
      at("new", "ALARM", "2026-06-26T10:00:00Z"),
    ];
    const session = await asked("top", alarms, [composite("top", "ALARM(calm) OR ALARM(old) OR ALARM(new)")]);
    expect(session.facts.alarm?.name).toBe("new");
  });

  it("says of no alarm that it is not there which it has not asked for: a call takes a hundred", async () => {
    const others = Array.from({ length: 119 }, (_, index) => ({ ...errors, AlarmName: `errors-${index}` }));
    const rule = [own, ...others.map(({ AlarmName }) => AlarmName)].map((name) => `ALARM("${name}")`).join(" OR ");
    const session = await asked("top", [described, ...others], [composite("top", rule)]);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(statement(session, "alarm-history.composite")).not.toContain("there is no such alarm");
  });

  it("above no latency alarm is told with what is beneath it", async () => {
    const session = await asked("top", [errors], [composite("top", "ALARM(errors)")]);
    expect(session.outcome).toBe("no-cause");
    const [gap] = session.gaps;
    expect(gap?.what).toMatch(
      /top cannot be investigated: it is a composite alarm.*errors: Sum of HTTPCode_Target_5XX_Count/,
    );
  });
});

describe("an alarm on an expression", () => {
  const metric = (Id: string, MetricName: string, Stat: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: "AWS/ApplicationELB", MetricName, Dimensions: described.Dimensions as Json },
      Period: 60,
      Stat,
    },
  });
  const onExpression = (Expression: string): MetricAlarm => {
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
  const computing =
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

  it("that leaves poor periods out is judged by what it leaves", async () => {
    const judge = (value: number, count: number) => (count >= 20 ? value : null);
    const alarm = onExpression("IF(requests >= 20, latency)");
    const session = await asked(own, [alarm], [], computing(judge));
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(statement(session, "alarm-history.condition")).toContain("IF(requests >= 20, latency)");
    const poor = session.facts.alarmMetric?.judged.values.filter(
      (value, index) => value !== null && (session.facts.alarmMetric?.requests.values[index] ?? 0) < 20,
    );
    expect(poor).toEqual([]);
  });

  it("that does more than choose is not taken for its metric", async () => {
    const session = await asked(
      own,
      [onExpression("latency * 1000")],
      [],
      computing((value) => value * 1000),
    );
    expect(session.outcome).toBe("no-cause");
    expect(session.facts.alarm).toBeUndefined();
    expect(session.gaps.map(({ what }) => what).join()).toContain("latency * 1000 is more than a choice");
  });
});

interface Line {
  readonly Id: string;
  readonly Timestamps: readonly string[];
  readonly Values: readonly number[];
}

function joined(lines: readonly Line[], id: string): Map<string, number> {
  const parts = lines.filter((line) => line.Id === id);
  return new Map(parts.flatMap(({ Timestamps, Values }) => Timestamps.map((at, index) => [at, Values[index] ?? 0])));
}
