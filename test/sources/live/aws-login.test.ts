import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ended } from "../../loopback/processes.ts";
import { KEYS, keepEnvironment, posts, withConfig } from "./aws-config.ts";
import { failureOf, SAMPLES } from "./rig.ts";

/* Where the credentials for AWS come from, and what is told where they do not come. */

const { question: ALARMS } = SAMPLES.cloudwatch;

keepEnvironment();

/** A program that a profile names. */
function script(folder: string, lines: string): string {
  const path = join(folder, "login");
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

test("a profile that does not exist is told with those that do", async () => {
  const { live } = await withConfig(() => `[default]\n${KEYS}\n[profile dev]\n${KEYS}\n[sso-session corp]\nx = y\n`);
  expect(failureOf(await live("prod").ask(ALARMS))).toEqual({
    kind: "unauthenticated",
    message: "there is no AWS profile prod; there are default, dev",
  });
});

test("a role is assumed through STS at the profile's endpoint", async () => {
  const { live, loopback } = await withConfig(
    ({ awsUrl }) =>
      `[profile base]\n${KEYS}\n[profile dev]\nregion = eu-west-3\nrole_arn = arn:aws:iam::111122223333:role/oncall\nsource_profile = base\nendpoint_url = ${awsUrl}\n`,
  );
  expect(await live("dev").ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(posts(loopback)).toEqual(["POST AssumeRole", "POST DescribeAlarms"]);
});

const PRINTED = { Version: 1, AccessKeyId: "AKIAEXAMPLE", SecretAccessKey: "secret" };
const processProfile = (folder: string, awsUrl: string) =>
  `[profile dev]\nregion = eu-west-3\nendpoint_url = ${awsUrl}\ncredential_process = ${folder}/login --token s3cr3t\n`;

test("a credential_process gives the credentials, once for all questions", async () => {
  const { live, folder } = await withConfig(({ awsUrl }, own) => processProfile(own, awsUrl));
  script(folder, `echo x >> ${folder}/runs; echo '${JSON.stringify(PRINTED)}'`);
  const source = live("dev");
  expect(await source.ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(await source.ask(SAMPLES.elbv2.question)).toMatchObject({ status: "answered" });
  expect(readFileSync(join(folder, "runs"), "utf8")).toBe("x\n");
});

test.each([
  ["fails", "echo 'the vault is sealed' >&2; exit 3", /credential_process \S+\/login failed: the vault is sealed$/],
  ["prints garbage", "echo hello s3cr3t", /\/login printed no JSON; run it yourself/],
  ["prints no credentials", "echo '{\"Version\":1}'", /\/login printed no credentials; run it yourself/],
  [
    "prints expired ones",
    `echo '${JSON.stringify({ ...PRINTED, Expiration: "2020-01-01T00:00:00Z" })}'`,
    /\/login printed credentials that have expired/,
  ],
  ["wants a terminal", "read answer < /dev/tty || { echo 'no terminal' >&2; exit 1; }", /login failed: .*no terminal/],
])("a credential_process that %s is told, without its arguments and output", async (_, lines, words) => {
  const { live, folder } = await withConfig(({ awsUrl }, own) => processProfile(own, awsUrl));
  script(folder, lines);
  const failure = failureOf(await live("dev").ask(ALARMS));
  expect(failure?.kind).toBe("unauthenticated");
  expect(failure?.message).toMatch(words);
  expect(failure?.message).not.toContain("s3cr3t");
});

test("a credential_process that hangs is told at its limit, and ended with what it has started", async () => {
  const { live, folder } = await withConfig(({ awsUrl }, own) => processProfile(own, awsUrl));
  script(folder, `echo 'open https://login.example.com' >&2; sleep 300 & echo $! > ${folder}/pid; wait`);
  const failure = failureOf(await live("dev").ask(ALARMS));
  expect(failure?.kind).toBe("timeout");
  expect(failure?.message).toMatch(/login did not end within 1 s: open https:\/\/login.example.com; if it prompts/);
  expect(await ended(join(folder, "pid"))).toBe(true);
});

test("what stops the investigation ends a credential_process at once", async () => {
  const { live, folder } = await withConfig(({ awsUrl }, own) => processProfile(own, awsUrl));
  script(folder, `sleep 300 & echo $! > ${folder}/pid; wait`);
  const stop = new AbortController();
  const answer = live("dev", process.env, stop.signal).ask(ALARMS);
  while (!existsSync(join(folder, "pid"))) await sleep(20);
  stop.abort();
  expect(failureOf(await answer)?.message).toMatch(/interrupted/);
  expect(await ended(join(folder, "pid"))).toBe(true);
});

/** The portal of IAM Identity Center, as far as the SDK asks it. */
async function startPortal(status = 200) {
  const tokens: unknown[] = [];
  const portal = createServer((request, response) => {
    tokens.push(request.headers["x-amz-sso_bearer_token"]);
    const right = {
      roleCredentials: {
        ...{ accessKeyId: "AKIA", secretAccessKey: "s", sessionToken: "t" },
        expiration: Date.now() + 3_600_000,
      },
    };
    const wrong = { __type: "UnauthorizedException", message: "Session token not found or invalid" };
    response.writeHead(status, {
      "content-type": "application/json",
      ...(status !== 200 && { "x-amzn-errortype": "UnauthorizedException" }),
    });
    response.end(JSON.stringify(status === 200 ? right : wrong));
    void text(request);
  });
  await new Promise<void>((resolve) => portal.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    portal.closeAllConnections();
    portal.close();
  });
  return { tokens, url: `http://127.0.0.1:${(portal.address() as AddressInfo).port}` };
}

const SSO_PROFILE = `sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = oncall\n`;
const SSO_SESSION =
  "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n";

/** What `aws sso login` leaves behind. */
function loggedIn(folder: string, expiresAt: Date): void {
  const cache = join(folder, ".aws", "sso", "cache");
  mkdirSync(cache, { recursive: true });
  const token = { accessToken: "sso-token", expiresAt: expiresAt.toISOString(), region: "eu-west-1" };
  writeFileSync(join(cache, `${createHash("sha1").update("corp").digest("hex")}.json`), JSON.stringify(token));
}

test("an SSO profile uses the token that `aws sso login` has left", async () => {
  const { live, folder, loopback } = await withConfig(
    () => `[profile dev]\nregion = eu-west-3\n${SSO_PROFILE}${SSO_SESSION}`,
  );
  const portal = await startPortal();
  Object.assign(process.env, { AWS_ENDPOINT_URL_SSO: portal.url, AWS_ENDPOINT_URL_CLOUDWATCH: loopback.awsUrl });
  loggedIn(folder, new Date(Date.now() + 3_600_000));
  expect(await live("dev").ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(portal.tokens).toEqual(["sso-token"]);
});

test.each([
  ["has expired", new Date(0), 200],
  ["is refused by the portal", new Date(Date.now() + 3_600_000), 401],
  ["was never made", null, 200],
])("an SSO login that %s says how to log in again", async (_, expires, status) => {
  const { live, folder, loopback } = await withConfig(
    () => `[profile dev]\nregion = eu-west-3\n${SSO_PROFILE}${SSO_SESSION}`,
  );
  const portal = await startPortal(status);
  Object.assign(process.env, { AWS_ENDPOINT_URL_SSO: portal.url, AWS_ENDPOINT_URL_CLOUDWATCH: loopback.awsUrl });
  if (expires) loggedIn(folder, expires);
  expect(failureOf(await live("dev").ask(ALARMS))).toEqual({
    kind: "unauthenticated",
    message: "the AWS SSO login has expired, or there is none yet: aws sso login --profile dev",
  });
});

test("a profile beside static keys in the environment warns nobody", async () => {
  const { live, loopback } = await withConfig(
    ({ awsUrl }) => `[profile dev]\nregion = eu-west-3\nendpoint_url = ${awsUrl}\n${KEYS}\n`,
  );
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIAOTHER", AWS_SECRET_ACCESS_KEY: "other" });
  const warned: unknown[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => warned.push(words);
  onTestFinished(() => {
    console.warn = warn;
  });
  expect(await live("dev").ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(warned).toEqual([]);
  expect(posts(loopback)).toHaveLength(1);
});
