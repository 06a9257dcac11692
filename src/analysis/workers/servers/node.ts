import type { Files } from "../files.ts";
import { iniSetting } from "../ini-file.ts";
import type { Invocation } from "../invocation.ts";
import { openWords, option } from "../options.ts";
import { defaultOf, type Layer, layerOf, type ServerReading, unreadLayer, variableLayer } from "../settings.ts";
import { shown, type Traced, textOf } from "../traced.ts";

const INSTANCES = ["-i", "--instances"];
const ECOSYSTEM = /\.(?:config\.c?js|json|ya?ml)$/;

/** `-i 4`, or `instances` of an ecosystem file; "max", 0 and below follow the cores; one without (PM2, Cluster Mode). */
export function pm2(invocation: Invocation, files: Files): ServerReading {
  const { words } = invocation;
  const told = option(words, INSTANCES);
  const paths = words.flatMap((word) => (ECOSYSTEM.test(shown(word)) ? [textOf(word)] : []));
  const layers = [
    ...(told ? [layerOf("arguments", told.written, told.value)] : []),
    ...unreadLayer(openWords(words)),
    ...paths.flatMap((path) => ecosystem(path, invocation, files)),
  ].map(byCores);
  return { layers, byDefault: defaultOf("pm2"), kind: "event loop", threads: 1, masters: (workers) => [workers + 1] };
}

function ecosystem(path: string | null, { lookup }: Invocation, files: Files): Layer[] {
  const file = path === null ? { what: "the ecosystem file", look: null } : files.at(path);
  if (!("text" in file)) return unreadLayer([file]);
  const applications = shown(file.text()).match(/["']?script["']?\s*:/g)?.length ?? 0;
  if (applications > 1) return unreadLayer([{ what: `which application of ${file.path} answers`, look: null }]);
  const value = iniSetting(withoutCommas(file.text()), ["instances"], lookup);
  return value
    ? [layerOf("configuration", `instances: ${shown(value)} in ${file.path.replace(/^.*\//, "")}`, value)]
    : [];
}

function withoutCommas(text: Traced): Traced {
  return text.filter(({ char }) => char !== ",");
}

function byCores(layer: Layer): Layer {
  if (layer.kind !== "number" || layer.source.workers > 0) return layer;
  return { kind: "unknown", unread: [{ what: `${layer.source.detail}: one for each core`, look: null }] };
}

/** One process, unless the program forks (node:cluster), which its command line does not show. */
export function node(invocation: Invocation): ServerReading {
  const forks = {
    what: `whether ${invocation.program ?? "the program"} starts more processes (node:cluster)`,
    look: null,
  };
  const declared = variableLayer("WEB_CONCURRENCY", invocation);
  // A program may read WEB_CONCURRENCY, and may not.
  const layers = unreadLayer([forks]);
  return {
    layers: declared.kind === "number" ? [...layers, declared] : layers,
    byDefault: defaultOf("node"),
    kind: "event loop",
    threads: 1,
    masters: (workers) => (workers === 1 ? [1] : [workers + 1]),
  };
}
