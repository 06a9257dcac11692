import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Question } from "../../src/model/question.ts";
import type { Source } from "../../src/sources/port.ts";
import { remembering, WorldSource, worldOf } from "../integration/worlds.ts";
import { startDeaf } from "../loopback/deaf.ts";
import type { Fault } from "../loopback/faults.ts";
import { type CommandLine, commandLine } from "./command-line.ts";

interface Check {
  readonly name: string;
  readonly state: "ok" | "note" | "failed";
  readonly says: string;
  readonly kind?: string;
  readonly remedy?: string;
}

async function checksOf({ run }: CommandLine, ...words: string[]) {
  const { code, stdout, stderr } = await run("doctor", "--json", ...words);
  expect(stderr).toBe("");
  const checks: Check[] = JSON.parse(stdout).checks;
  const failed = checks.filter(({ state }) => state === "failed");
  // Whatever lacks is told with what to do about it.
  for (const { name, remedy } of failed) expect([name, remedy]).toEqual([name, expect.stringMatching(/\w/)]);
  return { code, checks, failed: failed.map(({ name, kind }) => `${name}: ${kind}`) };
}

const says = (checks: readonly Check[], name: string) => checks.find((one) => one.name === name);

test("where all is well it says who, where and which, and ends with 0", async () => {
  const line = await commandLine();
  const { code, checks, failed } = await checksOf(line);
  expect(failed).toEqual([]);
  expect(code).toBe(0);
  expect(says(checks, "AWS identity")?.says).toBe("arn:aws:sts::111122223333:assumed-role/oncall/ada");
  expect(says(checks, "AWS region")?.says).toBe("eu-west-2");
  expect(says(checks, "cluster")?.says).toContain(new URL(line.loopback.kubeUrl).host);
  expect(says(checks, "Prometheus")?.says).toMatch(/through the cluster's API\) answers/);
  const page = await line.run("doctor");
  expect(page.stdout).toMatch(/^ok {6}AWS identity +arn:aws/m);
  expect(page.stdout).not.toContain("FAILED");
});

test("it says whether access logs are written, and what would read them", async () => {
  const line = await commandLine();
  const told = async (...words: string[]) => says((await checksOf(line, ...words)).checks, "access logs");
  expect(await told()).toEqual({
    name: "access logs",
    state: "note",
    says: expect.stringMatching(/^0 of 1 Application Load Balancers write theirs to S3.*--allow insights$/),
  });
  expect(await told("--logs", "./logs")).toMatchObject({ state: "ok", says: "read from the folder ./logs" });
  const athena = ["--athena", "logs.alb"];
  expect(await told(...athena)).toMatchObject({ state: "note", says: expect.stringContaining("with --allow athena") });
  expect(await told(...athena, "--allow", "athena")).toMatchObject({
    state: "ok",
    says: "read by Athena from logs.alb",
  });
  expect(await told("--allow", "athena")).toMatchObject({
    state: "note",
    says: expect.stringContaining("to S3, where Athena's table of them is looked for by its location"),
  });
  // One load balancer that writes its log.
  const source = remembering(new WorldSource(worldOf("worker-ceiling")));
  const writes: Source = {
    async ask(question) {
      if (question.operation !== "DescribeLoadBalancerAttributes") return source.ask(question);
      return { status: "answered", pages: [{ Attributes: [{ Key: "access_logs.s3.enabled", Value: "true" }] }] };
    },
  };
  const other = await checksOf(await commandLine({ source: writes }));
  expect(says(other.checks, "access logs")).toMatchObject({ state: "ok", says: expect.stringMatching(/^1 of 1 /) });
});

test("an answer that nobody can read is a check that failed, and no internal error", async () => {
  const world = remembering(new WorldSource(worldOf("worker-ceiling")));
  const source: Source = {
    async ask(question) {
      if (question.operation !== "DescribeLoadBalancerAttributes") return world.ask(question);
      return { status: "answered", pages: [{}] };
    },
  };
  const { checks } = await checksOf(await commandLine({ source }));
  expect(says(checks, "access logs")).toMatchObject({ state: "failed", says: expect.stringContaining("Attributes") });
});

/** Questions that need no other's answer, and that may be under way at once: five of AWS, ten of the cluster. */
const AT_ONCE = 15;

test("everything is asked at once: nothing waits for an answer that it does not need", async () => {
  const world = remembering(new WorldSource(worldOf("worker-ceiling")));
  let arrived = 0;
  let open = () => {};
  const allThere = new Promise<void>((resolve) => {
    open = resolve;
  });
  const source: Source = {
    ask: async (question) => {
      arrived += 1;
      if (arrived === AT_ONCE) open();
      await allThere;
      return world.ask(question);
    },
  };
  expect((await checksOf(await commandLine({ source }))).failed).toEqual([]);
});

test("a VPN that is off is told as such, while AWS answers", async () => {
  const line = await commandLine();
  const deaf = await startDeaf();
  onTestFinished(() => deaf.close());
  const path = join(line.home, ".kube", "config");
  const config = JSON.parse(readFileSync(path, "utf8"));
  config.clusters[0].cluster.server = `https://127.0.0.1:${deaf.port}`;
  writeFileSync(path, JSON.stringify(config));
  const { code, checks, failed } = await checksOf(line);
  expect(code).toBe(3);
  expect(says(checks, "may read alarms")?.state).toBe("ok");
  expect(failed).toContain("may list services: unreachable");
  expect(says(checks, "may list services")?.says).toMatch(/cannot be reached: no connection within 2 s/);
  expect(says(checks, "may list services")?.remedy).toMatch(/VPN/);
});

test("credentials that have expired are told as such, and not as permissions", async () => {
  const expired = ({ source }: Question): Fault | null =>
    source === "cloudwatch" || source === "elbv2" ? "expired" : null;
  const line = await commandLine({ fault: expired });
  const { code, failed, checks } = await checksOf(line);
  expect(code).toBe(5);
  expect(failed).toContain("may read alarms: unauthenticated");
  expect(failed.join()).not.toContain("forbidden");
  expect(says(checks, "may read alarms")?.remedy).toMatch(/log in to AWS again/);
});

test("an SSO login that is missing is told with the command that makes it", async () => {
  const line = await commandLine({}, { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });
  const config = join(line.home, "aws-config");
  const session = "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n";
  const profile = "sso_session = corp\nsso_account_id = 1\nsso_role_name = oncall\nregion = eu-west-2\n";
  writeFileSync(config, `[profile dev]\n${profile}${session}`);
  Object.assign(line.environment, { AWS_CONFIG_FILE: config });
  const { code, checks } = await checksOf(line, "--profile", "dev");
  expect(code).toBe(5);
  expect(says(checks, "AWS identity")?.says).toMatch(/SSO login has expired, or there is none yet$/);
  expect(says(checks, "AWS identity")?.remedy).toBe("aws sso login --profile dev");
});

test("one missing permission is told as the one that it is", async () => {
  const fault = ({ operation, input }: Question): Fault | null =>
    operation === "GetMetricData" || input.resource === "nodes" ? "forbidden" : null;
  const { code, failed, checks } = await checksOf(await commandLine({ fault }));
  expect(failed).toEqual(["may read metrics: forbidden", "may list nodes: forbidden"]);
  expect(code).toBe(3);
  expect(says(checks, "may list nodes")?.says).toContain("user oncall is not authorized to do this");
  expect(says(checks, "may list nodes")?.remedy).toContain("lbdoctor plan");
});

test("without a region it says how to give one", async () => {
  const line = await commandLine({}, { AWS_REGION: "" });
  const { code, checks } = await checksOf(line);
  expect(code).toBe(5);
  expect(says(checks, "AWS identity")?.state).toBe("ok");
  expect(says(checks, "AWS region")).toMatchObject({
    state: "failed",
    says: expect.stringContaining("no AWS region is set"),
    remedy: expect.stringContaining("--region"),
  });
});

test("a profile that is not there is no missing region", async () => {
  const line = await commandLine();
  const { code, checks } = await checksOf(line, "--profile", "nope");
  expect(code).toBe(5);
  for (const name of ["AWS identity", "AWS region", "may read alarms"])
    expect(says(checks, name)?.says).toMatch(/there is no AWS profile nope/);
});

test("a region that cannot be one is told as that, and not as missing", async () => {
  const line = await commandLine({}, { AWS_REGION: "eu west 2" });
  const { code, checks } = await checksOf(line);
  expect(code).toBe(5);
  for (const name of ["AWS region", "may read alarms"])
    expect(says(checks, name)).toMatchObject({
      says: expect.stringContaining('the AWS region "eu west 2" is not a region\'s name'),
      kind: "unreachable",
      remedy: "check the network and the region, then run it again",
    });
});

test("a login command that hangs does not hold it, and is told", async () => {
  const line = await commandLine();
  const path = join(line.home, ".kube", "config");
  const config = JSON.parse(readFileSync(path, "utf8"));
  const apiVersion = "client.authentication.k8s.io/v1";
  config.users[0].user = { exec: { apiVersion, command: "sleep", args: ["60"] } };
  writeFileSync(path, JSON.stringify(config));
  const began = performance.now();
  const { code, checks } = await checksOf(line);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(code).toBe(3);
  expect(says(checks, "cluster")?.says).toMatch(/login command sleep did not end within 5 s/);
});

test("Ctrl-C ends it at once with 130", async () => {
  const { start, loopback } = await commandLine({ fault: ({ source }) => (source === "prometheus" ? "silent" : null) });
  const child = start("doctor");
  while (loopback.promHeaders.length === 0) await sleep(20);
  const began = performance.now();
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(code).toBe(130);
  expect(performance.now() - began).toBeLessThan(500);
});
