import type { Files } from "../files.ts";
import { iniSetting } from "../ini-file.ts";
import type { Invocation } from "../invocation.ts";
import { openWords, option } from "../options.ts";
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

const WORKERS = ["-p", "--processes", "--workers"];
const FILES = ["--ini", "--yaml", "--yml", "--xml", "--json"];

/**
 * `processes` (or `workers`) on the command line, in a file or as UWSGI_PROCESSES, else one; with `cheaper` it is the most
 * (uWSGI, Options; Configuring, Environment variables; The cheaper subsystem). Which of several wins depends on their
 * order: where they differ, none does.
 */
export function uwsgi(invocation: Invocation, files: Files): ServerReading {
  const { words, lookup } = invocation;
  const opened = namedFiles(invocation).map((path) => (path === null ? OPEN : files.at(path)));
  const found = opened.flatMap((file) => ("text" in file ? [file] : []));
  const unread = opened.flatMap((file) => ("text" in file ? [] : [file]));
  const inFiles = found.flatMap((file) => {
    const value = iniSetting(file.text(), ["processes", "workers"], lookup, /^uwsgi$/);
    return value
      ? [layerOf("configuration", `processes = ${shown(value)} in ${file.path.replace(/^.*\//, "")}`, value)]
      : [];
  });
  const fromArguments = option(words, WORKERS);
  const told = [
    ...(fromArguments ? [layerOf("arguments", fromArguments.written, fromArguments.value)] : []),
    ...inFiles,
  ];
  const variables = ["UWSGI_PROCESSES", "UWSGI_WORKERS"].map((name) => variableLayer(name, invocation));
  const layers = [
    ...unreadLayer([...unread, ...openWords(words)]),
    ...agreed([...told, ...variables.filter(({ kind }) => kind !== "unread")]),
    ...variables.filter(({ kind }) => kind === "unread"),
  ];
  const setting = (option_: string, key: string): Traced | null =>
    option(words, [option_])?.value ??
    found.map((file) => iniSetting(file.text(), [key], lookup, /^uwsgi$/)).find((one) => one !== null) ??
    null;
  const threads = figureOf(setting("--threads", "threads"));
  const hasMaster =
    words.some((word) => /^(?:-M|--master|--master=true)$/.test(shown(word))) || isOn(setting("--master", "master"));
  return {
    layers,
    byDefault: defaultOf("uwsgi"),
    kind: (threads ?? 1) > 1 ? "threads" : "processes",
    kindUnread: threads === null ? unread : [],
    threads: threads ?? (unread.length > 0 ? null : 1),
    // Without a master the first worker is the first process; an HTTP router is one more.
    masters: (workers) => (hasMaster ? [workers + 1, workers + 2] : [workers, workers + 1, workers + 2]),
    dynamic: setting("--cheaper", "cheaper") !== null,
  };
}

const OPEN: Unread = { what: "the configuration file that the command line names", look: null };

function namedFiles({ words, lookup }: Invocation): (string | null)[] {
  const named = FILES.flatMap((name) => option(words, [name]) ?? []).map(({ value }) => value);
  const bare = words.filter((word) => /^[^-].*\.(?:ini|ya?ml|xml|json)$/.test(shown(word)));
  const variable = lookup("UWSGI_INI");
  const all = [...named, ...bare, ...(variable.state === "set" ? [variable.value] : [])];
  return [...new Set(all.map((path) => textOf(path)))];
}

function agreed(layers: readonly Layer[]): Layer[] {
  const numbers = new Set(layers.map((layer) => (layer.kind === "number" ? layer.source.workers : null)));
  const [first] = layers;
  if (!first) return [];
  if (numbers.size === 1) return [first];
  const what = layers.map((layer) => (layer.kind === "number" ? layer.source.detail : "?")).join(" against ");
  return [{ kind: "unknown", unread: [{ what: `which counts of ${what}`, look: null }] }];
}

function isOn(value: Traced | null): boolean {
  return value !== null && /^(?:1|true|yes|on)$/i.test(shown(value));
}
