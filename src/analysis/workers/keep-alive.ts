import type { ContainerFact } from "../../model/facts.ts";
import { environmentOf } from "./environment.ts";
import { type Invocation, invocationOf } from "./invocation.ts";
import { openWords, option, wordsOf } from "./options.ts";
import { figureOf } from "./settings.ts";
import { shown, type Traced, type Unread } from "./traced.ts";

/** How long a server keeps a connection open on which nothing comes. */
export interface KeepAlive {
  /** "node" */
  readonly server: string;
  readonly seconds: number;
  /** A default may be overridden by the code or a file in the image: it is no reading. */
  readonly from: "arguments" | "environment" | "default";
  /** Where it stands: "--timeout-keep-alive 5"; for a default whose it is: "uvicorn's default". */
  readonly detail: string;
}

interface Setting {
  readonly options: readonly string[];
  /** A variable that holds the number, and one that holds more options. */
  readonly variable?: string;
  readonly more?: string;
  /** Options that name its settings file, which is not read here, and the file that it reads where none is named. */
  readonly file?: readonly string[];
  readonly ownFile?: string;
  readonly byDefault: number;
  readonly isDefaultOf: string;
}

/**
 * What sets it, by program or server, and its default in seconds: Gunicorn, Settings, keepalive; Uvicorn, Settings,
 * --timeout-keep-alive, which "fastapi run" does not pass on; Hypercorn, Configuring, keep_alive_timeout; Node.js,
 * server.keepAliveTimeout, which only the code sets: 5 s, and 65 s from version 26 (nodejs/node#62782). Puma's default
 * went from 20 s to 65 s with version 7 (puma/puma#3378), so that without its file nothing can be said of it.
 */
const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  [
    "gunicorn",
    {
      options: ["--keep-alive"],
      more: "GUNICORN_CMD_ARGS",
      file: ["-c", "--config"],
      ownFile: "gunicorn.conf.py",
      byDefault: 2,
      isDefaultOf: "gunicorn's default",
    },
  ],
  [
    "uvicorn",
    {
      options: ["--timeout-keep-alive"],
      variable: "UVICORN_TIMEOUT_KEEP_ALIVE",
      byDefault: 5,
      isDefaultOf: "uvicorn's default",
    },
  ],
  ["fastapi run", { options: [], byDefault: 5, isDefaultOf: "uvicorn's default" }],
  [
    "hypercorn",
    { options: ["--keep-alive"], file: ["-c", "--config"], byDefault: 5, isDefaultOf: "hypercorn's default" },
  ],
  ["node", { options: [], byDefault: 5, isDefaultOf: "Node.js's default before version 26" }],
]);

/**
 * Gunicorn's worker classes that keep connections for `keepalive` seconds: sync closes after every answer, and Tornado's
 * has a time of its own (Gunicorn, Settings, keepalive; worker_class; Uvicorn, UvicornWorker; aiohttp, GunicornWebWorker).
 */
const KEEPING = /^(?:gthread|gevent|eventlet|uvicorn\.workers\.\w+|uvicorn_worker\.\w+|aiohttp\.\w+)$/;
/** A setting that is called so, and that nothing here reads: the image's own script or code may. */
const BY_NAME = /keep[-_]?alive/i;

/**
 * The keep-alive of a container's server as far as its manifest tells. Null where the server or its default is not known,
 * where it closes connections by itself, and where something that the manifest names could set it and was not read.
 */
export function keepAliveOf(container: ContainerFact): KeepAlive | null {
  // No ConfigMap is read here: what it sets counts as not read.
  const invocation = invocationOf(container, environmentOf(container, new Map()));
  const { words, lookup } = invocation;
  const name = nameOf(invocation);
  const setting = SETTINGS.get(name ?? "");
  // What is not known as a whole may hold the option, and the last one counts.
  if (name === null || !setting || isNamed(invocation.unread) || openWords(words).length > 0) return null;
  const variable = setting.more === undefined ? null : lookup(setting.more);
  const more = variable?.state === "set" ? wordsOf(variable.value) : [];
  if (name === "gunicorn" && !isKeeping(words, more)) return null;
  const read = (value: Traced, from: KeepAlive["from"], detail: string): KeepAlive | null => {
    const seconds = figureOf(value);
    // With 0 a server keeps no connection.
    return seconds === null || seconds === 0 ? null : { server: name, seconds, from, detail };
  };
  const given = option(words, setting.options);
  if (given) return read(given.value, "arguments", given.written);
  if (openWords(more).length > 0 || (variable?.state === "unset" && isNamed(variable.unread))) return null;
  const inMore = option(more, setting.options);
  if (inMore) return read(inMore.value, "environment", `${inMore.written} in ${setting.more}`);
  const own = setting.variable === undefined ? null : lookup(setting.variable);
  if (own?.state === "set") return read(own.value, "environment", `${setting.variable}=${shown(own.value)}`);
  if (own && isNamed(own.unread)) return null;
  if (option([...more, ...words], setting.file ?? []) || mounts(container, setting.ownFile)) return null;
  if ([...words.map(shown), ...variablesOf(container)].some((one) => BY_NAME.test(one))) return null;
  return { server: name, seconds: setting.byDefault, from: "default", detail: setting.isDefaultOf };
}

/** What the table above calls the program; Bun keeps connections by rules of its own. */
function nameOf({ server, runtime, program }: Invocation): string | null {
  if (program !== null && SETTINGS.has(program)) return program;
  return server ?? (runtime === "node" && !/^bun\b/.test(program ?? "") ? "node" : null);
}

/** Whether the manifest itself points to some of it; what an image may bring is only suspected. */
function isNamed(unread: readonly Unread[]): boolean {
  return unread.some(({ weak }) => !weak);
}

/** Whether Gunicorn's workers are certainly of a class that keeps connections: arguments win over GUNICORN_CMD_ARGS. */
function isKeeping(words: readonly Traced[], more: readonly Traced[]): boolean {
  const all = [...more, ...words];
  const named = option(all, ["-k", "--worker-class"]);
  const worker = named ? shown(named.value) : "sync";
  // With more than one thread the sync class becomes gthread (Gunicorn, Settings, threads).
  const threads = figureOf(option(all, ["--threads"])?.value ?? null) ?? 1;
  return KEEPING.test(worker) || (worker === "sync" && threads > 1);
}

function mounts({ mounts: all = [] }: ContainerFact, file: string | undefined): boolean {
  if (file === undefined) return false;
  const names = all.flatMap(({ path, parts }) => [
    path,
    ...parts.flatMap(({ items }) => items ?? []).map((one) => one.path),
  ]);
  return names.some((name) => name === file || name.endsWith(`/${file}`));
}

function variablesOf({ environment, variables = [] }: ContainerFact): string[] {
  return [...Object.keys(environment), ...variables.map(({ name }) => name)];
}
