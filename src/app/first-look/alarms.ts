import { alarmsNamed, compositeRule } from "../../analysis/composite-rule.ts";
import { isOfBalancers } from "../../model/metric.ts";
import type { Answer, Failure, Json } from "../../model/question.ts";
import { epoch, iso } from "../../model/time.ts";
import { CLOUDWATCH } from "../../sources/cloudwatch/descriptor.ts";
import type { LiveSource } from "../../sources/live.ts";
import { field } from "../../sources/parse.ts";
import type { Source } from "../../sources/port.ts";

/** An alarm of the account, as the list of all has it. */
export interface KnownAlarm {
  readonly name: string;
  readonly arn: string;
  /** "OK", "ALARM" or "INSUFFICIENT_DATA". */
  readonly state: string;
  /** Since when it is in this state, seconds since the epoch; null where CloudWatch does not say. */
  readonly since: number | null;
  /** Whether it watches a load balancer, or stands above an alarm that does. */
  readonly onLoadBalancer: boolean;
}

/** The account's alarms in this region, or why they cannot be read. */
export async function knownAlarms(source: Source): Promise<KnownAlarm[] | Failure> {
  const answer = await answerOf(source, "DescribeAlarms", { AlarmTypes: ["MetricAlarm", "CompositeAlarm"] });
  if (answer.status === "failed") return answer.failure;
  const { pages } = answer;
  const metric = pages.flatMap((page) => listIn(page, "MetricAlarms")).map((raw) => toKnown(raw, watchesBalancer(raw)));
  const watching = new Set(metric.flatMap(({ name, onLoadBalancer }) => (onLoadBalancer ? [name] : [])));
  const composite = pages
    .flatMap((page) => listIn(page, "CompositeAlarms"))
    .map((raw) => {
      const read = compositeRule(String(field(raw, "AlarmRule") ?? ""));
      const beneath = "rule" in read ? alarmsNamed(read.rule) : [];
      return toKnown(
        raw,
        beneath.some(({ name }) => watching.has(name)),
      );
    });
  return [...metric, ...composite].filter(({ name }) => name !== "");
}

/** How often each alarm went to ALARM since then, by its name; or why the history cannot be read. */
export async function cyclesSince(
  source: Source,
  start: number,
  end: number,
): Promise<ReadonlyMap<string, number> | Failure> {
  const answer = await answerOf(source, "DescribeAlarmHistory", {
    HistoryItemType: "StateUpdate",
    StartDate: iso(epoch(start)),
    EndDate: iso(epoch(end)),
    ScanBy: "TimestampDescending",
    MaxRecords: 100,
  });
  if (answer.status === "failed") return answer.failure;
  const cycles = new Map<string, number>();
  for (const item of answer.pages.flatMap((page) => listIn(page, "AlarmHistoryItems"))) {
    // "Alarm updated from OK to ALARM" (CloudWatch User Guide, Alarm history).
    if (!/ to ALARM$/.test(String(field(item, "HistorySummary") ?? ""))) continue;
    const name = String(field(item, "AlarmName") ?? "");
    cycles.set(name, (cycles.get(name) ?? 0) + 1);
  }
  return cycles;
}

/** Regions that every account of the commercial partition has without asking (AWS General Reference, Regions). */
const REGIONS = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
  ...["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1"],
  ...["ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-southeast-1", "ap-southeast-2"],
];

/**
 * The regions in which there is an alarm of this name: one cheap question to each but the one that was asked. One that
 * does not answer is not among them.
 */
export async function regionsWith(live: LiveSource, name: string): Promise<{ region: string; state: string }[]> {
  const here = await live.opened(CLOUDWATCH);
  const asked = await here.region();
  const input = { AlarmNames: [name], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] };
  const found = await Promise.all(
    REGIONS.filter((region) => region !== asked).map(async (region) => {
      const answer = await answerOf(here.inRegion(region), "DescribeAlarms", input);
      if (answer.status === "failed") return [];
      const [one] = answer.pages.flatMap((page) => [
        ...listIn(page, "MetricAlarms"),
        ...listIn(page, "CompositeAlarms"),
      ]);
      return one === undefined ? [] : [{ region, state: toKnown(one, false).state }];
    }),
  );
  return found.flat();
}

function answerOf(source: Source, operation: string, input: { [key: string]: Json }): Promise<Answer> {
  return source.ask({ source: CLOUDWATCH.id, operation, input });
}

function listIn(page: unknown, name: string): readonly unknown[] {
  const list = field(page, name);
  return Array.isArray(list) ? list : [];
}

function toKnown(raw: unknown, onLoadBalancer: boolean): KnownAlarm {
  const text = (name: string) => {
    const value = field(raw, name);
    return typeof value === "string" ? value : "";
  };
  const since = Date.parse(text("StateTransitionedTimestamp") || text("StateUpdatedTimestamp"));
  return {
    name: text("AlarmName"),
    arn: text("AlarmArn"),
    state: text("StateValue"),
    since: Number.isNaN(since) ? null : since / 1000,
    onLoadBalancer,
  };
}

function watchesBalancer(raw: unknown): boolean {
  const own = field(raw, "Namespace");
  const inner = listIn(raw, "Metrics").map((one) => field(field(field(one, "MetricStat"), "Metric"), "Namespace"));
  return [own, ...inner].some((namespace) => isOfBalancers(String(namespace ?? "")));
}
