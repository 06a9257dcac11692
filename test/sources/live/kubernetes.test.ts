import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Answer, Question } from "../../../src/model/question.ts";
import { LIMITS } from "../../../src/sources/limits.ts";
import { LiveSource } from "../../../src/sources/live.ts";
import { startDeaf } from "../../loopback/deaf.ts";
import { canned, failureOf, QUICK, rig, SAMPLES, sampleSource } from "./rig.ts";

const SERVICES = SAMPLES.kubernetes.question;
const CPU_MAX: Question = {
  source: "kubernetes",
  operation: "exec",
  input: { namespace: "default", pod: "p", container: "app", command: ["cat", "/sys/fs/cgroup/cpu.max"] },
};

/** A kubeconfig like the loopback's, with one of its users changed. */
function withUser(kubeconfig: string, user: object): string {
  const config = JSON.parse(kubeconfig);
  config.users[0].user = user;
  return JSON.stringify(config);
}

test("a permitted command runs in one pod", async () => {
  const { live } = await rig({ source: canned([{ stdout: "150000 100000\n" }]) });
  expect(await live.ask(CPU_MAX)).toEqual({ status: "answered", pages: [{ stdout: "150000 100000\n", stderr: "" }] });
});

test("no command runs without permission", async () => {
  const { live, loopback } = await rig({ source: canned([{ stdout: "x" }]) }, { allowExec: false });
  expect(failureOf(await live.ask(CPU_MAX))?.kind).toBe("forbidden");
  expect(loopback.asked.filter((key) => key.includes("exec"))).toEqual([]);
});

test("no other command runs with permission either", async () => {
  const { live, loopback } = await rig({ source: canned([{ stdout: "x" }]) });
  const other = { ...CPU_MAX, input: { ...CPU_MAX.input, command: ["sh", "-c", "cat /sys/fs/cgroup/cpu.max"] } };
  expect(failureOf(await live.ask(other))?.kind).toBe("forbidden");
  expect(loopback.asked.filter((key) => key.includes("exec"))).toEqual([]);
});

test("a command that fails in the pod is told with its own words", async () => {
  const { live } = await rig({ source: canned([{ stdout: "", stderr: "ps: not found", exitCode: 127 }]) });
  expect(failureOf(await live.ask(CPU_MAX))).toEqual({
    kind: "missing",
    message: "cat /sys/fs/cgroup/cpu.max failed in the pod: ps: not found",
  });
});

test("a refused exec keeps the API's reason", async () => {
  const refusal: Answer = { status: "failed", failure: { kind: "forbidden", message: "cannot create pods/exec" } };
  const { live } = await rig({ source: { ask: async () => refusal } });
  const failure = failureOf(await live.ask(CPU_MAX));
  expect(failure?.kind).toBe("forbidden");
  expect(failure?.message).toContain("cannot create pods/exec");
});

test("a wrong token is an authentication fault", async () => {
  const { live, folder, loopback } = await rig({ source: sampleSource });
  writeFileSync(join(folder, "kubeconfig"), withUser(loopback.kubeconfig, { token: "old" }));
  expect(failureOf(await live.ask(SERVICES))?.kind).toBe("unauthenticated");
});

test("a login command gives the token, and runs once for many questions", async () => {
  const { live, folder, loopback } = await rig({ source: sampleSource });
  const script = join(folder, "login");
  const status = { token: "secret-token" };
  const credential = JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status });
  writeFileSync(script, `#!/bin/sh\necho x >> ${folder}/runs\necho '${credential}'\n`);
  chmodSync(script, 0o755);
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: script, interactiveMode: "Never" };
  writeFileSync(join(folder, "kubeconfig"), withUser(loopback.kubeconfig, { exec }));
  const answers = await Promise.all([SERVICES, SERVICES, SERVICES].map((question) => live.ask(question)));
  expect(answers.map(({ status: one }) => one)).toEqual(["answered", "answered", "answered"]);
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(join(folder, "runs"), "utf8")).toBe("x\n");
});

test.each([
  ["is not there", "/nowhere/aws", /login command \/nowhere\/aws is not installed/],
  [
    "is not there, and whose name has lines",
    "/nowhere/a\n\n# b",
    /^[^\n]*login command \/nowhere\/a # b is not installed[^\n]*$/,
  ],
  [
    "is not there, and whose name has no end",
    `/nowhere/${"a".repeat(300_000)}`,
    /login command \/nowhere\/a{191}… cannot be started: .{0,200}$/,
  ],
  ["fails", "/bin/false", /login command \/bin\/false failed/],
])("a login command that %s is an authentication fault", async (_, command, words) => {
  const { live, folder, loopback } = await rig({ source: sampleSource });
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command };
  writeFileSync(join(folder, "kubeconfig"), withUser(loopback.kubeconfig, { exec }));
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.kind).toBe("unauthenticated");
  expect(failure?.message).toMatch(words);
});

test("a login command that hangs ends at the deadline", async () => {
  const { live, folder, loopback } = await rig({ source: sampleSource });
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "sleep", args: ["30"] };
  writeFileSync(join(folder, "kubeconfig"), withUser(loopback.kubeconfig, { exec }));
  expect(failureOf(await live.ask(SERVICES))?.kind).toBe("timeout");
});

test("a context that does not exist names those that do", async () => {
  const { live } = await rig({ source: sampleSource }, { context: "prod" });
  expect(failureOf(await live.ask(SERVICES))).toEqual({
    kind: "unauthenticated",
    message: "the kubeconfig has no context prod; it has loopback",
  });
});

test("a kubeconfig that is not there is told", async () => {
  const live = new LiveSource({ kubeconfig: "/nowhere/config", allowExec: false, environment: {}, limits: QUICK });
  expect(failureOf(await live.ask(SERVICES))?.message).toMatch(/the kubeconfig cannot be read.*ENOENT/);
});

test("a certificate that is not trusted is a network fault that says so", async () => {
  const { live, folder, loopback } = await rig({ source: sampleSource });
  const config = JSON.parse(loopback.kubeconfig);
  config.clusters[0].cluster["certificate-authority-data"] = undefined;
  writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.kind).toBe("unreachable");
  expect(failure?.message).toMatch(/certificate that is not trusted/);
});

test("AWS answers and the cluster drops every packet: the VPN", async () => {
  const { live, folder, loopback } = await rig({ source: sampleSource });
  const deaf = await startDeaf();
  onTestFinished(() => deaf.close());
  const config = JSON.parse(loopback.kubeconfig);
  config.clusters[0].cluster.server = `https://127.0.0.1:${deaf.port}`;
  writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
  await live.ask(SAMPLES.cloudwatch.question);
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.kind).toBe("unreachable");
  expect(failure?.message).toMatch(/cannot be reached: no connection within 400 ms; AWS answers, so .* VPN/);
});

test("a cluster that refuses, or answers slowly, is not taken for a VPN that is off", async () => {
  const fault = ({ source }: Question) => (source === "kubernetes" ? "silent" : null);
  const { live, loopback } = await rig({ source: sampleSource, fault });
  await live.ask(SAMPLES.cloudwatch.question);
  const slow = failureOf(await live.ask(SERVICES));
  expect(slow?.kind).toBe("timeout");
  expect(slow?.message).not.toMatch(/VPN/);
  await loopback.close();
  const refused = failureOf(await live.ask(SERVICES));
  expect(refused?.kind).toBe("unreachable");
  expect(refused?.message).not.toMatch(/VPN/);
});

test("a kind that the cluster does not know is missing, not an empty list", async () => {
  const absent: Answer = { status: "failed", failure: { kind: "missing", message: "404 page not found" } };
  const { live } = await rig({ source: { ask: async () => absent } });
  const question: Question = {
    source: "kubernetes",
    operation: "list",
    input: { apiVersion: "elbv2.k8s.aws/v1beta1", resource: "targetgroupbindings" },
  };
  expect(failureOf(await live.ask(question))).toEqual({
    kind: "missing",
    message: "the cluster does not know targetgroupbindings of elbv2.k8s.aws/v1beta1",
  });
});

test("limits that nobody changed keep a person from waiting long", () => {
  expect(LIMITS.question).toBeLessThanOrEqual(20_000);
  expect(LIMITS.attempts).toBeLessThanOrEqual(4);
});

test("kubectl's own proxy is asked in plain HTTP, and is told no credentials", async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end(JSON.stringify({ items: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { folder } = await rig({ source: sampleSource });
  const kubeconfig = join(folder, "proxied");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server: url } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      users: [{ name: "u", user: { token: "secret-token" } }],
    }),
  );
  const live = new LiveSource({ kubeconfig, allowExec: false, environment: {}, limits: QUICK, prometheusUrl: url });
  expect(await live.ask(SERVICES)).toMatchObject({ status: "answered", pages: [{ items: [] }] });
  expect(seen).toEqual([undefined]);
});
