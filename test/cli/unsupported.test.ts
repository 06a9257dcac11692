import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { readRecording } from "../../src/sources/recording/recording.ts";
import { awsEnvironment } from "../loopback/environment.ts";
import { startLoopback } from "../loopback/server.ts";
import { emptyFolder, lbdoctor, type Ran, ROOT, start } from "./lbdoctor.ts";

/*
 * An alarm that no playbook takes is one sentence and exit code 3, whichever command is asked about it, and nothing that
 * belongs to another alarm is printed.
 */

const FIXTURE = join(ROOT, "fixtures/worker-ceiling");
const ALARM: string = JSON.parse(readFileSync(join(FIXTURE, "manifest.json"), "utf8")).alarm;
const SENTENCE = /^\S+ watches RuleEvaluations \(AWS\/ApplicationELB\)[^.]*: lbdoctor judges [^.]* alarms\.\n$/;

/** The main incident, as if its alarm counted errors. */
let recording: string;
/** Where an investigation of it is kept, and what it said. */
const state = emptyFolder();
let investigated: Ran;

beforeAll(async () => {
  recording = emptyFolder();
  cpSync(FIXTURE, recording, { recursive: true });
  const file = join(recording, "cloudwatch.json");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replaceAll(/("MetricName": )"TargetResponseTime"/g, '$1"RuleEvaluations"'));
  investigated = await lbdoctor(["investigate", ALARM, "--fixture", recording, "--plain"], { state });
});

/** Wrapped lines as one. */
const unwrapped = (text: string) => `${text.trim().replace(/\s+/g, " ")}\n`;

function expectRefusal({ code, stdout }: Ran): void {
  expect(unwrapped(stdout)).toMatch(SENTENCE);
  expect(code).toBe(3);
}

test("investigate says so", () => {
  expectRefusal(investigated);
});

test("plan says so of an alarm that was investigated before", async () => {
  const ran = await lbdoctor(["plan", ALARM], { state });
  expectRefusal(ran);
  const json = await lbdoctor(["plan", ALARM, "--json"], { state });
  expect(JSON.parse(json.stdout)).toMatchObject({ outcome: "unsupported-alarm", questions: [], iam: [], rbac: [] });
  expect(json.code).toBe(3);
});

/** `lbdoctor plan -` with the alarm's definition on standard input. */
async function plannedFromDefinition(...options: readonly string[]): Promise<Ran> {
  const { answers } = await readRecording(recording);
  const [described] = [...answers].flatMap(([key, answer]) =>
    key.includes("DescribeAlarms") && answer.status === "answered" ? [answer.pages[0]] : [],
  );
  const child = start(["plan", "-", ...options]);
  child.stdin.end(JSON.stringify(described));
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { code, stdout, stderr };
}

test("plan says so of an alarm whose definition it is given", async () => {
  expectRefusal(await plannedFromDefinition());
});

test("plan takes no other metric than the definition's", async () => {
  const { code, stdout, stderr } = await plannedFromDefinition("--metric", "TargetResponseTime");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^lbdoctor: --metric is for an alarm given by name only/);
});

test("the metric that plan is given outweighs what an earlier investigation knew", async () => {
  const { code, stdout } = await lbdoctor(["plan", ALARM, "--metric", "TargetResponseTime"], { state });
  expect(stdout).toContain('"MetricName":"TargetResponseTime"');
  expect(code).toBe(0);
});

test("plan of a name alone says for which alarms it is, and of one that was investigated does not", async () => {
  const [unknown, known] = [emptyFolder(), emptyFolder()];
  await lbdoctor(["investigate", ALARM, "--fixture", FIXTURE, "--plain"], { state: known });
  const [assumed, selected] = await Promise.all([
    lbdoctor(["plan", "some-5xx-alarm"], { state: unknown }),
    lbdoctor(["plan", ALARM], { state: known }),
  ]);
  expect(assumed.stdout).toMatch(/^# For an alarm on the response time of a load balancer's targets/);
  expect(selected.stdout).toMatch(/^# Names in <…> come from earlier answers/);
  expect([assumed.code, selected.code]).toEqual([0, 0]);
});

test("verify says so where the alarm was none that lbdoctor judges, and where it has become one", async () => {
  expectRefusal(await lbdoctor(["verify", await newest(), "--fixture", recording], { state }));
  const before = await lbdoctor(["investigate", ALARM, "--fixture", FIXTURE, "--plain"], { state });
  expect(before.code).toBe(0);
  expectRefusal(await lbdoctor(["verify", await newest(), "--fixture", recording], { state }));
});

test("record says so, and keeps what was read", async () => {
  const { answers } = await readRecording(recording);
  const page = [...answers].flatMap(([key, answer]) => (key.includes("DescribeAlarms") ? [answer] : []))[0];
  if (!page) throw new Error("the recording does not describe its alarm");
  const loopback = await startLoopback({ source: { ask: async () => page } });
  const out = join(emptyFolder(), "recorded");
  awsEnvironment(loopback.awsUrl);
  const aws = Object.entries(process.env).filter(([name]) => name.startsWith("AWS_"));
  const environment = { ...Object.fromEntries(aws), KUBECONFIG: "/nowhere" };
  const ran = await lbdoctor(["record", ALARM, "--out", out], {
    environment,
  });
  await loopback.close();
  expectRefusal(ran);
  expect(ran.stderr).toContain("recorded 1 answer");
});

/** The newest session. */
async function newest(): Promise<string> {
  const { stdout } = await lbdoctor(["sessions", "--json"], { state });
  return JSON.parse(stdout)[0].session;
}
