import { describe, expect, test } from "vitest";
import { readNodeGroups } from "../../src/analysis/node-groups.ts";
import { workersFromProcesses } from "../../src/analysis/workers/processes.ts";
import { workersOf } from "../../src/analysis/workers/weigh.ts";
import type { ContainerFact } from "../../src/model/facts.ts";
import type { Question } from "../../src/model/question.ts";
import { onArrival } from "../../src/redaction/arrival.ts";
import { Marks } from "../../src/redaction/marks.ts";
import { execIn, getConfigMap, listPods } from "../../src/sources/kubernetes/questions.ts";
import { SETTINGS, type Setting } from "./worker-settings.ts";

/*
 * What a reader needs is left. Each line is a public way of setting workers, threads or timeouts (the documentation of each
 * server), among words that must go; `reads` are the parts that a reader looks for, each as it stands.
 */

function pageOf({ command = [], args = [], env = {} }: Setting): unknown {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  const containers = [{ name: "app", image: "web:1", command, args, env: variables }];
  return { items: [{ metadata: { name: "web-1", namespace: "n" }, spec: { containers }, status: {} }] };
}

/** The answer as it is kept: masked when it arrives. */
function kept(question: Question, page: unknown): unknown {
  const answer = onArrival(question, { status: "answered", pages: [page] }, new Marks("salt"));
  return answer.status === "answered" ? answer.pages[0] : null;
}

function read(setting: Setting, arrive: (question: Question, page: unknown) => unknown) {
  const pods = listPods("n", "app=web");
  const [pod] = pods.parse([arrive(pods.question, pageOf(setting))]).value;
  const container = pod?.spec.containers[0];
  if (!container) throw new Error("the container is gone");
  const map = getConfigMap("n", "c");
  const page = { metadata: { name: "c" }, data: setting.files ?? {} };
  const held = map.parse([arrive(map.question, page)]).value;
  const files = Object.entries(held).map(([name, text]) => ({ name, text }));
  const texts = [
    container.command.join(" "),
    JSON.stringify(container.environment),
    ...files.map((one) => `${one.name}\n${one.text}`),
  ];
  const parts = [{ kind: "ConfigMap", name: "c", items: null }] as const;
  const mounts = ["/app", "/etc/c", "config"].map((path) => ({ path, subPath: null, parts }));
  const evidence = { configMaps: new Map([["c", held]]), list: null, processes: null, pod: null };
  const { workers, kind, server } = workersOf({ ...container, configMaps: ["c"], mounts } as ContainerFact, evidence);
  return { settings: { workers, kind, server }, text: texts.join("\n") };
}

describe.each(SETTINGS)("$command $args $env $files", (setting) => {
  const raw = read(setting, (_, page) => page);
  const masked = read(setting, kept);

  test("is read as it was before", () => {
    expect(masked.settings).toEqual(raw.settings);
  });

  test("keeps what a reader looks for, and nothing else", () => {
    for (const part of setting.reads) expect(masked.text).toContain(part);
    expect(masked.text).not.toMatch(/shop|hunter2|migrate/);
  });
});

test("there are enough ways", () => {
  expect(SETTINGS.length).toBeGreaterThanOrEqual(32);
});

test("processes are counted in a masked list as in the list itself", () => {
  const exec = execIn("n", "web-1", "app", ["ps", "-eo", "pid,ppid,args"]);
  const list = [
    "  PID  PPID COMMAND",
    "    1     0 /srv/shop/bin/python /srv/shop/bin/gunicorn -w 2 --key hunter2 shop:app",
    "    7     1 gunicorn: worker [shop]",
    "    8     1 gunicorn: worker [shop]",
    "  531     0 ps -eo pid,ppid,args",
  ].join("\n");
  const out = exec.parse([kept(exec.question, { stdout: list, stderr: "" })]).value;
  expect(out).not.toMatch(/shop|hunter2/);
  expect(workersFromProcesses(out, "gunicorn")).toEqual(workersFromProcesses(list, "gunicorn"));
  expect(workersFromProcesses(out, "gunicorn")?.source?.workers).toBe(2);
});

test("the quota of a cgroup stays as it is", () => {
  const exec = execIn("n", "web-1", "app", ["cat", "/sys/fs/cgroup/cpu.max"]);
  for (const stdout of ["50000 100000\n", "max 100000\n"])
    expect(exec.parse([kept(exec.question, { stdout, stderr: "" })]).value).toBe(stdout);
});

test.each([
  "nodeGroups:\n- health:\n    cloudProviderTarget: 3\n    maxSize: 10\n    minSize: 2\n  name: eks-web-0a1b2c3d-1111-2222-3333-444455556666\n  scaleUp:\n    backoffInfo:\n      errorMessage: hunter2\n",
  "Cluster-wide:\n  Health: Healthy (ready=3)\nNodeGroups:\n  Name:        web-nodes\n  Health:      Healthy (ready=3 unready=0 registered=3 cloudProviderTarget=3 (minSize=2, maxSize=10))\n",
])("node groups are read from a masked status", (status) => {
  const map = getConfigMap("kube-system", "cluster-autoscaler-status");
  const page = { metadata: { name: "cluster-autoscaler-status" }, data: { status } };
  const masked = map.parse([kept(map.question, page)]).value.status ?? "";
  expect(masked).not.toContain("hunter2");
  expect(readNodeGroups(status)).toHaveLength(1);
  expect(readNodeGroups(masked)).toEqual(readNodeGroups(status));
});

test("what is set stays set, what is empty stays empty, and the same stays the same", () => {
  const pods = listPods("n", "app=web");
  const env = { A: "hunter2", B: "", C: "hunter2", D: "hunter3" };
  const [pod] = pods.parse([kept(pods.question, pageOf({ env, reads: [] }))]).value;
  const { A, B, C, D } = pod?.spec.containers[0]?.environment ?? {};
  expect(A).toMatch(/^‹text:8:[0-9a-f]{5}›$/);
  expect(B).toBe("");
  expect(C).toBe(A);
  expect(D).not.toBe(A);
});

test("what was masked before is not changed by a second arrival", () => {
  const pods = listPods("n", "app=web");
  for (const setting of SETTINGS) {
    const once = kept(pods.question, pageOf(setting));
    expect(kept(pods.question, once)).toEqual(once);
  }
});

test("a number behind a secret's name is no setting", () => {
  const pods = listPods("n", "app=web");
  const args = ["--pin", "123456", "--db-password=123456", "--token", "4"];
  const env = { DOOR_PIN: "123456", DB_PASSWORD: "8", SHOP_TOKEN: "true" };
  const text = JSON.stringify(kept(pods.question, pageOf({ args, env, reads: [] })));
  expect(text).not.toMatch(/123456|"4"|"8"|"true"/);
});

test("a secret goes on behind its own commas and brackets, until a blank or its quote ends it", () => {
  const pods = listPods("n", "app=web");
  const args = [
    "sh",
    "-c",
    "gunicorn --db-password=a1,4321;(worker)5678 --workers 3",
    "gunicorn --token 'b2&8765' -w 2",
  ];
  const [pod] = pods.parse([kept(pods.question, pageOf({ args, reads: [] }))]).value;
  const text = (pod?.spec.containers[0]?.args ?? []).join("\n");
  expect(text).not.toMatch(/4321|5678|8765|worker\)/);
  expect(text).toMatch(/gunicorn .* --workers 3\n/);
  expect(text).toMatch(/gunicorn .* -w 2$/);
});
