import type { Files } from "../files.ts";
import type { Invocation } from "../invocation.ts";
import { openWords, option, wordsOf } from "../options.ts";
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
import { shown, type Traced, textOf, type Unread } from "../traced.ts";

const WORKERS = ["-w", "--workers"];
const CONFIGURATION = ["-c", "--config"];
/** The file that it reads in its working directory where none is named (Gunicorn ≥ 20, Settings, config). */
const OWN_FILE = "./gunicorn.conf.py";
/** Worker classes that run all requests of a worker on one event loop (Gunicorn, Settings, worker_class). */
const EVENT_LOOP = /uvicorn|gevent|eventlet|tornado|aiohttp|asyncio/i;

/**
 * The command line wins over GUNICORN_CMD_ARGS, that over the configuration file, and WEB_CONCURRENCY is only the default
 * of `workers`, which is 1 (Gunicorn, Configuration Overview; Settings, workers).
 */
export function gunicorn(invocation: Invocation, files: Files): ServerReading {
  const { words, lookup } = invocation;
  const variable = lookup("GUNICORN_CMD_ARGS");
  const more = variable.state === "set" ? wordsOf(variable.value) : [];
  const configuration = configurationFile(words, more, files);
  const fromArguments = option(words, WORKERS);
  const fromMore = option(more, WORKERS);
  const layers: Layer[] = [
    ...(fromArguments ? [layerOf("arguments", fromArguments.written, fromArguments.value)] : []),
    ...unreadLayer(openWords(words)),
    ...(fromMore ? [layerOf("environment", fromMore.written, fromMore.value)] : []),
    ...unreadLayer(variable.state === "set" ? openWords(more) : variable.unread),
    ...configuration.layers(lookup),
    variableLayer("WEB_CONCURRENCY", invocation),
  ];
  const setting = (names: readonly string[], key: string): Traced | null =>
    option(words, names)?.value ?? option(more, names)?.value ?? configuration.setting(key, lookup);
  const workerClass = setting(["-k", "--worker-class"], "worker_class");
  const threads = figureOf(setting(["--threads"], "threads"));
  const unread = layers.flatMap((layer) => (layer.kind === "unread" ? layer.unread : []));
  const named = workerClass ? shown(workerClass) : null;
  return {
    layers,
    // An event loop stays one whatever the threads; WEB_CONCURRENCY sets how many workers there are, never their kind.
    kindUnread:
      named !== null && EVENT_LOOP.test(named) ? [] : unread.filter(({ what }) => !what.startsWith("WEB_CONCURRENCY")),
    byDefault: defaultOf("gunicorn"),
    ...kindOf(workerClass, threads),
    masters: (workers) => [workers + 1],
  };
}

function kindOf(
  workerClass: Traced | null,
  threads: number | null,
): { kind: ServerReading["kind"]; threads: number | null } {
  const name = workerClass ? shown(workerClass) : "sync";
  if (EVENT_LOOP.test(name)) return { kind: "event loop", threads: 1 };
  // With more than one thread the sync class becomes gthread (Gunicorn, Settings, threads).
  if (/gthread/.test(name) || (threads ?? 1) > 1) return { kind: "threads", threads: threads ?? 1 };
  return { kind: "processes", threads: 1 };
}

interface Configuration {
  readonly layers: (lookup: Invocation["lookup"]) => Layer[];
  readonly setting: (key: string, lookup: Invocation["lookup"]) => Traced | null;
}

function configurationFile(words: readonly Traced[], more: readonly Traced[], files: Files): Configuration {
  const named = option(words, CONFIGURATION)?.value ?? option(more, CONFIGURATION)?.value;
  const path = named ? textOf(named)?.replace(/^file:/, "") : OWN_FILE;
  const nothing = (unread: Unread): Configuration => ({ layers: () => unreadLayer([unread]), setting: () => null });
  if (path === undefined) return nothing({ what: "the configuration file that the command line names", look: null });
  if (path.startsWith("python:"))
    return nothing({ what: `the module ${path.slice("python:".length)} in the image`, look: null });
  const file = files.at(path);
  // A file that nobody names is mostly not there; one that is named is.
  if (!("text" in file)) return nothing(named ? file : { ...file, weak: true });
  const name = file.path.replace(/^.*\//, "");
  return {
    layers: (lookup) => {
      const value = pythonSetting(file.text(), "workers", lookup);
      return value ? [layerOf("configuration", `workers = ${shown(value)} in ${name}`, value)] : [];
    },
    setting: (key, lookup) => pythonSetting(file.text(), key, lookup),
  };
}
