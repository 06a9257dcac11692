import type { Files } from "../files.ts";
import { iniSetting } from "../ini-file.ts";
import type { Invocation } from "../invocation.ts";
import { openWords, option } from "../options.ts";
import { pythonSetting } from "../python-file.ts";
import {
  defaultOf,
  figureOf,
  type Layer,
  layerOf,
  type ServerReading,
  unreadLayer,
  variableLayer,
} from "../settings.ts";
import { shown, textOf } from "../traced.ts";

/** Workers that are started anew rather than forked come with Python's resource tracker, a process more. */
const SPAWNED = (workers: number) => [workers + 1, workers + 2];

/** Its own option, then UVICORN_WORKERS, then WEB_CONCURRENCY, then 1 in the first process (Uvicorn, Settings; Config.workers). */
export function uvicorn(invocation: Invocation): ServerReading {
  const layers = [
    ...fromOption(invocation, ["--workers"]),
    variableLayer("UVICORN_WORKERS", invocation),
    variableLayer("WEB_CONCURRENCY", invocation),
  ];
  return eventLoop(layers, "uvicorn", (workers) => (workers === 1 ? [1] : SPAWNED(workers)));
}

/** Its own option wins over its configuration file; no variable (Hypercorn, Configuring). */
export function hypercorn(invocation: Invocation, files: Files): ServerReading {
  const named = option(invocation.words, ["-c", "--config"]);
  const layers = [
    ...fromOption(invocation, ["-w", "--workers"]),
    ...(named ? fileLayers(named.value, invocation, files) : []),
  ];
  return eventLoop(layers, "hypercorn", SPAWNED);
}

function fileLayers(value: Parameters<typeof shown>[0], { lookup }: Invocation, files: Files): Layer[] {
  const path = textOf(value)?.replace(/^file:/, "") ?? null;
  if (path === null || path.startsWith("python:"))
    return unreadLayer([{ what: `the configuration ${shown(value)}`, look: null }]);
  const file = files.at(path);
  if (!("text" in file)) return unreadLayer([file]);
  const isPython = file.path.endsWith(".py");
  const found = isPython ? pythonSetting(file.text(), "workers", lookup) : iniSetting(file.text(), ["workers"], lookup);
  return found
    ? [layerOf("configuration", `workers = ${shown(found)} in ${file.path.replace(/^.*\//, "")}`, found)]
    : [];
}

/** Its own option, then GRANIAN_WORKERS, then 1, beneath a process that watches them (Granian, Options). */
export function granian(invocation: Invocation): ServerReading {
  const layers = [...fromOption(invocation, ["--workers"]), variableLayer("GRANIAN_WORKERS", invocation)];
  const threads = figureOf(option(invocation.words, ["--blocking-threads"])?.value ?? null);
  const isWsgi = option(invocation.words, ["--interface"])?.written.endsWith("wsgi") ?? false;
  const reading = eventLoop(layers, "granian", SPAWNED);
  return isWsgi ? { ...reading, kind: "threads", threads } : reading;
}

/** One process, always; requests run on one event loop (Daphne, README). */
export function daphne(): ServerReading {
  return eventLoop([], "daphne", () => [1]);
}

/** One process with four threads, unless told otherwise (Waitress, Arguments, threads). */
export function waitress({ words }: Invocation): ServerReading {
  const threads = option(words, ["--threads"]);
  const reading = eventLoop([], "waitress", () => [1]);
  return { ...reading, kind: "threads", threads: threads ? figureOf(threads.value) : 4 };
}

function fromOption({ words }: Invocation, names: readonly string[]): Layer[] {
  const found = option(words, names);
  return [...(found ? [layerOf("arguments", found.written, found.value)] : []), ...unreadLayer(openWords(words))];
}

function eventLoop(layers: readonly Layer[], server: string, masters: ServerReading["masters"]): ServerReading {
  return { layers, byDefault: defaultOf(server), kind: "event loop", threads: 1, masters };
}
