import { expect, test } from "vitest";
import { complaint, lbdoctor } from "./lbdoctor.ts";
import { ALARM, recordingOfRefusals, recordingWithoutAlarm, smallRecording } from "./small-recording.ts";

test("an investigation that ends without a cause has exit code 3 and says what is missing", async () => {
  const { code, stdout } = await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording()]);
  expect(stdout).toMatch(/^CAUSE {5}not established\. /m);
  expect(stdout).toMatch(/^MISSING {3}CloudWatch: DescribeAlarmHistory: the recording does not have this answer$/m);
  expect(code).toBe(3);
});

test("an alarm that does not exist has exit code 4", async () => {
  const ran = await lbdoctor(["investigate", ALARM, "--fixture", await recordingWithoutAlarm()]);
  expect(complaint(ran)).toBe(`lbdoctor: the recording has no alarm "${ALARM}".`);
  expect(ran).toMatchObject({ code: 4, stdout: "" });
});

test("an alarm that the recording is not about has exit code 4, and names the one that it is about", async () => {
  const ran = await lbdoctor(["investigate", "another", "--fixture", await smallRecording()]);
  expect(complaint(ran)).toMatch(new RegExp(`is a recording of ${ALARM}, not of another$`));
  expect(ran).toMatchObject({ code: 4, stdout: "" });
});

test("AWS that refuses every question has exit code 5, and says what to do", async () => {
  const { code, stdout, stderr } = await lbdoctor(["investigate", ALARM, "--fixture", await recordingOfRefusals()]);
  expect(stderr).toMatch(/^lbdoctor: .*the security token has expired\.\nDo: +log in to AWS again/);
  expect(stdout).toBe("");
  expect(code).toBe(5);
});

test("the alarm may be named by its ARN", async () => {
  const arn = `arn:aws:cloudwatch:eu-west-2:123456789012:alarm:${ALARM}`;
  const folder = await smallRecording();
  const [byArn, byName] = await Promise.all([
    lbdoctor(["investigate", arn, "--fixture", folder]),
    lbdoctor(["investigate", ALARM, "--fixture", folder]),
  ]);
  expect(byArn).toEqual(byName);
});

test("standard output carries the result and nothing else; progress goes to standard error", async () => {
  const { stdout, stderr } = await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording(), "--json"]);
  expect(() => JSON.parse(stdout)).not.toThrow();
  expect(stderr).toMatch(/^alarm: done, 1 query\n[\s\S]*^alarm history: done, \d+ queries/m);
});
