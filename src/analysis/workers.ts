import type { ContainerFact, WorkerSource, WorkersFact } from "../model/facts.ts";

/** What a command line or a configuration says of an application server. */
export interface ServerSettings {
  readonly server: string | null;
  readonly sources: readonly WorkerSource[];
  readonly kind: WorkersFact["kind"];
}

const SERVERS = ["gunicorn", "uvicorn", "hypercorn", "uwsgi", "puma", "unicorn", "waitress", "daphne"] as const;

/** Gunicorn's worker classes that run all requests of a worker on one event loop (Gunicorn, Settings, worker_class). */
const EVENT_LOOP = /uvicorn|gevent|eventlet|tornado|aiohttp|asyncio/i;

/**
 * Workers from the command line, the environment and mounted configuration files, the one that wins first. For gunicorn
 * the command line wins over GUNICORN_CMD_ARGS, that over the configuration file, and WEB_CONCURRENCY is only the default
 * (Gunicorn, Configuration Overview). An application server that is named and told nothing runs one worker.
 */
export function serverSettings(
  container: ContainerFact,
  files: readonly { readonly name: string; readonly text: string }[],
): ServerSettings {
  const line = container.command.join(" ");
  const commandArguments = container.environment.GUNICORN_CMD_ARGS ?? "";
  const configurations = files.map(({ name, text }) => ({ name, text: withoutComments(text) }));
  const server = SERVERS.find((name) => new RegExp(`(^|[\\s/])${name}(\\s|$)`).test(line)) ?? null;
  const sources = [
    ...fromFlags("arguments", line),
    ...fromFlags("environment", commandArguments),
    ...configurations.flatMap(({ name, text }) => fromAssignment(name, text)),
    ...fromVariable(container.environment),
  ];
  const everything = [line, commandArguments, ...configurations.map(({ text }) => text)];
  const byDefault =
    server !== null && sources.length === 0
      ? [{ from: "default", workers: 1, detail: `${server} runs one worker unless told otherwise` } as const]
      : [];
  return { server, sources: [...sources, ...byDefault], kind: kindOf(server, everything) };
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "");
}

function fromFlags(from: "arguments" | "environment", line: string): WorkerSource[] {
  const match = /(?:^|\s)(?:--workers|--processes|-w)[=\s]*(\d+)/.exec(line);
  return match ? [{ from, workers: Number(match[1]), detail: match[0].trim() }] : [];
}

function fromAssignment(name: string, text: string): WorkerSource[] {
  const match = /^\s*(?:workers|processes)\s*[=:]?\s*(\d+)\s*$/m.exec(text);
  return match ? [{ from: "configuration", workers: Number(match[1]), detail: `${match[0].trim()} in ${name}` }] : [];
}

function fromVariable(environment: { readonly [name: string]: string }): WorkerSource[] {
  const name = ["WEB_CONCURRENCY", "GUNICORN_WORKERS", "UVICORN_WORKERS"].find((one) =>
    /^\d+$/.test(environment[one] ?? ""),
  );
  return name
    ? [{ from: "environment", workers: Number(environment[name]), detail: `${name}=${environment[name]}` }]
    : [];
}

function kindOf(server: string | null, texts: readonly string[]): WorkersFact["kind"] {
  for (const text of texts) {
    const workerClass = /(?:--worker-class|-k|worker_class)[=\s]*["']?([\w.]+)/.exec(text)?.[1];
    if (workerClass !== undefined)
      return EVENT_LOOP.test(workerClass) ? "event loop" : workerClass === "gthread" ? "threads" : "processes";
  }
  const threads = texts
    .map((text) => /(?:--threads|^\s*threads)[=\s]*(\d+)/m.exec(text)?.[1])
    .find((found) => found !== undefined);
  if (threads !== undefined && Number(threads) > 1) return "threads";
  if (server === "uvicorn" || server === "hypercorn" || server === "daphne") return "event loop";
  if (server === "puma" || server === "waitress") return "threads";
  return server === null ? null : "processes";
}

/**
 * Worker processes from a process list (`ps -eo pid,ppid,args`): the children of the server's first process, or one where
 * it has none. Null where the server is not in the list.
 */
export function workersFromProcesses(list: string, server: string | null): WorkerSource | null {
  const processes = list.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] ?? "" }] : [];
  });
  const root =
    processes.find(({ args }) => server !== null && args.includes(server)) ?? processes.find(({ pid }) => pid === 1);
  if (!root) return null;
  const children = processes.filter(({ parent, args }) => parent === root.pid && !/\bps\b/.test(args)).length;
  return {
    from: "process list",
    workers: Math.max(1, children),
    detail:
      children === 0
        ? `${server ?? "the server"} is one process`
        : `${children + 1} processes of ${server ?? "the server"}, one of them the master`,
  };
}

/** Worker processes from a container's process count: a gunicorn, uWSGI or puma master is one of several processes. */
export function workersFromCount(processes: number, server: string | null): WorkerSource | null {
  if (!Number.isInteger(processes) || processes < 1) return null;
  const workers = processes === 1 ? 1 : processes - 1;
  // Without knowing the server, several processes may be anything: a shell, a log shipper, a master.
  if (server === null && processes > 1) return null;
  return {
    from: "process count",
    workers,
    detail: processes === 1 ? "1 process" : `${processes} processes, one of them the master`,
  };
}
