import { describe, expect, it } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import type { Answer, Json, Question } from "../../src/model/question.ts";
import { jsonReport } from "../../src/output/json.ts";
import { plainPage } from "../../src/output/plain.ts";
import { field } from "../../src/sources/parse.ts";
import {
  asked,
  computing,
  described,
  errors,
  inner,
  type MetricAlarm,
  metric,
  onExpression,
  own,
  statement,
} from "./other-alarms.ts";
import { lost } from "./replay.ts";

describe("an alarm on an expression", () => {
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

  it("that puts a zero instead of poor periods is judged without them", async () => {
    const judge = (value: number, count: number) => (count > 20 ? value : 0);
    const session = await asked(own, [onExpression("IF(requests > 20, latency, 0)")], [], computing(judge));
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    const { judged, requests } = session.facts.alarmMetric ?? { judged: null, requests: null };
    const counts = judged?.values.map((value, index) => ({ value, count: requests?.values[index] ?? 0 })) ?? [];
    expect(counts.filter(({ value, count }) => value !== null && count <= 20)).toEqual([]);
    expect(counts.filter(({ value }) => value !== null).length).toBeGreaterThan(100);
  });

  it("that tells milliseconds is judged in seconds, and written back in milliseconds", async () => {
    const alarm = { ...onExpression("latency * 1000"), Threshold: 800 };
    const session = await asked(
      own,
      [alarm],
      [],
      computing((value) => value * 1000),
    );
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(session.facts.alarm).toMatchObject({ threshold: 0.8, expression: { factor: 1000 } });
    expect(statement(session, "alarm-history.condition")).toMatch(/latency \* 1000, which is 1000 times/);
    const commands = session.fixes.flatMap((fix) => fix.rollback).filter((one) => one.includes("put-metric-alarm"));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).toMatch(/--threshold 800 /);
  });

  it.each([
    ["latency + 0.1", (value: number) => value + 0.1],
    ["latency / requests", (value: number, count: number) => value / count],
    // The text says that it only chooses; CloudWatch's values say that it does more.
    ["FILL(latency, 0)", (value: number) => value * 2],
    ["latency *", (value: number) => value * 2],
  ])("that does more than choose is not taken for its metric: %s", async (words, judge) => {
    const session = await asked(own, [onExpression(words)], [], computing(judge));
    expect(session.outcome).toBe("open");
    expect(session.facts.alarmMetric).toBeUndefined();
    expect(session.gaps.map(({ what }) => what).join()).toContain(`${words} is more than a choice`);
  });

  it("whose text is not known is judged where its values are those of the metric", async () => {
    const session = await asked(
      own,
      [onExpression("RUNNING_SUM(latency)")],
      [],
      computing((value) => value),
    );
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });
});

describe("an alarm on an anomaly band", () => {
  const { Threshold: _, ...rest } = onExpression("ANOMALY_DETECTION_BAND(latency, 2)");
  const band = {
    ...rest,
    ThresholdMetricId: "judged",
    ComparisonOperator: "GreaterThanUpperThreshold",
    Metrics: [
      { ...metric("latency", "TargetResponseTime", "Average"), ReturnData: true },
      { Id: "judged", Expression: "ANOMALY_DETECTION_BAND(latency, 2)" },
    ],
  };
  /** CloudWatch's two series of a band that moves between 0.3 and 0.5 s. */
  const banded = (question: Question): Answer | null => {
    const answer = computing(() => 0.3)(question);
    if (answer?.status !== "answered") return answer;
    const [page] = answer.pages;
    const [upper] = field(page, "MetricDataResults") as { Timestamps: string[]; Values: number[] }[];
    const raised = { ...upper, Label: "high", Values: upper?.Values.map((_, index) => (index % 2 ? 0.5 : 0.4)) };
    const lower = { ...upper, Label: "low", Values: upper?.Values.map(() => -0.1) };
    return { ...answer, pages: [{ MetricDataResults: [lower, raised], Messages: [] }] } as Answer;
  };

  it("is judged by the episodes of its history; its bound is read, and nothing is proposed for it", async () => {
    const session = await asked(own, [band], [], banded);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(session.facts.alarm).toMatchObject({ kind: "anomaly-band", threshold: 0.5 });
    expect(session.facts.episodes?.cycles).toBe(9);
    expect(statement(session, "alarm-history.condition")).toContain(
      "is above the band that CloudWatch expects (ANOMALY_DETECTION_BAND(latency, 2), 0.5 s at most in this window)",
    );
    expect(session.fixes.map(({ id }) => id)).not.toContain("steadier-alarm");
    const told = plainPage(session, { width: 100, color: false }) + jsonReport(session);
    expect(told).not.toContain("NaN");
    expect(told).not.toContain("put-metric-alarm");
  });

  it("whose band is not there is told so", async () => {
    const single = (question: Question) => computing(() => 0.3)(question);
    const session = await asked(own, [band], [], single);
    expect(session.gaps.map(({ what }) => what).join()).toContain(
      "CloudWatch has no anomaly detection band for the alarm's metric in this window",
    );
    expect(session.outcome).toBe("open");
  });

  it("whose band cannot be read tells its episodes, and no cause", async () => {
    const session = await asked(own, [band], [], (question) => (computing(() => 0)(question) ? lost : null));
    expect(session.outcome).toBe("open");
    expect(statement(session, "alarm-history.flapping")).toMatch(/went from OK to ALARM 9 times/);
    expect(plainPage(session, { width: 100, color: false }) + jsonReport(session)).not.toContain("NaN");
  });
});

describe("an alarm that swaps OK and INSUFFICIENT_DATA", () => {
  it("is told with what to change", async () => {
    const lossy = (question: Question): Answer | null => {
      if (question.operation !== "DescribeAlarmHistory") return null;
      const text = JSON.stringify(inner.answer(question));
      return JSON.parse(text.replaceAll("ALARM", "INSUFFICIENT_DATA")) as Answer;
    };
    const session = await asked(own, [{ ...described, StateValue: "OK" }], [], lossy);
    expect(statement(session, "alarm-history.states")).toMatch(
      /^lost its data 9 times in 6 h .*it never went to ALARM; treat missing data as notBreaching/,
    );
  });
});

describe("a Metrics Insights alarm", () => {
  it("is told as what it is, with the contributors that raised it", async () => {
    const { MetricName: _, Namespace: __, Statistic: ___, Dimensions: ____, Period: _____, ...rest } = described;
    const words = 'SELECT AVG(TargetResponseTime) FROM "AWS/ApplicationELB" GROUP BY LoadBalancer';
    const change = (of: string, from: string, to: string) => ({
      Timestamp: "2026-06-26T09:00:00Z",
      HistoryItemType: "AlarmContributorStateUpdate",
      HistorySummary: `Alarm contributor updated from ${from} to ${to}`,
      AlarmContributorId: of,
      AlarmContributorAttributes: { LoadBalancer: of },
    });
    const AlarmHistoryItems = [
      change("app/a/1", "OK", "ALARM"),
      change("app/a/1", "ALARM", "OK"),
      change("app/a/1", "OK", "ALARM"),
      change("app/b/2", "OK", "ALARM"),
      change("app/c/3", "ALARM", "OK"),
    ];
    const history = ({ operation }: Question): Answer | null =>
      operation === "DescribeAlarmHistory" ? { status: "answered", pages: [{ AlarmHistoryItems }] } : null;
    const session = await asked(own, [{ ...rest, Metrics: [{ Id: "q", Expression: words }] }], [], history);
    expect(session.gaps[0]?.what).toContain(`it is a Metrics Insights alarm, on ${words}`);
    expect(statement(session, "alarm.contributors")).toBe(
      "its contributors that went to ALARM: LoadBalancer app/a/1 (2 times) and LoadBalancer app/b/2 (1 time)",
    );
  });
});

describe("what an alarm watches", () => {
  const withDimensions = (dimensions: Record<string, string>): MetricAlarm => ({
    ...described,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  });
  const LoadBalancer = String(field((described.Dimensions as Json[])[0], "Value"));

  it("is told with its zone", async () => {
    const session = await asked(own, [withDimensions({ LoadBalancer, AvailabilityZone: "eu-west-2a" })]);
    expect(statement(session, "alarm-history.condition")).toMatch(
      /of load balancer k8s-api-\S+ in eu-west-2a is above/,
    );
  });

  it("is nothing where a dimension holds a whole ARN, and the cluster is not asked", async () => {
    const arn = `arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/${LoadBalancer}`;
    const session = await asked(own, [withDimensions({ LoadBalancer: arn })]);
    expect(session.verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
    expect(session.verdict?.headline).toContain("the dimension LoadBalancer holds a whole ARN");
    expect(session.fixes[0]?.preconditions[0]).toContain(`give LoadBalancer as ${LoadBalancer}`);
    expect(session.exchanges.map(({ question }) => question.source)).not.toContain("kubernetes");
  });

  it("is told where no playbook knows it: evaluated rules, a PromQL query", async () => {
    const counted = await asked("errors", [{ ...errors, MetricName: "RuleEvaluations" }]);
    expect(counted).toMatchObject({ outcome: "unsupported-alarm", gaps: [], hypotheses: [] });
    const judged = playbooks.flatMap(({ judges }) => judges ?? []);
    expect(judged).toEqual(expect.arrayContaining(["latency", "target 5xx and 4xx", "load balancer 5xx", "TLS"]));
    const [watches, judges] = counted.verdict?.headline.split(": lbdoctor judges ") ?? [];
    expect(watches).toMatch(/^errors watches RuleEvaluations \(AWS\/ApplicationELB\) of load balancer /);
    expect(judges).toBe(`${judged.slice(0, -1).join(", ")} and ${judged.at(-1)} alarms.`);
    const EvaluationCriteria = { PromQLCriteria: { Query: "up == 0" } };
    const promql = { AlarmName: own, AlarmArn: String(described.AlarmArn), StateValue: "OK", EvaluationCriteria };
    const [gap] = (await asked(own, [promql])).gaps;
    expect(gap?.what).toContain("it is a PromQL alarm, on up == 0; lbdoctor does not know those");
  });
});
