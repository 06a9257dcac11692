import { describe, expect, it } from "vitest";
import { serverSettings, workersFromCount, workersFromProcesses } from "../../src/analysis/workers.ts";
import type { ContainerFact } from "../../src/model/facts.ts";

const container = (command: string, environment: Record<string, string> = {}): ContainerFact => ({
  name: "app",
  image: null,
  command: command.split(" "),
  environment,
  ports: [],
  cpuRequest: null,
  cpuLimit: null,
  memoryRequest: null,
  memoryLimit: null,
  probes: { readiness: false, liveness: false, startup: false },
  configMaps: [],
});
const first = (command: string, environment?: Record<string, string>, file?: string) => {
  const { server, kind, sources } = serverSettings(
    container(command, environment),
    file ? [{ name: "gunicorn.conf.py", text: file }] : [],
  );
  return { server, kind, from: sources[0]?.from, workers: sources[0]?.workers };
};

describe("serverSettings", () => {
  it.each([
    ["gunicorn -w 4 app:app", {}, undefined, { server: "gunicorn", kind: "processes", from: "arguments", workers: 4 }],
    [
      "gunicorn --workers=2 -k gevent app:app",
      {},
      undefined,
      { server: "gunicorn", kind: "event loop", from: "arguments", workers: 2 },
    ],
    [
      "/usr/local/bin/gunicorn app:app --threads 8 --workers 3",
      {},
      undefined,
      { server: "gunicorn", kind: "threads", from: "arguments", workers: 3 },
    ],
    [
      "uvicorn app:app --workers 5",
      {},
      undefined,
      { server: "uvicorn", kind: "event loop", from: "arguments", workers: 5 },
    ],
    [
      "gunicorn app:app",
      { WEB_CONCURRENCY: "6" },
      undefined,
      { server: "gunicorn", kind: "processes", from: "environment", workers: 6 },
    ],
    [
      "gunicorn app:app",
      { GUNICORN_CMD_ARGS: "--workers=3" },
      undefined,
      { server: "gunicorn", kind: "processes", from: "environment", workers: 3 },
    ],
    [
      "gunicorn -c /etc/g.py app:app",
      {},
      "# workers = 9\nworkers = 1\nworker_class = 'uvicorn.workers.UvicornWorker'\n",
      { server: "gunicorn", kind: "event loop", from: "configuration", workers: 1 },
    ],
    ["gunicorn app:app", {}, undefined, { server: "gunicorn", kind: "processes", from: "default", workers: 1 }],
    ["puma -w 2 -t 5:5", {}, undefined, { server: "puma", kind: "threads", from: "arguments", workers: 2 }],
    ["java -jar app.jar", {}, undefined, { server: null, kind: null, from: undefined, workers: undefined }],
  ] as const)("%s %j", (command, environment, file, expected) => {
    expect(first(command, environment, file)).toEqual(expected);
  });
  it("lets the command line win over the configuration, and that over WEB_CONCURRENCY", () => {
    expect(first("gunicorn -w 4 app:app", { WEB_CONCURRENCY: "6" }, "workers = 2")).toMatchObject({
      from: "arguments",
      workers: 4,
    });
    expect(first("gunicorn app:app", { WEB_CONCURRENCY: "6" }, "workers = 2")).toMatchObject({
      from: "configuration",
      workers: 2,
    });
  });
});

describe("workersFromProcesses", () => {
  it("counts the children of the master", () => {
    const list =
      "  PID  PPID COMMAND\n    1     0 gunicorn: master [app:app]\n    8     1 gunicorn: worker\n    9     1 gunicorn: worker\n   40     0 ps -eo pid,ppid,args\n";
    expect(workersFromProcesses(list, "gunicorn")).toMatchObject({ from: "process list", workers: 2 });
  });
  it("takes a server without children as one worker", () => {
    expect(workersFromProcesses("1 0 uvicorn app:app\n", "uvicorn")).toMatchObject({ workers: 1 });
  });
  it("is null where the list is no process list", () => {
    expect(workersFromProcesses("sh: ps: not found", "gunicorn")).toBeNull();
  });
});

describe("workersFromCount", () => {
  it("takes the master off where the server has one, and does not guess what several unknown processes are", () => {
    expect(workersFromCount(2, "gunicorn")).toMatchObject({ workers: 1 });
    expect(workersFromCount(1, null)).toMatchObject({ workers: 1 });
    expect(workersFromCount(3, null)).toBeNull();
    expect(workersFromCount(0, "gunicorn")).toBeNull();
  });
});
