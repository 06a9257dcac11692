import type { WorkerSource, WorkersFact } from "../../model/facts.ts";
import type { Files } from "./files.ts";
import type { Invocation } from "./invocation.ts";
import { placeOf, type Traced, textOf, type Unread, unreadOf } from "./traced.ts";

/** One place of a server's settings, those that win first: a number, something that is not known, or nothing read. */
export type Layer =
  | { readonly kind: "number"; readonly source: WorkerSource; readonly unread: readonly Unread[] }
  /** It is set there, to what cannot be known from here. */
  | { readonly kind: "unknown"; readonly unread: readonly Unread[] }
  /** It may be set there. */
  | { readonly kind: "unread"; readonly unread: readonly Unread[] };

/** What the settings of one server say. */
export interface ServerReading {
  readonly layers: readonly Layer[];
  /** What it does where nothing is set; null where that is not one number. */
  readonly byDefault: WorkerSource | null;
  readonly kind: WorkersFact["kind"];
  /** What could make it another kind and was not read: the kind is then only the server's default. */
  readonly kindUnread?: readonly Unread[];
  /** Threads of a worker that take requests; null where unknown. */
  readonly threads: number | null;
  /** Processes that the server keeps beside its workers: the possible numbers for so many workers. */
  readonly masters: (workers: number) => readonly number[];
  /** The number is the most that it may come to: how many run at one moment does not tell it. */
  readonly dynamic?: boolean;
}

export type Reader = (invocation: Invocation, files: Files) => ServerReading;

/** A setting's value as a layer; a value that is no number ("auto") is not known. */
export function layerOf(from: WorkerSource["from"], detail: string, value: Traced): Layer {
  const text = textOf(value);
  if (text === null) {
    const unread = unreadOf(value);
    return { kind: "unknown", unread: unread.length > 0 ? unread : [{ what: detail, look: null }] };
  }
  const start = value.findIndex(({ char }) => char !== " ");
  const trimmed = text.trim();
  if (!/^\d{1,5}$/.test(trimmed)) return { kind: "unknown", unread: [{ what: detail, look: null }] };
  const place = placeOf(value.slice(start, start + trimmed.length));
  const told = place?.in === "fallback" ? `${detail}, where ${place.name} is not set` : detail;
  return { kind: "number", source: { from, workers: Number(trimmed), detail: told, place }, unread: unreadOf(value) };
}

/** A variable that a server reads by itself. */
export function variableLayer(name: string, { lookup }: Invocation): Layer {
  const found = lookup(name);
  if (found.state === "unset") return { kind: "unread", unread: found.unread };
  return layerOf("environment", `${name}=${textOf(found.value) ?? "?"}`, found.value);
}

export function unreadLayer(unread: readonly Unread[]): Layer[] {
  return unread.length > 0 ? [{ kind: "unread", unread }] : [];
}

/** A figure that is only a companion, such as threads: its number, or null. */
export function figureOf(value: Traced | null): number | null {
  const text = value ? (textOf(value)?.trim() ?? "") : "";
  return /^\d{1,5}$/.test(text) ? Number(text) : null;
}

export function defaultOf(server: string, workers = 1): WorkerSource {
  return {
    from: "default",
    workers,
    detail: `${server} runs ${workers === 1 ? "one worker" : workers} unless told otherwise`,
  };
}
