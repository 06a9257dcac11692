import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { alarmIn, alarmsOnly } from "../loopback/alarms.ts";
import { startDeaf } from "../loopback/deaf.ts";
import { type CommandLine, commandLine } from "../sources/command-line.ts";
import { type Ran, sessionsIn } from "./lbdoctor.ts";

/* What keeps an investigation from beginning, as the person on call meets it: three lines, the exit code, nothing kept. */

const KEEP_OUT = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };

/** At most three lines, all of them the tool's own, with no result and no session. */
function expectShort({ stdout, stderr, code }: Ran, { home }: CommandLine, exit: number): string[] {
  const lines = stderr.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(3);
  expect(lines[0]).toMatch(/^lbdoctor: /);
  expect(stderr).not.toMatch(/done/);
  expect(stdout).toBe("");
  expect(code).toBe(exit);
  const folder = sessionsIn(home);
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  return lines;
}

test("no credentials: says so, and how to log in", async () => {
  const line = await commandLine({}, KEEP_OUT);
  const lines = expectShort(await line.run("investigate", line.alarm), line, 5);
  expect(lines[0]).toContain("there are no AWS credentials here");
  expect(lines[1]).toMatch(/^Log in: +aws configure sso/);
  expect(lines[2]).toBe(`Then:     lbdoctor investigate ${line.alarm}`);
});

test("no credentials, and a profile that nobody chose: names it, and the command with it", async () => {
  const line = await commandLine({}, KEEP_OUT);
  const config = join(line.home, "aws-config");
  writeFileSync(config, "[profile prod]\nregion = eu-west-2\n[profile staging]\nregion = eu-west-2\n");
  Object.assign(line.environment, { AWS_CONFIG_FILE: config });
  const lines = expectShort(await line.run("investigate", line.alarm), line, 5);
  expect(lines[1]).toBe("Profiles: prod, staging");
  expect(lines[2]).toBe(`Choose:   lbdoctor investigate ${line.alarm} --profile prod`);
});

test("an SSO login that is over: the command that logs in again, for this profile", async () => {
  const line = await commandLine({}, KEEP_OUT);
  const config = join(line.home, "aws-config");
  const session = "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n";
  const profile = "sso_session = corp\nsso_account_id = 1\nsso_role_name = oncall\nregion = eu-west-2\n";
  writeFileSync(config, `[profile dev]\n${profile}${session}`);
  Object.assign(line.environment, { AWS_CONFIG_FILE: config });
  const lines = expectShort(await line.run("investigate", line.alarm, "--profile", "dev"), line, 5);
  expect(lines[0]).toMatch(/SSO login has expired, or there is none yet\.$/);
  expect(lines[1]).toBe("Log in:   aws sso login --profile dev");
  expect(lines[2]).toBe(`Then:     lbdoctor investigate ${line.alarm} --profile dev`);
});

test("no region: how to give one", async () => {
  const line = await commandLine({}, { AWS_REGION: "" });
  const lines = expectShort(await line.run("investigate", line.alarm), line, 5);
  expect(lines[0]).toContain("no AWS region is set");
  expect(lines[2]).toBe(`Or:       lbdoctor investigate ${line.alarm} --region eu-west-2`);
});

test("nothing of AWS set up, the first run ever: both are said, and where to begin", async () => {
  const line = await commandLine({}, { ...KEEP_OUT, AWS_REGION: "" });
  const lines = expectShort(await line.run("investigate", line.alarm), line, 5);
  expect(lines[0]).toBe("lbdoctor: AWS is not set up here: there is no region, and there are no credentials.");
  expect(lines[1]).toMatch(/^Set up: +aws configure sso/);
  expect(lines[2]).toMatch(/^Then: +lbdoctor doctor .*lbdoctor demo/);
});

test("AWS is not permitted: the permission that it needs", async () => {
  const line = await commandLine({ fault: ({ source }) => (source === "cloudwatch" ? "forbidden" : null) });
  const lines = expectShort(await line.run("investigate", line.alarm), line, 5);
  expect(lines[1]).toMatch(/cloudwatch:DescribeAlarms/);
});

test("after the fix AWS cannot be read: said as before it, and not as a session without the alarm", async () => {
  const line = await commandLine({}, KEEP_OUT);
  await line.run("investigate", "--fixture", "fixtures/worker-ceiling", "--plain");
  const kept = readdirSync(sessionsIn(line.home));
  const { code, stdout, stderr } = await line.run("verify", "2026");
  expect(stderr).toMatch(/^lbdoctor: there are no AWS credentials here.*\nLog in: .*\nThen: +lbdoctor verify 2026\n$/);
  expect([code, stdout]).toEqual([5, ""]);
  expect(readdirSync(sessionsIn(line.home))).toEqual(kept);
});

describe("an alarm that is not there", () => {
  const NAMES = ["k8s-api-prod-core-latency", "k8s-api-prod-edge-latency", "billing-errors"];

  test("a mistyped name: near ones with their states, and the command with the nearest", async () => {
    const line = await commandLine({ source: alarmsOnly(NAMES) });
    const lines = expectShort(await line.run("investigate", "k8s-api-prd-core-latency"), line, 4);
    expect(lines[0]).toBe(
      'lbdoctor: there is no alarm "k8s-api-prd-core-latency" in eu-west-2 of account 111122223333.',
    );
    expect(lines[1]).toBe("Near:     k8s-api-prod-core-latency (ALARM) · k8s-api-prod-edge-latency (ALARM)");
    expect(lines[2]).toBe("Then:     lbdoctor investigate k8s-api-prod-core-latency");
  });

  test("a mistyped ARN: the command has the ARN of the nearest, and not the same again", async () => {
    const line = await commandLine({ source: alarmsOnly(NAMES) });
    const arn = (name: string) => `arn:aws:cloudwatch:eu-west-2:111122223333:alarm:${name}`;
    const lines = expectShort(await line.run("investigate", arn("k8s-api-prd-core-latency")), line, 4);
    expect(lines[2]).toBe(`Then:     lbdoctor investigate ${arn("k8s-api-prod-core-latency")}`);
  });

  test("a part of a name is near to the alarms that hold it", async () => {
    const line = await commandLine({ source: alarmsOnly(NAMES) });
    const lines = expectShort(await line.run("investigate", "billing"), line, 4);
    expect(lines[1]).toBe("Near:     billing-errors (ALARM)");
  });

  test("a name like no other: nothing is made up", async () => {
    const line = await commandLine({ source: alarmsOnly(NAMES) });
    const lines = expectShort(await line.run("investigate", "zzz"), line, 4);
    expect(lines[1]).toMatch(/^Check: +its spelling, the region and the account/);
  });

  test("in another region: which, and the command for it", async () => {
    const { url, close } = await alarmIn("eu-west-2", "core-latency");
    onTestFinished(close);
    const line = await commandLine({}, { AWS_ENDPOINT_URL: url, AWS_REGION: "us-east-1" });
    const lines = expectShort(await line.run("investigate", "core-latency"), line, 4);
    expect(lines[0]).toMatch(/there is no alarm "core-latency" in us-east-1/);
    expect(lines[1]).toBe("It is in: eu-west-2 (ALARM)");
    expect(lines[2]).toBe("Then:     lbdoctor investigate core-latency --region eu-west-2");
  });

  test("a script that asked for JSON still gets a document with the outcome", async () => {
    const line = await commandLine({ source: alarmsOnly(NAMES) });
    const { code, stdout } = await line.run("investigate", "k8s-api-prd-core-latency", "--json");
    expect(JSON.parse(stdout).outcome).toBe("no-alarm");
    expect(code).toBe(4);
    expect(existsSync(sessionsIn(line.home)) ? readdirSync(sessionsIn(line.home)) : []).toEqual([]);
  });
});

describe("AWS answers, the cluster does not, and without it there is no cause", () => {
  test("no kubeconfig: how to get one, as the last lines", async () => {
    const line = await commandLine({}, { KUBECONFIG: "/nowhere" });
    const { code, stderr } = await line.run("investigate", line.alarm, ...line.when, "--plain");
    const [what, mend, then] = stderr.trimEnd().split("\n").slice(-3);
    expect(what).toMatch(
      /^lbdoctor: no cause without the cluster: there is no kubeconfig: \$KUBECONFIG names \/nowhere/,
    );
    expect(mend).toMatch(/^Get one: +aws eks update-kubeconfig/);
    expect(then).toMatch(/^Then: +lbdoctor investigate k8s-api-prod-core/);
    expect(code).toBe(3);
  });

  test("a VPN that is off", async () => {
    const line = await commandLine();
    const deaf = await startDeaf();
    onTestFinished(() => deaf.close());
    const cluster = { name: "c", cluster: { server: `https://127.0.0.1:${deaf.port}` } };
    const context = { name: "c", context: { cluster: "c", user: "u" } };
    const config = {
      "current-context": "c",
      clusters: [cluster],
      contexts: [context],
      users: [{ name: "u", user: {} }],
    };
    writeFileSync(join(line.home, ".kube", "config"), JSON.stringify(config));
    const began = performance.now();
    const { code, stderr } = await line.run("investigate", line.alarm, ...line.when, "--plain");
    // One connection is waited for, not one for each question.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(line.loopback.requests.length).toBeGreaterThan(5);
    const [what, mend] = stderr.trimEnd().split("\n").slice(-3);
    expect(what).toMatch(
      /^lbdoctor: no cause without the cluster: the cluster's API at 127\.0\.0\.1:\d+ cannot be reached/,
    );
    expect(mend).toMatch(/^Connect: +the VPN/);
    expect(code).toBe(3);
  });
});

test("of several alarms the first that meets a login that is over ends the run", async () => {
  const line = await commandLine({}, KEEP_OUT);
  const child = line.start("investigate", "-", "--plain");
  child.stdin.end("one\ntwo\nthree\n");
  const [stderr, code] = await Promise.all([
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
    text(child.stdout),
  ]);
  expect(stderr.match(/no AWS credentials/g)).toHaveLength(1);
  expect(stderr).toMatch(/skipped the other 2 alarms$/m);
  expect(code).toBe(5);
});

test("without an alarm and a terminal it asks for one in one sentence", async () => {
  const line = await commandLine();
  const lines = expectShort(await line.run("investigate"), line, 2);
  expect(lines).toEqual([expect.stringMatching(/which alarm\? .* see `lbdoctor investigate --help`$/)]);
});
