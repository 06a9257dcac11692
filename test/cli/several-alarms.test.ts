import { expect, test } from "vitest";
import { emptyFolder, type Ran, ROOT, start } from "./lbdoctor.ts";

const RECORDED = "k8s-api-prod-core-7db0ccf2c3-target-response-time";
const arn = (name: string) => `arn:aws:cloudwatch:eu-west-2:111122223333:alarm:${name}`;

async function piped(input: string, ...options: string[]): Promise<Ran> {
  const words = ["investigate", "-", "--fixture", `${ROOT}fixtures/worker-ceiling`, ...options];
  const child = start(words, { state: emptyFolder() });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    new Response(readableOf(child.stdout)).text(),
    new Response(readableOf(child.stderr)).text(),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { code, stdout, stderr };
}

function readableOf(stream: NodeJS.ReadableStream): ReadableStream {
  return ReadableStream.from(stream);
}

// The case event-not-understood, 20-two-alarms: the first was taken and the second dropped without a word.
test("each of two alarms is investigated; one that is not there does not cost the other", async () => {
  const { code, stdout, stderr } = await piped(`${arn("other")}\n${arn(RECORDED)}\n`, "--plain");
  expect(stderr).toContain("not of other");
  expect(stdout).toMatch(/=== 1 of 2: other ===\n\n\n=== 2 of 2: k8s-api-prod-core/);
  expect(stdout).toContain("worker-concurrency-ceiling");
  expect(code).toBe(4);
});

test("--json of several alarms is one document on each line", async () => {
  const twice = `${arn(RECORDED)}\n${arn(RECORDED).replace("eu-west-2", "eu-west-1")}\n`;
  const { code, stdout } = await piped(twice, "--json");
  const documents = stdout.trimEnd().split("\n");
  expect(documents.map((line) => JSON.parse(line).verdict.rootCause)).toEqual([
    "worker-concurrency-ceiling",
    "worker-concurrency-ceiling",
  ]);
  expect(code).toBe(0);
});

test("a mail's text leads to its alarm", async () => {
  const mail = `You are receiving this email because your Amazon CloudWatch Alarm "${RECORDED}" in the EU (London) region has entered the ALARM state\n\nAlarm Details:\n- Name:    ${RECORDED}\n- Alarm Arn:   ${arn(RECORDED)}\n`;
  const { code, stdout } = await piped(mail, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ alarm: { name: RECORDED } });
  expect(code).toBe(0);
});
