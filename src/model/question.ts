/** The id of a source, as its descriptor has it (src/sources/descriptors.ts); also the `source` of a gap. */
export type SourceName = string;

/** The input of an API operation, as JSON: exactly what is sent, so that it identifies the question. */
export type Input = { readonly [key: string]: Json };
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One question to one source: an API operation with its input, or one PromQL query. A question never names an account,
 * a region or an endpoint; those belong to whoever answers it.
 */
export interface Question {
  readonly source: SourceName;
  /** One of its source's operations. All of them read. */
  readonly operation: string;
  readonly input: Input;
}

/**
 * Why a question has no answer. The kinds are those of a gap in the JSON contract; `missing` is an answer of its own
 * ("there is no such thing"), the others say that nothing is known.
 */
export const FAILURE_KINDS = [
  "unreachable",
  "unauthenticated",
  "forbidden",
  "throttled",
  "missing",
  "malformed",
  "timeout",
  "not-recorded",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

export interface Failure {
  readonly kind: FailureKind;
  /** One sentence for a person; never a raw body or header. */
  readonly message: string;
}

/**
 * The vendor's own raw answer: one element per page, in the order in which the pages came (one element for operations
 * that do not page). `cut` says that there was more, and why it could not be had.
 */
export interface Answered {
  readonly status: "answered";
  readonly pages: readonly unknown[];
  readonly cut?: Failure;
}

export interface Failed {
  readonly status: "failed";
  readonly failure: Failure;
}

export type Answer = Answered | Failed;

/** What a parser makes of raw pages. `flaws` are the parts that it had to leave out, each as one sentence. */
export interface Parsed<T> {
  readonly value: T;
  readonly flaws?: readonly string[];
}

/** A question together with the pure parser that understands its answer. The parser throws where nothing can be read. */
export interface Typed<T> {
  readonly question: Question;
  readonly parse: (pages: readonly unknown[]) => Parsed<T>;
  /** What a person can do about a failure of a kind, where that differs from what is done about it at this source. */
  readonly remedies?: { readonly [kind in FailureKind]?: string };
}

/**
 * What a step gets back: a value, or the reason why there is none. The engine has recorded the gap already. `cut`: there
 * was more than the value holds, so that it is a part and no whole. `flawed`: so is one of whose items some could not be
 * read.
 */
export type Asked<T> =
  | { readonly ok: true; readonly value: T; readonly cut?: Failure; readonly flawed?: boolean }
  | { readonly ok: false; readonly failure: Failure };

/** A question never changes, and its key is asked for wherever it goes. */
const keys = new WeakMap<Question, string>();

/** The canonical text of a question: two questions are the same if and only if their keys are equal. */
export function questionKey(question: Question): string {
  const key = keys.get(question) ?? `${question.source} ${question.operation} ${canonical(question.input)}`;
  keys.set(question, key);
  return key;
}

function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
