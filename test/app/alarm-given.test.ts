import { Readable } from "node:stream";
import { describe, expect, it, test } from "vitest";
import { alarmGiven, alarmsGiven, fromInput } from "../../src/app/alarm-given/given.ts";

const NAME = "name: with colons (and more)";
const ARN = `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${NAME}`;
const found = { name: NAME, region: "eu-west-1", account: "111122223333" };
const message = { AlarmName: NAME, AlarmArn: ARN, NewStateValue: "ALARM", Region: "EU (Ireland)" };
const sns = { Type: "Notification", MessageId: "1", Message: JSON.stringify(message) };
const event = {
  source: "aws.cloudwatch",
  "detail-type": "CloudWatch Alarm State Change",
  resources: [ARN],
  detail: { alarmName: NAME, state: { value: "ALARM" } },
};
const json = JSON.stringify;
const base64 = (value: object) => Buffer.from(json(value)).toString("base64");

describe("JSON", () => {
  test.each([
    ["SNS by HTTP or mail", sns],
    ["SNS with raw delivery", message],
    ["SNS to Lambda", { Records: [{ EventSource: "aws:sns", Sns: sns }] }],
    ["SNS to SQS to Lambda", { Records: [{ eventSource: "aws:sqs", body: json(sns) }] }],
    ["sqs receive-message", { Messages: [{ MessageId: "1", ReceiptHandle: "x", Body: json(sns) }] }],
    ["a message of SQS that is text in text", { Body: json(json(message)) }],
    ["EventBridge", event],
    ["EventBridge to SNS", { Type: "Notification", Message: json(event) }],
    ["EventBridge to SQS to a pipe", [{ messageId: "1", body: json(event) }]],
    ["EventBridge to Kinesis to Lambda", { Records: [{ kinesis: { data: base64(event) } }] }],
    ["a Lambda action of the alarm", { source: "aws.cloudwatch", alarmArn: ARN, alarmData: { alarmName: NAME } }],
    ["describe-alarms", { MetricAlarms: [{ AlarmName: NAME, AlarmArn: ARN }], CompositeAlarms: [] }],
    ["an envelope that nobody foresaw", { incident: { payload: [{ custom: json(sns) }] } }],
    [
      "a composite alarm, not its children",
      { ...message, TriggeringChildren: [{ Arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:child" }] },
    ],
  ])("%s", (_, given) => {
    expect(fromInput(json(given))).toEqual([found]);
    expect(fromInput(json(given, null, 2))).toEqual([found]);
  });

  it("without an ARN gives the name alone", () => {
    const detail = { alarmName: "a", state: { value: "ALARM" }, configuration: { metrics: [] } };
    expect(fromInput(json(detail))).toEqual([{ name: "a", region: null, account: null }]);
    expect(fromInput(json(["a", "b"])).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("with several alarms gives each once, in order", () => {
    const other = { ...message, AlarmName: "other", AlarmArn: ARN.replace(NAME, "other") };
    const records = [other, message, other].map((one) => ({ Sns: { Message: json(one) } }));
    expect(fromInput(json({ Records: records })).map(({ name }) => name)).toEqual(["other", NAME]);
    expect(fromInput(`${json(other)}\n${json(message)}\n`).map(({ name }) => name)).toEqual(["other", NAME]);
    const elsewhere = { ...message, AlarmArn: ARN.replace("eu-west-1", "us-east-1") };
    expect(fromInput(json([message, elsewhere])).map(({ region }) => region)).toEqual(["eu-west-1", "us-east-1"]);
  });
});

const MAIL = `You are receiving this email because your Amazon CloudWatch Alarm "${NAME}" in the EU (Ireland) region has entered the ALARM state, because "Threshold Crossed: 2 out of the last 2 datapoints were greater than the threshold (0.8)." at "Friday 26 June, 2026 10:06:48 UTC".

View this alarm in the AWS Management Console:
https://eu-west-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=eu-west-1#alarmsV2:alarm/${encodeURIComponent(NAME)}

Alarm Details:
- Name:                       ${NAME}
- Description:                runbook https://wiki.example.com/a
- State Change:               OK -> ALARM
- Alarm Arn:                  ${ARN}

Threshold:
- The alarm is in the ALARM state when the metric is GreaterThanThreshold 0.8
`;

describe("text", () => {
  test.each([
    ["the mail of SNS", MAIL],
    ["a forwarded mail with the line ends of Windows", MAIL.replaceAll("\n", "\r\n> ")],
    ["an ARN on a line", `${ARN}\n`],
    ["an ARN after a byte order mark", `\uFEFF${ARN}\r\n`],
  ])("%s", (_, given) => {
    expect(fromInput(given)).toEqual([found]);
  });

  it("of a mail whose ARN was lost gives what its link and its name tell, once", () => {
    const lost = MAIL.replace(/- Alarm Arn:.*\n/, "");
    expect(fromInput(lost)).toEqual([{ ...found, account: null }]);
    expect(fromInput(lost.replace(/https:.*alarmsV2.*\n/, ""))).toEqual([{ ...found, region: null, account: null }]);
  });

  it("of two mails gives both alarms", () => {
    expect(fromInput(MAIL + MAIL.replaceAll(NAME, "second")).map(({ name }) => name)).toEqual([NAME, "second"]);
  });

  it("with a name, an ARN or a link on each line gives each", () => {
    const lines = [
      "a name with spaces",
      "see arn:aws-cn:cloudwatch:cn-north-1:444455556666:alarm:b, please",
      "https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2:alarm/c",
      'ALARM: "d" in EU (Ireland)',
      "a name with spaces",
    ];
    expect(fromInput(lines.join("\n"))).toEqual([
      { name: "a name with spaces", region: null, account: null },
      { name: "b", region: "cn-north-1", account: "444455556666" },
      { name: "c", region: "us-east-1", account: null },
      { name: "d", region: null, account: null },
    ]);
  });
});

describe("what the AWS CLI prints", () => {
  const other = { name: "other", region: "eu-west-1", account: "111122223333" };
  const otherArn = ARN.replace(NAME, "other");
  test.each([
    [
      "YAML",
      `CompositeAlarms: []\nMetricAlarms:\n- ActionsEnabled: true\n  AlarmArn: '${ARN}'\n  AlarmName: '${NAME}'\n- AlarmArn: ${otherArn}\n  AlarmName: other\n  StateValue: OK\n`,
    ],
    [
      "a table",
      `---------------\n|  DescribeAlarms  |\n+-------------+\n||  MetricAlarms  ||\n||  AlarmArn  |  ${ARN}  ||\n||  AlarmName |  ${NAME}  ||\n||  AlarmArn  |  ${otherArn}  ||\n`,
    ],
  ])("as %s", (_, given) => {
    expect(fromInput(given)).toEqual([found, other]);
  });
  test.each([
    ["names on one line", "a b\tother\n"],
    ["names with their states", "a b\tALARM\nother\tOK\n"],
    ["a list in YAML", "- a b\n- other\n"],
    ["a list in a chat", "• a b\n* other\n"],
  ])("as text: %s", (_, given) => {
    expect(fromInput(given).map(({ name }) => name)).toEqual(["a b", "other"]);
  });
});

describe("a link to the console", () => {
  const HOST = "https://eu-west-2.console.aws.amazon.com/cloudwatch";
  test.each([
    ["today's", `${HOST}/home?region=eu-west-2#alarmsV2:alarm/plain`, "plain", "eu-west-2", null],
    ["a mail's", `${HOST}/deeplink.js?region=eu-west-2#alarmsV2:alarm/plain`, "plain", "eu-west-2", null],
    ["with a view", `${HOST}/home#alarmsV2:alarm/plain?~(timeRange~3600000)`, "plain", "eu-west-2", null],
    ["per cent", `${HOST}/home#alarmsV2:alarm/a%20b%2Fc%25`, "a b/c%", "eu-west-2", null],
    ["dollar", `${HOST}/home#alarmsV2:alarm/a$20b$2Fc`, "a b/c", "eu-west-2", null],
    ["dollar, encoded twice", `${HOST}/home#alarmsV2:alarm/a$2520b$252Fc`, "a b/c", "eu-west-2", null],
    ["plus", `${HOST}/home#alarmsV2:alarm/a+b%2Bc`, "a b+c", "eu-west-2", null],
    ["a dollar that is meant", `${HOST}/home#alarmsV2:alarm/$cost%`, "$cost%", "eu-west-2", null],
    [
      "several accounts signed in",
      "https://111122223333-ab12cd.eu-west-2.console.aws.amazon.com/cloudwatch/home?region=eu-west-2#alarmsV2:alarm/x",
      "x",
      "eu-west-2",
      "111122223333",
    ],
    [
      "China",
      "https://console.amazonaws.cn/cloudwatch/home?region=cn-north-1#alarmsV2:alarm/x",
      "x",
      "cn-north-1",
      null,
    ],
    [
      "GovCloud",
      "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home#alarmsV2:alarm/x",
      "x",
      "us-gov-west-1",
      null,
    ],
    ["an older one", `${HOST}/home?region=eu-west-2#alarm:alarmFilter=ANY;name=a%20b`, "a b", "eu-west-2", null],
    ["the oldest", `${HOST}/home?region=eu-west-2#s=Alarms&alarm=a%20b`, "a b", "eu-west-2", null],
    [
      "IAM Identity Center",
      `https://shop.awsapps.com/start/#/console?account_id=111122223333&role_name=read&destination=${encodeURIComponent(`${HOST}/home#alarmsV2:alarm/x`)}`,
      "x",
      "eu-west-2",
      "111122223333",
    ],
  ])("%s", async (_, link, name, region, account) => {
    expect(await alarmsGiven(link, Readable.from([]))).toEqual([{ name, region, account }]);
  });
  test.each([
    `${HOST}/home?region=eu-west-2#dashboards:name=x`,
    "https://example.com/#alarmsV2:alarm/x",
    "https://console.aws.amazon.com.example.com/cloudwatch/home#alarmsV2:alarm/x",
  ])("that leads elsewhere is told: %s", async (link) => {
    await expect(alarmsGiven(link, Readable.from([]))).rejects.toThrow(/does not lead to an alarm/);
    expect(() => fromInput(link)).toThrow(/names no CloudWatch alarm/);
  });
});

describe("told in one sentence", () => {
  test.each([
    ["nothing", " \n", /is empty/],
    ["JSON that is cut", '{"AlarmName": "a', /looks like JSON but is not/],
    ["another notification", '{"Type":"Notification","Message":"hello"}', /names no CloudWatch alarm/],
    ["a list that nests for ever", "[".repeat(5_000) + "]".repeat(5_000), /looks like JSON but is not/],
    ["a name that commands the terminal", json({ AlarmName: "a\u001b[2J", state: {} }), /does not allow/],
    ["a name beyond what CloudWatch takes", "x".repeat(256), /does not allow/],
    ["a whole account", Array.from({ length: 51 }, (_, index) => `a${index}`).join("\n"), /51 alarms/],
    ["a flood", "x".repeat(5 * 2 ** 20), /too large/],
  ])("%s", async (_, text, words) => {
    await expect(alarmsGiven("-", Readable.from([Buffer.from(text)]))).rejects.toThrow(words);
  });
  test("an ARN of something else", async () => {
    await expect(alarmsGiven("arn:aws:sns:eu-west-1:1:topic", Readable.from([]))).rejects.toThrow(/not one of a/);
  });
  test("several alarms where one is meant", async () => {
    await expect(alarmGiven("-", Readable.from([Buffer.from("a\nb")]))).rejects.toThrow(/names 2 alarms/);
  });
});

test("a name is taken as it is, and an ARN gives its region", async () => {
  const nothing = Readable.from([]);
  expect(await alarmsGiven("an alarm", nothing)).toEqual([{ name: "an alarm", region: null, account: null }]);
  expect(await alarmGiven(ARN, nothing)).toEqual(found);
});
