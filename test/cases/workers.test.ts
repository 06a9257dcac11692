import { describe, expect, it } from "vitest";
import type { Answer, Question } from "../../src/model/question.ts";
import { recorded, replay } from "../verdicts/replay.ts";

/**
 * Cases from public reports of how people set the number of workers, each made from the main incident's recording: its
 * Deployment, its file and no reading inside a pod. Its traffic is that of one worker, so only the number, what it rests
 * on and the fix are looked at; what else would be said of it belongs to the main incident.
 */
interface Case {
  readonly command: readonly string[];
  readonly envFrom?: readonly object[];
  /** The one file of the mounted ConfigMap; absent: nothing is mounted. */
  readonly file?: readonly [key: string, text: string];
  /** Other ConfigMaps by name. */
  readonly configMaps?: { readonly [name: string]: { readonly [key: string]: string } };
}

const recording = await recorded("worker-ceiling");
const mainly = { ...recording, manifest: { ...recording.manifest, allowExec: false } };
const MOUNT = { volumeMounts: [{ name: "conf", mountPath: "/etc/gunicorn" }] };
const VOLUMES = { volumes: [{ name: "conf", configMap: { name: "data-service-gunicorn" } }] };

type Json = { readonly [key: string]: unknown };

/** Every object of a list as it is, but the incident's Deployment with another pod. */
function withPod(answer: Answer, change: (pod: Json) => Json): Answer {
  if (answer.status !== "answered") return answer;
  const pages = structuredClone(answer.pages) as { items: { metadata: Json; spec: { template: { spec: Json } } }[] }[];
  for (const { items } of pages)
    for (const { metadata, spec } of items)
      if (metadata.name === "data-service") spec.template.spec = change(spec.template.spec);
  return { ...answer, pages };
}

function changed({ command, envFrom, file, configMaps = {} }: Case) {
  const content = (name: string) =>
    name === "data-service-gunicorn" && file ? { [file[0]]: file[1] } : configMaps[name];
  return ({ operation, input }: Question, answer: Answer): Answer => {
    if (input.resource === "deployments")
      return withPod(answer, (pod) => {
        const [first] = pod.containers as Json[];
        const { args: _args, volumeMounts: _mounts, ...rest } = first ?? {};
        const serving = { ...rest, command, ...(envFrom ? { envFrom } : {}), ...(file ? MOUNT : {}) };
        return { ...pod, ...(file ? VOLUMES : { volumes: [] }), containers: [serving] };
      });
    const data = operation === "get" && input.resource === "configmaps" ? content(String(input.name)) : undefined;
    if (data) return { status: "answered", pages: [{ metadata: { name: input.name }, data }] };
    if (String(input.query ?? "").includes("container_processes"))
      return { status: "answered", pages: [{ status: "success", data: { resultType: "vector", result: [] } }] };
    return answer;
  };
}

const words = (line: string) => line.split(" ");
const APP_ENV = [{ configMapRef: { name: "app-env" } }];
const PUMA = 'threads 5, 5\nworkers ENV.fetch("WEB_CONCURRENCY") { 4 }\npreload_app!\n';
const EXPRESSION = 'import os\nworkers = int(os.environ.get("GUNICORN_WORKERS", "4"))\n';

const UNKNOWN: [name: string, set: Case, unread: string][] = [
  [
    "workers-envfrom-default-one",
    { command: words("gunicorn app:app --bind=:8000"), envFrom: APP_ENV },
    "ConfigMap app-env",
  ],
  [
    "workers-file-in-image",
    { command: words("gunicorn -c /app/gunicorn.conf.py app:app") },
    "/app/gunicorn.conf.py in the image",
  ],
  ["workers-nproc", { command: ["sh", "-c", "exec gunicorn app.wsgi:application --workers $(nproc)"] }, "$(nproc)"],
  [
    "workers-of-another-file",
    {
      command: words("gunicorn app:app --bind=:8000"),
      file: ["app.yaml", "celery:\n  queue: default\n  workers: 8\n"],
    },
    "WEB_CONCURRENCY in the image's own environment",
  ],
];

const KNOWN: [name: string, set: Case][] = [
  [
    "workers-envfrom, read",
    { command: words("gunicorn app:app"), envFrom: APP_ENV, configMaps: { "app-env": { WEB_CONCURRENCY: "4" } } },
  ],
  ["workers-puma-fetch", { command: words("bundle exec puma -C /etc/gunicorn/puma.rb"), file: ["puma.rb", PUMA] }],
  [
    "workers-python-expression-in-file",
    { command: words("gunicorn -c /etc/gunicorn/gunicorn.conf.py app:app"), file: ["gunicorn.conf.py", EXPRESSION] },
  ],
  [
    "workers-shell-default",
    { command: ["sh", "-c", `exec gunicorn --workers \${GUNICORN_WORKERS:-4} --worker-class sync app:app`] },
  ],
  [
    "workers-unicorn-file",
    {
      command: words("bundle exec unicorn -c /etc/gunicorn/unicorn.rb"),
      file: ["unicorn.rb", "worker_processes 4\ntimeout 30\n"],
    },
  ],
];

describe("a number of workers that is not known", () => {
  it.each(UNKNOWN)("%s names what was not read, and confirms nothing that rests on it", async (_, set, unread) => {
    const session = await replay(mainly, changed(set));
    expect(session.facts.workers?.workers).toBeNull();
    expect(session.facts.workers?.sources).toEqual([]);
    expect(session.facts.workers?.unread?.map(({ what }) => what).join("; ")).toContain(unread);
    expect(session.verdict?.confidence).not.toBe("confirmed");
    expect(session.fixes.map(({ id }) => id)).not.toContain("more-workers");
    const told = session.findings.find(({ id }) => id === "worker-quota.workers")?.statement;
    expect(told).toMatch(/^how many workers a pod runs is not known: .+; `kubectl .+` shows it$/);
  });
});

describe("a number of workers that somebody wrote", () => {
  it.each(KNOWN)("%s is four, and not the server's default", async (_, set) => {
    const session = await replay(mainly, changed(set));
    expect(session.facts.workers?.workers).toBe(4);
    // Four pods, four workers each, and as many requests in each as it has threads.
    expect(session.facts.demand?.ceiling).toBe(16 * (session.facts.workers?.threads ?? 1));
    // One worker's traffic on four workers: whatever it is, it is not their ceiling.
    expect(session.verdict?.rootCause).not.toBe("worker-concurrency-ceiling");
  });
});

it("nginx-in-front-of-app: the container behind the proxy that takes the port is the one that is judged", async () => {
  const session = await replay(recording, ({ input }, answer) => {
    if (input.resource !== "deployments") return answer;
    return withPod(answer, (pod) => {
      const [{ ports, ...application } = {}] = pod.containers as Json[];
      const limits = { requests: { cpu: "50m" }, limits: { cpu: "200m" } };
      const proxy = { name: "nginx", image: "nginx:1.27", ports, resources: limits };
      return { ...pod, containers: [application, proxy] };
    });
  });
  expect(session.facts.workload?.serving.name).toBe("data-service");
  expect(session.verdict).toMatchObject({ rootCause: "worker-concurrency-ceiling", confidence: "confirmed" });
});
