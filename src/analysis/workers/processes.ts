import type { WorkerSource } from "../../model/facts.ts";
import { commandWords, isBystander, programName } from "./invocation.ts";
import type { Runtime } from "./programs.ts";
import { traced } from "./traced.ts";

/** What a list or a count of processes says: the numbers of workers that fit it, and what is running. */
export interface Counted {
  readonly source: WorkerSource;
  /** One where it decides; several where an init or a master may or may not be among the processes. */
  readonly candidates: readonly number[];
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

export interface ProcessList extends Counted {
  readonly server: string | null;
  readonly runtime: Runtime | null;
}

/** Titles that servers give their processes (setproctitle), where the command line is gone. */
const TITLES: readonly (readonly [RegExp, string, Runtime])[] = [
  [/^gunicorn: /, "gunicorn", "python"],
  [/^uWSGI /, "uwsgi", "python"],
  [/^puma[ :]/, "puma", "ruby"],
  [/^unicorn (?:master|worker)/, "unicorn", "ruby"],
  [/^php-fpm: /, "php-fpm", "php"],
];
/** Their first process answers no request. */
const HAS_MASTER = new Set(["gunicorn", "unicorn", "php-fpm", "granian", "hypercorn", "pm2"]);
/** Python's helper for processes that are started anew, which is no worker. */
const HELPER = /multiprocessing\.(?:resource_tracker|semaphore_tracker|forkserver)|<defunct>|^\[.*\]$/;

/**
 * Workers from a process list (`ps -eo pid,ppid,args`): the children of the server's first process, or that one alone.
 * Inits, shells and the list itself are no workers. Null where no server is in the list, or it has not started its workers.
 */
export function workersFromProcesses(list: string, server: string | null): ProcessList | null {
  const processes = parsed(list).filter(({ args }) => !/^(?:\S*\/)?ps(?: |$)/.test(args));
  const known = processes.map((one) => ({ ...one, ...identified(one.args) }));
  const root =
    known.find((one) => one.server !== null && (server === null || one.server === server) && !one.isBystander) ??
    known.find((one) => !one.isBystander);
  if (!root) return null;
  const name = root.server ?? server ?? (root.runtime === "node" ? "node" : null);
  const children = known.filter(
    ({ parent, args, isBystander: aside }) => parent === root.pid && !HELPER.test(args) && !aside,
  );
  const candidates = fitting(name, children.length);
  const [workers] = candidates;
  if (workers === undefined) return null;
  const called = name ?? "the server";
  const detail =
    children.length === 0
      ? `${called} is one process`
      : `${children.length + 1} processes of ${called}, one of them the master`;
  const found = { server: name, runtime: root.runtime };
  return { ...found, candidates, source: { from: "process list", workers, detail } };
}

function fitting(server: string | null, children: number): number[] {
  if (children === 0) return server !== null && HAS_MASTER.has(server) ? [] : [1];
  // Without knowing the program, its children may be anything.
  if (server === null) return [];
  // Without a master uWSGI's first process is a worker too.
  return server === "uwsgi" ? [children, children + 1] : [children];
}

function parsed(list: string): Process[] {
  return list.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*\S)/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] ?? "" }] : [];
  });
}

function identified(args: string): { server: string | null; runtime: Runtime | null; isBystander: boolean } {
  const title = TITLES.find(([pattern]) => pattern.test(args));
  if (title) return { server: title[1], runtime: title[2], isBystander: false };
  const words = args.split(/\s+/);
  const name = programName(traced(words[0] ?? "", null));
  if (name !== null && isBystander(name)) return { server: null, runtime: null, isBystander: true };
  const { server, runtime } = commandWords(words);
  return { server, runtime, isBystander: false };
}

/**
 * Workers from a container's number of processes (`container_processes`): those that fit it with the processes that the
 * server keeps beside its workers, and those that stand beside the server. Null where it fits nothing that is known.
 */
export function workersFromCount(
  processes: number,
  masters: ((workers: number) => readonly number[]) | null,
  beside: { readonly sure: number; readonly maybe: number },
): Counted | null {
  if (!Number.isInteger(processes) || processes < 1 || processes > 1000) return null;
  const fits = (workers: number) =>
    Array.from({ length: beside.maybe + 1 }, (_, more) => processes - beside.sure - more).some((left) =>
      // Without knowing the server, several processes may be anything: a shell, a log shipper, a master.
      masters ? masters(workers).includes(left) : workers === 1 && left === 1,
    );
  const candidates = Array.from({ length: processes }, (_, index) => index + 1).filter(fits);
  const workers = candidates.at(-1);
  if (workers === undefined) return null;
  const detail = processes === 1 ? "1 process" : `${processes} processes${masters ? ", one of them the master" : ""}`;
  return { candidates, source: { from: "process count", workers, detail } };
}
