import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { alarmGiven, fromNotification } from "../../../src/app/alarm-given.ts";

const ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:name: with colons";
const found = { name: "name: with colons", region: "eu-west-1", account: "111122223333" };
const message = { AlarmName: "name: with colons", AlarmArn: ARN, NewStateValue: "ALARM", Region: "EU (Ireland)" };
const sns = { Type: "Notification", MessageId: "1", Message: JSON.stringify(message) };
const eventBridge = {
  source: "aws.cloudwatch",
  "detail-type": "CloudWatch Alarm State Change",
  resources: [ARN],
  detail: { alarmName: "name: with colons", state: { value: "ALARM" } },
};

test.each([
  ["SNS by HTTP or mail", sns],
  ["SNS with raw delivery", message],
  ["SNS to Lambda", { Records: [{ EventSource: "aws:sns", Sns: sns }] }],
  ["SNS to SQS to Lambda", { Records: [{ eventSource: "aws:sqs", body: JSON.stringify(sns) }] }],
  ["EventBridge", eventBridge],
  ["EventBridge to SNS", { Type: "Notification", Message: JSON.stringify(eventBridge) }],
  ["a Lambda action of the alarm", { source: "aws.cloudwatch", alarmArn: ARN, alarmData: { alarmName: found.name } }],
])("%s names the alarm", (_, notification) => {
  expect(fromNotification(JSON.stringify(notification))).toEqual(found);
});

test.each([
  ["no JSON", "ALARM!", /no JSON/],
  ["another notification", '{"Type":"Notification","Message":"hello"}', /no notification of a CloudWatch alarm/],
  ["a list that nests for ever", "[".repeat(50) + "]".repeat(50), /no notification/],
  ["nothing", "", /is empty/],
])("%s is told in one sentence", async (_, text, words) => {
  await expect(alarmGiven("-", Readable.from([Buffer.from(text)]))).rejects.toThrow(words);
});

test("a name is taken as it is, and an ARN gives its region", async () => {
  const nothing = Readable.from([]);
  expect(await alarmGiven("an alarm", nothing)).toEqual({ name: "an alarm", region: null, account: null });
  expect(await alarmGiven(ARN, nothing)).toEqual(found);
});
