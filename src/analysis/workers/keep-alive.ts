import type { ContainerFact } from "../../model/facts.ts";
import { environmentOf } from "./environment.ts";
import { invocationOf } from "./invocation.ts";
import { option, wordsOf } from "./options.ts";
import { figureOf } from "./settings.ts";

/** How long a server keeps a connection open on which nothing comes. */
export interface KeepAlive {
  /** "node" */
  readonly server: string;
  readonly seconds: number;
  /** A default may be overridden by the code or a file in the image: it is no reading. */
  readonly from: "arguments" | "environment" | "default";
  /** Where it stands: "--timeout-keep-alive 5". */
  readonly detail: string;
}

interface Setting {
  readonly options: readonly string[];
  /** Variables that hold the number, and one that holds more options. */
  readonly variables?: readonly string[];
  readonly more?: string;
  readonly byDefault: number;
}

/**
 * What sets it, by server, and its default in seconds: Gunicorn, Settings, keepalive (the sync class closes after every
 * answer whatever it says); Uvicorn, Settings, --timeout-keep-alive; Hypercorn, keep_alive_timeout; Puma, persistent_timeout,
 * which only its file sets; Node, server.keepAliveTimeout, which only the code sets.
 */
const SETTINGS: { readonly [server: string]: Setting } = {
  gunicorn: { options: ["--keep-alive"], more: "GUNICORN_CMD_ARGS", byDefault: 2 },
  uvicorn: { options: ["--timeout-keep-alive"], variables: ["UVICORN_TIMEOUT_KEEP_ALIVE"], byDefault: 5 },
  hypercorn: { options: ["--keep-alive"], byDefault: 5 },
  puma: { options: [], byDefault: 20 },
  node: { options: [], byDefault: 5 },
};

/** The keep-alive of a container's server as far as its manifest tells; null where the server or its default is not known. */
export function keepAliveOf(container: ContainerFact): KeepAlive | null {
  const lookup = environmentOf(container, new Map());
  const { server: named, runtime, words } = invocationOf(container, lookup);
  const server = named ?? (runtime === "node" ? "node" : null);
  const setting = server === null ? undefined : SETTINGS[server];
  if (server === null || !setting) return null;
  const given = option(words, setting.options);
  const seconds = figureOf(given?.value ?? null);
  if (given && seconds !== null) return { server, seconds, from: "arguments", detail: given.written };
  // Given, and not to be read from here: the default says nothing.
  if (given) return null;
  const more = setting.more === undefined ? null : lookup(setting.more);
  const inMore = more?.state === "set" ? option(wordsOf(more.value), setting.options) : null;
  const ofMore = figureOf(inMore?.value ?? null);
  if (inMore && ofMore !== null)
    return { server, seconds: ofMore, from: "environment", detail: `${inMore.written} in ${setting.more}` };
  for (const name of setting.variables ?? []) {
    const found = lookup(name);
    const value = found.state === "set" ? figureOf(found.value) : null;
    if (value !== null) return { server, seconds: value, from: "environment", detail: `${name}=${value}` };
  }
  return { server, seconds: setting.byDefault, from: "default", detail: `${server}'s default` };
}
