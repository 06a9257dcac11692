import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { KUBERNETES } from "../../../src/sources/kubernetes/descriptor.ts";
import { LiveKubernetes } from "../../../src/sources/kubernetes/live.ts";
import { LiveSource } from "../../../src/sources/live.ts";
import { Tally } from "../../../src/sources/tally.ts";
import { ended } from "../../loopback/processes.ts";
import type { Loopback } from "../../loopback/server.ts";
import { failureOf, QUICK, rig, SAMPLES, sampleSource } from "./rig.ts";

/* Where the credentials for the cluster come from, and what is told where they do not come. */

const SERVICES = SAMPLES.kubernetes.question;
const API = "client.authentication.k8s.io/v1";

interface Config {
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: object }[];
  contexts: { name: string; context: object }[];
  "current-context"?: string;
}

function configOf({ kubeconfig }: Loopback): Config {
  return JSON.parse(kubeconfig) as Config;
}

/** A loopback whose kubeconfig logs in by a script. */
async function withPlugin(
  lines: (folder: string) => string,
  more: object = {},
  live: Partial<Parameters<typeof rig>[1]> = {},
) {
  const stop = new AbortController();
  const { loopback, folder, ...rest } = await rig(
    { source: sampleSource },
    { environment: process.env, stop: stop.signal, ...live },
  );
  const command = join(folder, "login");
  writeFileSync(command, `#!/bin/sh\n${lines(folder)}\n`);
  chmodSync(command, 0o755);
  const config = configOf(loopback);
  config.users[0] = {
    name: "oncall",
    user: { exec: { apiVersion: API, command, interactiveMode: "IfAvailable", ...more } },
  };
  writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
  return { ...rest, loopback, folder, stop };
}

const printing = (status: object) => `echo '${JSON.stringify({ apiVersion: API, kind: "ExecCredential", status })}'`;

test.each([
  ["prints garbage", "echo hello secret-token", /login printed no credentials; run it yourself/],
  ["prints JSON of another kind", 'echo \'{"token":"secret-token"}\'', /login printed no credentials/],
  ["prints nothing", "true", /login printed no credentials/],
  ["prints only half a certificate", printing({ clientCertificateData: "x" }), /login printed no credentials/],
  [
    "writes to standard error and fails",
    "echo 'the SSO session is over' >&2; exit 1",
    /login failed: the SSO session is over$/,
  ],
  ["wants a terminal", "read answer < /dev/tty || { echo 'no terminal' >&2; exit 1; }", /login failed: .*no terminal/],
  ["waits for an input", "read answer || { echo 'nobody answers' >&2; exit 1; }", /login failed: nobody answers/],
  ["never stops printing", "yes secret-token", /login printed more than 1 MB/],
])("a login command that %s is told, and its output is not repeated", async (_, lines, words) => {
  const { live } = await withPlugin(() => lines);
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.kind).toBe("unauthenticated");
  expect(failure?.message).toMatch(words);
  expect(failure?.message).not.toContain("secret-token");
});

test("a login command that only runs at a terminal is not run", async () => {
  const { live, folder } = await withPlugin((own) => `touch ${own}/ran`, { interactiveMode: "Always" });
  expect(failureOf(await live.ask(SERVICES))?.message).toMatch(/requires a terminal \(interactiveMode: Always\)/);
  expect(existsSync(join(folder, "ran"))).toBe(false);
});

test("what a login command writes beside its credentials disturbs nobody", async () => {
  const { live } = await withPlugin(() => `echo 'a new version is there' >&2; ${printing({ token: "secret-token" })}`);
  expect(await live.ask(SERVICES)).toMatchObject({ status: "answered" });
});

test("a login command learns the version, that nobody can be asked, its variables and the cluster", async () => {
  const more = { env: [{ name: "TEAM", value: "payments" }], args: ["one", "two"], provideClusterInfo: true };
  const { live, folder, loopback } = await withPlugin(
    (own) =>
      `printf '%s' "$KUBERNETES_EXEC_INFO" > ${own}/info; echo "$TEAM $*" > ${own}/words; ${printing({ token: "secret-token" })}`,
    more,
  );
  expect(await live.ask(SERVICES)).toMatchObject({ status: "answered" });
  expect(readFileSync(join(folder, "words"), "utf8")).toBe("payments one two\n");
  expect(JSON.parse(readFileSync(join(folder, "info"), "utf8"))).toMatchObject({
    kind: "ExecCredential",
    apiVersion: API,
    spec: { interactive: false, cluster: { server: loopback.kubeUrl } },
  });
});

test("a login command named by a path is looked for where the kubeconfig lies", async () => {
  const { live } = await withPlugin(() => printing({ token: "secret-token" }), { command: "./login" });
  expect(await live.ask(SERVICES)).toMatchObject({ status: "answered" });
});

test("credentials that expire on the way are asked for once more, for all questions together", async () => {
  // The first token is one that the cluster does not know any more.
  const { live, folder } = await withPlugin(
    (own) =>
      `echo x >> ${own}/runs; test $(wc -l < ${own}/runs) = 1 && { ${printing({ token: "old" })}; exit; }; ${printing({ token: "secret-token" })}`,
  );
  const answers = await Promise.all([1, 2, 3, 4].map(() => live.ask(SERVICES)));
  expect(answers.map(({ status }) => status)).toEqual(Array(4).fill("answered"));
  expect(readFileSync(join(folder, "runs"), "utf8")).toBe("x\nx\n");
});

test("a login command that hangs when it is asked once more is told, and not as wrong credentials", async () => {
  const { live } = await withPlugin(
    (own) =>
      `echo x >> ${own}/runs; test $(wc -l < ${own}/runs) = 1 && { ${printing({ token: "old" })}; exit; }; sleep 300`,
    {},
    { limits: { ...QUICK, question: 3_000 } },
  );
  await (await live.opened(KUBERNETES)).cluster();
  expect(failureOf(await live.ask(SERVICES))).toMatchObject({
    kind: "timeout",
    message: expect.stringMatching(/login did not end within 3 s/),
  });
});

test("credentials that are not accepted the second time either are told, and not asked for for ever", async () => {
  const { live, folder } = await withPlugin((own) => `echo x >> ${own}/runs; ${printing({ token: "old" })}`);
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.kind).toBe("unauthenticated");
  expect(failure?.message).toMatch(/does not accept these credentials \(401\)/);
  expect(readFileSync(join(folder, "runs"), "utf8")).toBe("x\nx\n");
});

const HANGS = (folder: string) => `echo 'open https://login' >&2; sleep 300 & echo $! > ${folder}/pid; wait`;

test("a login command that hangs is told with its own words, and ended with all that it started", async () => {
  const { live, folder } = await withPlugin(HANGS);
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.kind).toBe("timeout");
  expect(failure?.message).toMatch(/login did not end within 1 s: open https:\/\/login; if it prompts for something/);
  expect(await ended(join(folder, "pid"))).toBe(true);
});

test("what stops the investigation ends a login command at once", async () => {
  const { live, folder, stop } = await withPlugin(HANGS);
  const answer = live.ask(SERVICES);
  while (!existsSync(join(folder, "pid"))) await sleep(20);
  stop.abort();
  expect(failureOf(await answer)?.message).toMatch(/interrupted/);
  expect(await ended(join(folder, "pid"))).toBe(true);
});

test("several files of KUBECONFIG are one, the first that says something wins, and those not there do not count", async () => {
  const { loopback, folder } = await rig({ source: sampleSource });
  const { clusters, users, contexts } = configOf(loopback);
  const file = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify({ apiVersion: "v1", kind: "Config", ...content }));
    return join(folder, name);
  };
  const files = [
    join(folder, "nowhere"),
    file("a", { "current-context": "loopback", users }),
    file("b", { clusters, users: [{ name: "oncall", user: { token: "another" } }], "current-context": "other" }),
    file("c", { contexts }),
  ];
  const environment = { KUBECONFIG: files.join(":") };
  const live = new LiveSource({ environment, allowExec: false, limits: QUICK });
  expect(await live.ask(SERVICES)).toMatchObject({ status: "answered" });
});

test("files that a kubeconfig names are looked for where it lies", async () => {
  const { live, loopback, folder } = await rig({ source: sampleSource });
  const config = configOf(loopback);
  writeFileSync(join(folder, "ca.pem"), loopback.certificate);
  config.clusters[0] = { name: "loopback", cluster: { server: loopback.kubeUrl, "certificate-authority": "ca.pem" } };
  writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
  expect(await live.ask(SERVICES)).toMatchObject({ status: "answered" });
});

test("a kubeconfig that is no YAML is told without the lines of it, which hold tokens", async () => {
  const { live, folder } = await rig({ source: sampleSource });
  writeFileSync(join(folder, "kubeconfig"), "users:\n- name: a\n  user: {token: secret-token\n clusters: [");
  const failure = failureOf(await live.ask(SERVICES));
  expect(failure?.message).toMatch(/^the kubeconfig cannot be read: .*kubeconfig/);
  expect(failure?.message).not.toContain("secret-token");
});

/** A pod's service account under a folder that stands for "/". */
async function inPod(token = "secret-token\n") {
  const { loopback, folder } = await rig({ source: sampleSource });
  const account = join(folder, "var/run/secrets/kubernetes.io/serviceaccount");
  mkdirSync(account, { recursive: true });
  writeFileSync(join(account, "token"), token);
  writeFileSync(join(account, "ca.crt"), loopback.certificate);
  const { hostname, port } = new URL(loopback.kubeUrl);
  const environment = { HOME: folder, KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const open = (more: NodeJS.ProcessEnv = environment) =>
    new LiveKubernetes({ environment: more, root: folder, limits: QUICK, tally: new Tally(), allowExec: false });
  return { loopback, account, environment, open };
}

test("in a pod the service account is used, its CA and its token", async () => {
  const { open, loopback } = await inPod();
  const kubernetes = open();
  expect(await kubernetes.ask(SERVICES)).toMatchObject({ status: "answered" });
  expect((await kubernetes.cluster()).server.origin).toBe(loopback.kubeUrl);
});

test("a service account's token that was replaced on the disk is read again", async () => {
  const { open, account } = await inPod("old");
  const kubernetes = open();
  await kubernetes.cluster();
  writeFileSync(join(account, "token"), "secret-token");
  expect(await kubernetes.ask(SERVICES)).toMatchObject({ status: "answered" });
});

test("a service account whose CA did not sign the server is a certificate's trouble", async () => {
  const { open, account } = await inPod();
  const other = await rig({ source: sampleSource });
  writeFileSync(join(account, "ca.crt"), other.loopback.certificate);
  expect(failureOf(await open().ask(SERVICES))?.message).toMatch(/certificate that is not trusted/);
});

test("a kubeconfig stands before the service account, and a pod without the cluster's address says so", async () => {
  const { open, environment } = await inPod();
  const none = failureOf(await open({ HOME: environment.HOME }).ask(SERVICES));
  expect(none?.message).toMatch(/neither KUBERNETES_SERVICE_HOST nor KUBERNETES_SERVICE_PORT/);
  mkdirSync(join(environment.HOME, ".kube"));
  writeFileSync(join(environment.HOME, ".kube", "config"), "{}");
  expect(failureOf(await open().ask(SERVICES))?.message).toMatch(/names no current context/);
});

test("without any kubeconfig and outside of a pod it is told where one was looked for", async () => {
  const { folder } = await rig({ source: sampleSource });
  const open = (environment: NodeJS.ProcessEnv) =>
    new LiveKubernetes({ environment, root: folder, limits: QUICK, tally: new Tally(), allowExec: false });
  expect(failureOf(await open({ HOME: folder }).ask(SERVICES))?.message).toMatch(/no \$KUBECONFIG, no ~\/\.kube/);
  const named = failureOf(await open({ KUBECONFIG: "/nowhere/a:/nowhere/b" }).ask(SERVICES));
  expect(named?.message).toMatch(/\$KUBECONFIG names \/nowhere\/a, \/nowhere\/b, and there is no such file/);
});
