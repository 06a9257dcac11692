import type { Files } from "../files.ts";
import type { Invocation } from "../invocation.ts";
import { openWords, option } from "../options.ts";
import { rubySetting } from "../ruby-file.ts";
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

/** Threads of a worker on MRI where nothing is set (Puma, Configuration: threads). */
const PUMA_THREADS = 5;

/**
 * The command line wins over the file, and WEB_CONCURRENCY is the default of `workers`; 0 is one process without a master
 * (Puma, README, Clustered mode; Puma::Configuration). A file that is not named is config/puma.rb.
 */
export function puma(invocation: Invocation, files: Files): ServerReading {
  const { words, lookup } = invocation;
  const fromArguments = option(words, ["-w", "--workers"]);
  const file = rubyFile(option(words, ["-C", "--config"])?.value ?? null, "config/puma.rb", files);
  const layers = [
    ...(fromArguments ? [layerOf("arguments", fromArguments.written, fromArguments.value)] : []),
    ...unreadLayer(openWords(words)),
    ...fileLayers(file, "workers", lookup),
    variableLayer("WEB_CONCURRENCY", invocation),
  ].map(single);
  const threads = option(words, ["-t", "--threads"])?.value;
  const inFile = file && "text" in file ? rubySetting(file.text(), "threads", lookup)?.at(-1) : undefined;
  const most = threads ? shown(threads).split(":").at(-1) : undefined;
  return {
    layers,
    byDefault: defaultOf("puma"),
    kind: "threads",
    threads:
      most !== undefined && /^\d+$/.test(most)
        ? Number(most)
        : inFile
          ? figureOf(inFile)
          : file && "text" in file
            ? PUMA_THREADS
            : null,
    masters: (workers) => (workers === 1 ? [1, 2] : [workers + 1]),
  };
}

function single(layer: Layer): Layer {
  if (layer.kind !== "number" || layer.source.workers > 0) return layer;
  return { ...layer, source: { ...layer.source, workers: 1 } };
}

/** Workers are set in its file alone, and are 1 without (Unicorn, Unicorn::Configurator, worker_processes). */
export function unicorn({ words, lookup }: Invocation, files: Files): ServerReading {
  const named = option(words, ["-c", "--config-file"])?.value ?? null;
  const layers = [
    ...unreadLayer(openWords(words)),
    ...(named ? fileLayers(rubyFile(named, "", files), "worker_processes", lookup) : []),
  ];
  return {
    layers,
    byDefault: defaultOf("unicorn"),
    kind: "processes",
    threads: 1,
    masters: (workers) => [workers + 1],
  };
}

function rubyFile(named: Traced | null, own: string, files: Files): ReturnType<Files["at"]> | null {
  const path = named ? textOf(named) : own;
  if (path === "-") return null;
  return path === null ? { what: "the configuration file that the command line names", look: null } : files.at(path);
}

function fileLayers(file: ReturnType<Files["at"]> | null, name: string, lookup: Invocation["lookup"]): Layer[] {
  if (!file) return [];
  if (!("text" in file)) return unreadLayer([file satisfies Unread]);
  const value = rubySetting(file.text(), name, lookup)?.[0];
  return value ? [layerOf("configuration", `${name} ${shown(value)} in ${file.path.replace(/^.*\//, "")}`, value)] : [];
}
