import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { proxiesOf } from "../../../src/sources/http/proxy.ts";
import { startDeaf } from "../../loopback/deaf.ts";
import { BEHIND_PROXY, startProxy } from "../../loopback/proxy.ts";
import { canned, type Rig, rig, SAMPLES, sampleSource } from "./rig.ts";

async function proxy(refusal?: number) {
  const started = await startProxy(refusal);
  onTestFinished(started.close);
  return started;
}

/** "https://127.0.0.1:1234" → "https://loopback.test:1234" */
function behind(url: string): string {
  return url.replace("127.0.0.1", BEHIND_PROXY);
}

/** A loopback whose cluster has a name that only a proxy resolves. */
async function behindProxy(environment: NodeJS.ProcessEnv, more: Parameters<typeof rig>[1] = {}): Promise<Rig> {
  const started = await rig({ source: sampleSource }, { environment, ...more });
  const { folder, loopback } = started;
  writeFileSync(join(folder, "kubeconfig"), behind(loopback.kubeconfig));
  process.env.AWS_ENDPOINT_URL = behind(loopback.awsUrl);
  return started;
}

const LOGIN = "Basic YWRhOnB3";

test("the cluster is reached through the tunnel of HTTPS_PROXY, its certificate still checked", async () => {
  const { url, asked } = await proxy();
  const { live, loopback } = await behindProxy({ HTTPS_PROXY: url });
  expect(await live.ask(SAMPLES.kubernetes.question)).toMatchObject({ status: "answered" });
  expect(new Set(asked)).toEqual(new Set([`CONNECT ${behind(new URL(loopback.kubeUrl).host)} ${LOGIN}`]));
});

test("a command in a pod goes through the same tunnel", async () => {
  const { url, asked } = await proxy();
  const { live, loopback, folder } = await rig(
    { source: canned([{ stdout: "150000 100000\n" }]) },
    { environment: { HTTPS_PROXY: url } },
  );
  writeFileSync(join(folder, "kubeconfig"), behind(loopback.kubeconfig));
  const command = ["cat", "/sys/fs/cgroup/cpu.max"];
  const input = { namespace: "default", pod: "p", container: "app", command };
  const answer = await live.ask({ source: "kubernetes", operation: "exec", input });
  expect(answer).toMatchObject({ status: "answered", pages: [{ stdout: "150000 100000\n" }] });
  expect(asked[0]).toMatch(/^CONNECT loopback\.test:/);
});

test("the kubeconfig's own proxy stands before the environment's", async () => {
  const { url, asked } = await proxy();
  const { live, loopback, folder } = await behindProxy({ HTTPS_PROXY: "http://127.0.0.1:9" });
  const config = JSON.parse(behind(loopback.kubeconfig));
  config.clusters[0].cluster["proxy-url"] = url;
  writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
  expect(await live.ask(SAMPLES.kubernetes.question)).toMatchObject({ status: "answered" });
  expect(asked.length).toBeGreaterThan(0);
});

test.each(["cloudwatch", "elbv2"] as const)("%s in plain HTTP is passed on by HTTP_PROXY", async (source) => {
  const { url, asked } = await proxy();
  const { live, loopback } = await behindProxy({ HTTP_PROXY: url });
  const { question, pages } = SAMPLES[source];
  expect(await live.ask(question)).toMatchObject({ status: "answered", pages });
  expect(asked).toEqual([`POST ${behind(loopback.awsUrl)}/ ${LOGIN}`]);
});

test("Prometheus in plain HTTP is passed on by HTTP_PROXY", async () => {
  const { url, asked } = await proxy();
  const { loopback } = await rig({ source: sampleSource });
  const { live } = await rig(
    { source: sampleSource },
    { environment: { http_proxy: url }, prometheusUrl: behind(loopback.prometheusUrl) },
  );
  const { question, pages } = SAMPLES.prometheus;
  expect(await live.ask(question)).toEqual({ status: "answered", pages });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^GET http:\/\/loopback\.test:\d+\/api\/v1\/query\?/);
});

test("AWS is asked in a tunnel, judged by the real endpoint's name and not by amazonaws.com", async () => {
  const { url, asked } = await proxy();
  const environment: NodeJS.ProcessEnv = { HTTPS_PROXY: url, NO_PROXY: "amazonaws.com" };
  const { live, loopback, folder } = await behindProxy(environment);
  environment.AWS_CA_BUNDLE = join(folder, "ca.pem");
  writeFileSync(environment.AWS_CA_BUNDLE, loopback.certificate);
  process.env.AWS_ENDPOINT_URL = behind(loopback.secureAwsUrl);
  const { question, pages } = SAMPLES.cloudwatch;
  expect(await live.ask(question)).toMatchObject({ status: "answered", pages });
  expect(asked).toContain(`CONNECT ${behind(new URL(loopback.secureAwsUrl).host)} ${LOGIN}`);
});

test("a role is assumed through the same tunnel, with the same CA", async () => {
  const { url } = await proxy();
  const environment: NodeJS.ProcessEnv = { HTTPS_PROXY: url };
  const { live, loopback, folder } = await behindProxy(environment, { profile: "dev" });
  environment.AWS_CA_BUNDLE = join(folder, "ca.pem");
  writeFileSync(environment.AWS_CA_BUNDLE, loopback.certificate);
  const role = "role_arn = arn:aws:iam::111122223333:role/oncall\nsource_profile = base\n";
  const keys = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n";
  process.env.AWS_CONFIG_FILE = join(folder, "config");
  writeFileSync(process.env.AWS_CONFIG_FILE, `[profile base]\n${keys}[profile dev]\n${role}`);
  process.env.AWS_ENDPOINT_URL = behind(loopback.secureAwsUrl);
  expect(await live.ask(SAMPLES.cloudwatch.question)).toMatchObject({ status: "answered" });
  expect(loopback.requests.filter((one) => one.startsWith("POST"))).toEqual(["POST AssumeRole", "POST DescribeAlarms"]);
});

test("NO_PROXY with the endpoint's own name keeps AWS away from the proxy", async () => {
  const { url, asked } = await proxy();
  const { live } = await behindProxy({ HTTP_PROXY: url, NO_PROXY: BEHIND_PROXY });
  const answer = await live.ask(SAMPLES.cloudwatch.question);
  expect(answer).toMatchObject({ failure: { kind: "unreachable", message: expect.stringContaining("resolved") } });
  expect(asked).toEqual([]);
});

test.each([
  [407, "unauthenticated"],
  [403, "unreachable"],
])("a proxy that answers %d is told as %s", async (status, kind) => {
  const { url } = await proxy(status);
  const { live } = await behindProxy({ HTTPS_PROXY: url });
  expect(await live.ask(SAMPLES.kubernetes.question)).toMatchObject({
    status: "failed",
    failure: { kind, message: expect.stringContaining("the proxy 127.0.0.1") },
  });
});

test("a proxy that is not there is told by its own name, without its password", async () => {
  const { live } = await behindProxy({ HTTPS_PROXY: "http://ada:hunter2@127.0.0.1:9" });
  const answer = await live.ask(SAMPLES.kubernetes.question);
  expect(answer).toMatchObject({
    failure: { kind: "unreachable", message: "the proxy 127.0.0.1:9 cannot be reached (ECONNREFUSED)" },
  });
});

test("a proxy that never answers ends at the connection's limit", async () => {
  const deaf = await startDeaf();
  onTestFinished(() => deaf.close());
  const { live } = await behindProxy({ HTTPS_PROXY: `http://127.0.0.1:${deaf.port}` });
  expect(await live.ask(SAMPLES.kubernetes.question)).toMatchObject({
    failure: { kind: "unreachable", message: expect.stringContaining("no connection within 400 ms") },
  });
});

test("a setting that is no URL is told without repeating it", async () => {
  const { live } = await behindProxy({ HTTPS_PROXY: "http://ada:hunter2@:::" });
  const answer = await live.ask(SAMPLES.kubernetes.question);
  expect(answer).toMatchObject({ failure: { kind: "unreachable", message: "HTTPS_PROXY is not a URL" } });
});

test.each([
  ["https://api.example.com", "", "proxy:3128"],
  ["https://api.example.com", "example.com", null],
  ["https://api.example.com", ".example.com", null],
  ["https://api.example.com", "*.Example.com", null],
  ["https://api.example.com", "other.com, api.example.com:443", null],
  ["https://api.example.com", "api.example.com:6443", "proxy:3128"],
  ["https://api.example.com:6443", "api.example.com:6443", null],
  ["https://notexample.com", "example.com", "proxy:3128"],
  ["https://api.example.com", "*", null],
  ["https://10.1.2.3", "10.0.0.0/8", null],
  ["https://11.1.2.3", "10.0.0.0/8", "proxy:3128"],
  ["https://10.1.2.3", "10.1.2.3", null],
  ["https://[fd00::7]:6443", "fd00::/8", null],
  ["https://localhost:6443", "", null],
  ["https://127.0.0.1:6443", "", null],
  ["https://[::1]:6443", "", null],
  ["http://localstack:4566", "", "plain:3128"],
  ["http://localstack:4566", "localstack", null],
  ["http://localstack", "localstack:80", null],
])("%s with NO_PROXY=%j goes by %s", (url, NO_PROXY, expected) => {
  const environment = { HTTPS_PROXY: "http://proxy:3128", HTTP_PROXY: "plain:3128", NO_PROXY };
  expect(proxiesOf(environment)(new URL(url))?.host ?? null).toBe(expected);
});

test("lower case wins, as in curl", () => {
  const environment = { HTTPS_PROXY: "http://upper:1", https_proxy: "http://lower:1" };
  expect(proxiesOf(environment)(new URL("https://example.com"))?.host).toBe("lower:1");
});
