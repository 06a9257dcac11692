import { describe, expect, it } from "vitest";
import { workersFromCount, workersFromProcesses } from "../../../src/analysis/workers/processes.ts";

const HEADER = "    PID    PPID COMMAND";
const PS = "    531       0 ps -eo pid,ppid,args";
const list = (...lines: string[]) => [HEADER, ...lines, PS, ""].join("\n");
const GUNICORN = "/usr/local/bin/python3.11 /usr/local/bin/gunicorn -w 2 app:api";
const MASTER = "1 0 gunicorn: master [app:app]";

describe("workers from a process list", () => {
  it.each([
    ["a master with its title", list(MASTER, "8 1 gunicorn: worker", "9 1 gunicorn: worker"), "gunicorn", 2],
    ["a master without", list(`1 0 ${GUNICORN}`, `7 1 ${GUNICORN}`, `8 1 ${GUNICORN}`), "gunicorn", 2],
    ["one process", list("1 0 uvicorn app:app"), "uvicorn", 1],
    [
      "dumb-init is no worker",
      list("1 0 dumb-init gunicorn app:app", `7 1 ${GUNICORN}`, `9 7 ${GUNICORN}`),
      "gunicorn",
      1,
    ],
    [
      "tini and a shell are none",
      list("1 0 /sbin/tini -- sh -c uvicorn a:b", "7 1 sh -c uvicorn a:b", "8 7 uvicorn a:b"),
      "uvicorn",
      1,
    ],
    [
      "the server is found where the manifest does not name it",
      list("1 0 puma 6.4.2 (tcp://0.0.0.0:80) [app]", "9 1 puma: cluster worker 0: 1 [app]"),
      null,
      1,
    ],
    [
      "Python's resource tracker is none",
      list(
        "1 0 /usr/bin/python3 /usr/bin/uvicorn a:b --workers 2",
        "7 1 /usr/bin/python3 -c from multiprocessing.resource_tracker import main",
        "8 1 /usr/bin/python3 -c from multiprocessing.spawn import spawn_main",
        "9 1 /usr/bin/python3 -c from multiprocessing.spawn import spawn_main",
      ),
      "uvicorn",
      2,
    ],
    ["a defunct child is none", list(MASTER, "8 1 gunicorn: worker", "9 1 [gunicorn] <defunct>"), "gunicorn", 1],
    ["a program that nothing is known of", list("1 0 elastic-agent container -e"), null, 1],
  ])("%s", (_, text, server, workers) => {
    expect(workersFromProcesses(text, server)?.candidates).toEqual([workers]);
  });

  it.each([
    ["it is no process list", "sh: ps: not found", "gunicorn"],
    ["the master has not started its workers", list(MASTER), "gunicorn"],
    ["an unknown program has children, which may be anything", list("1 0 /server", "7 1 /helper"), null],
    ["there is only an init", list("1 0 tini -- x"), null],
  ])("is null where %s", (_, text, server) => {
    expect(workersFromProcesses(text, server)).toBeNull();
  });

  it("leaves open whether uWSGI's first process is a worker", () => {
    const text = list("1 0 uwsgi --ini x.ini", "7 1 uwsgi --ini x.ini", "8 1 uwsgi --ini x.ini");
    expect(workersFromProcesses(text, "uwsgi")?.candidates).toEqual([2, 3]);
  });
});

describe("workers from a number of processes", () => {
  const masters = (workers: number) => [workers + 1];
  it.each([
    ["a master is taken off", 2, masters, { sure: 0, maybe: 0 }, [1]],
    ["an init too", 4, masters, { sure: 1, maybe: 0 }, [2]],
    ["a shell that may have become the server leaves two", 4, masters, { sure: 0, maybe: 1 }, [2, 3]],
    ["one unknown process is one", 1, null, { sure: 0, maybe: 0 }, [1]],
  ] as const)("%s", (_, processes, of, beside, candidates) => {
    expect(workersFromCount(processes, of, beside)?.candidates).toEqual(candidates);
  });

  it.each([3, 0, 1.5])("of an unknown program, %d processes say nothing", (processes) => {
    expect(workersFromCount(processes, null, { sure: 0, maybe: 0 })).toBeNull();
  });
});
