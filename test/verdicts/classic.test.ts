import { describe, expect, it } from "vitest";
import { investigate } from "../../src/api.ts";
import type { Answer, Input, Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";

const END = 1_782_482_400;
const WINDOW = { start: END - 6 * 3600, end: END };
/** Minutes of the window in which it goes wrong. */
const SPIKES = [60, 150, 240].map((minute) => [minute, minute + 10] as const);

interface Incident {
  readonly metric: string;
  readonly threshold: number;
  /** A metric by minute: outside the spikes, and in them; what is not named is not published. */
  readonly metrics: { readonly [metric: string]: readonly [outside: number | null, inside: number | null] };
}

const answered = (page: unknown): Answer => ({ status: "answered", pages: [page as never] });
const missing: Answer = { status: "failed", failure: { kind: "unreachable", message: "there is no cluster" } };

/** A Classic Load Balancer with two plain instances, and no cluster. */
function answerOf({ metric, threshold, metrics }: Incident, { source, operation, input }: Question): Answer {
  if (source === "elb") return answered(OF_CLASSIC[operation]);
  if (source !== "cloudwatch") return missing;
  if (operation === "DescribeAlarms")
    return answered({ MetricAlarms: [alarmOn(metric, threshold)], CompositeAlarms: [] });
  if (operation === "DescribeAlarmHistory") return answered({ AlarmHistoryItems: changes() });
  if (operation !== "GetMetricData") return missing;
  const queries = input.MetricDataQueries as { Id: string; MetricStat: { Metric: Input } }[];
  const lines = queries.map(({ Id, MetricStat: { Metric } }) => {
    const dimensions = Metric.Dimensions as { Name: string; Value: string }[];
    const isOurs = Metric.Namespace === "AWS/ELB" && dimensions.every(({ Name }) => Name === "LoadBalancerName");
    const [outside, inside] = (isOurs ? metrics[String(Metric.MetricName)] : undefined) ?? [null, null];
    const points = Array.from({ length: 360 }, (_, minute) => {
      const value = SPIKES.some(([from, to]) => minute >= from && minute < to) ? inside : outside;
      return { at: iso(WINDOW.start + 60 * minute), value };
    }).filter(({ value }) => value !== null);
    return {
      Id,
      StatusCode: "Complete",
      Timestamps: points.map(({ at }) => at),
      Values: points.map((one) => one.value),
    };
  });
  return answered({ MetricDataResults: lines, Messages: [] });
}

const OF_CLASSIC: { readonly [operation: string]: unknown } = {
  DescribeLoadBalancers: {
    LoadBalancerDescriptions: [
      {
        LoadBalancerName: "shop",
        DNSName: "shop-1.eu-central-1.elb.amazonaws.com",
        AvailabilityZones: ["eu-central-1a"],
        Instances: [{ InstanceId: "i-1" }, { InstanceId: "i-2" }],
        ListenerDescriptions: [{ Listener: { Protocol: "HTTP", LoadBalancerPort: 80, InstancePort: 8080 } }],
      },
    ],
  },
  DescribeLoadBalancerAttributes: { LoadBalancerAttributes: { ConnectionSettings: { IdleTimeout: 60 } } },
  DescribeInstanceHealth: { InstanceStates: [{ InstanceId: "i-1", State: "InService" }] },
  DescribeTags: { TagDescriptions: [] },
};

function alarmOn(MetricName: string, Threshold: number) {
  return {
    AlarmName: "shop",
    AlarmArn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop",
    StateValue: "OK",
    Namespace: "AWS/ELB",
    MetricName,
    Dimensions: [{ Name: "LoadBalancerName", Value: "shop" }],
    Statistic: MetricName === "SurgeQueueLength" ? "Maximum" : "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold,
    ComparisonOperator: "GreaterThanThreshold",
    TreatMissingData: "notBreaching",
  };
}

function changes() {
  const change = (minute: number, from: string, to: string) => ({
    AlarmName: "shop",
    Timestamp: iso(WINDOW.start + 60 * minute),
    HistoryItemType: "StateUpdate",
    HistorySummary: `Alarm updated from ${from} to ${to}`,
  });
  return SPIKES.flatMap(([from, to]) => [change(from + 1, "OK", "ALARM"), change(to + 1, "ALARM", "OK")]);
}

function solve(incident: Incident): Promise<Session> {
  return investigate({
    source: { ask: async (question) => answerOf(incident, question) },
    opening: {
      id: "classic",
      version: "0",
      alarmName: "shop",
      now: iso(END),
      window: WINDOW,
      allowExec: false,
      source: { kind: "fixture", fixture: "classic", description: "hand-made" },
    },
  });
}

const hosts = { HealthyHostCount: [2, 2], UnHealthyHostCount: [0, 0] } as const;

describe("an alarm on a Classic Load Balancer", () => {
  it("is told as a queue of 1,024 that overflows in a flash of requests", async () => {
    const session = await solve({
      metric: "SpilloverCount",
      threshold: 0,
      metrics: {
        ...hosts,
        RequestCount: [600, 1400],
        SurgeQueueLength: [2, 1024],
        SpilloverCount: [null, 300],
        HTTPCode_ELB_5XX: [null, 300],
        Latency: [0.1, 0.9],
      },
    });
    expect(session.playbook).toBe("classic");
    expect(session.verdict).toMatchObject({ rootCause: "connection-saturation", confidence: "confirmed" });
    const commands = session.findings.flatMap(({ reproduce }) => reproduce);
    expect(commands.some((one) => one.startsWith("aws elb describe-load-balancers --load-balancer-names shop"))).toBe(
      true,
    );
    expect(commands.join("\n")).not.toContain("aws elbv2");
  });

  it("leaves it open why a queue fills, where no more requests come than usual", async () => {
    const session = await solve({
      metric: "SurgeQueueLength",
      threshold: 500,
      metrics: { ...hosts, RequestCount: [600, 400], SurgeQueueLength: [2, 1024], SpilloverCount: [null, 200] },
    });
    expect(session.verdict?.rootCause).toBeNull();
  });

  it("is told as likely errors of the application, where nothing is known of the instances", async () => {
    const session = await solve({
      metric: "HTTPCode_Backend_5XX",
      threshold: 10,
      metrics: { ...hosts, RequestCount: [600, 600], HTTPCode_Backend_5XX: [null, 60], SurgeQueueLength: [1, 1] },
    });
    expect(session.verdict).toMatchObject({ rootCause: "target-errors", confidence: "likely" });
  });

  it("is told as instances that are out of service", async () => {
    const session = await solve({
      metric: "UnHealthyHostCount",
      threshold: 0,
      metrics: { HealthyHostCount: [2, 0], UnHealthyHostCount: [0, 2], RequestCount: [600, null] },
    });
    expect(session.playbook).toBe("host-health");
    expect(session.verdict?.rootCause).toBe("no-healthy-targets");
  });

  it("says of a latency what it does not judge", async () => {
    const session = await solve({
      metric: "Latency",
      threshold: 1,
      metrics: { ...hosts, RequestCount: [600, 600], Latency: [0.1, 2], SurgeQueueLength: [1, 1] },
    });
    expect(session.verdict?.rootCause).toBeNull();
    expect(session.gaps.map(({ what }) => what).join()).toContain("no percentiles and no target groups");
  });
});
