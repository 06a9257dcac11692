import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeAlarmHistory, describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import { type Manifest, type Recorded, writeRecording } from "../../src/sources/recording/recording.ts";
import { emptyFolder } from "./lbdoctor.ts";

export const ALARM = "checkout-latency";
const NOW = "2026-03-04T12:00:00Z";
const WINDOW = { start: "2026-03-04T07:00:00Z", end: NOW };

const about: Omit<Manifest, "version" | "files"> = {
  id: "small",
  title: "An alarm and nothing else",
  description: "Just enough for an investigation that ends without a cause.",
  provenance: "made up for a test",
  alarm: ALARM,
  now: NOW,
  window: WINDOW,
  allowExec: false,
};

/** A recording of one alarm that never left OK, in a folder of its own. */
export async function smallRecording(
  changed: Partial<Manifest> = {},
  alarm: Record<string, unknown> = {},
): Promise<string> {
  const folder = emptyFolder();
  await writeRecording(folder, { ...about, ...changed }, [alarmAnswer(alarm)]);
  return folder;
}

/** A recording in which there is no alarm of that name. */
export async function recordingWithoutAlarm(): Promise<string> {
  const folder = emptyFolder();
  const pages = [{ MetricAlarms: [], CompositeAlarms: [] }];
  await writeRecording(folder, about, [
    { question: describeAlarms([ALARM]).question, answer: { status: "answered", pages } },
  ]);
  return folder;
}

/** A recording in which AWS refused every question. */
export async function recordingOfRefusals(): Promise<string> {
  const folder = emptyFolder();
  const failure = { kind: "unauthenticated", message: "the security token has expired" } as const;
  const span = { start: Date.parse(WINDOW.start) / 1000, end: Date.parse(WINDOW.end) / 1000 };
  const questions = [describeAlarms([ALARM]).question, describeAlarmHistory(ALARM, span).question];
  await writeRecording(
    folder,
    about,
    questions.map((question) => ({ question, answer: { status: "failed", failure } })),
  );
  return folder;
}

/** Changes the text of one of its files. */
export async function edit(folder: string, name: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, change(await readFile(path, "utf8")));
}

function alarmAnswer(changed: Record<string, unknown>): Recorded {
  const alarm = {
    AlarmName: ALARM,
    AlarmArn: `arn:aws:cloudwatch:eu-west-2:123456789012:alarm:${ALARM}`,
    AlarmDescription: "the checkout is slow",
    StateValue: "OK",
    StateUpdatedTimestamp: "2026-03-01T00:00:00Z",
    StateTransitionedTimestamp: "2026-03-01T00:00:00Z",
    MetricName: "TargetResponseTime",
    Namespace: "AWS/ApplicationELB",
    Statistic: "Average",
    Dimensions: [{ Name: "LoadBalancer", Value: "app/shop/0123456789abcdef" }],
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 0.8,
    ComparisonOperator: "GreaterThanThreshold",
    ...changed,
  };
  const pages = [{ MetricAlarms: [alarm], CompositeAlarms: [] }];
  return { question: describeAlarms([ALARM]).question, answer: { status: "answered", pages } };
}
