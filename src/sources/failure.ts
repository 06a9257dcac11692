import type { Failed, Failure, FailureKind, SourceName } from "../model/question.ts";
import { oneLine } from "../model/visible.ts";
import { TooLarge } from "./size.ts";

/*
 * What goes wrong outside, as one of the known kinds and one sentence. The order of the checks matters: what the network
 * says comes before what the service says, and what the service says by name before its HTTP status, since the AWS SDK
 * throws a SyntaxError for a 503 with HTML in it and calls a reset connection a TimeoutError.
 */

/** Failures in which nothing answered, not even with a refusal: there is no way to the server, or no such name. */
const wayless = new WeakSet<Failure>();

/** Whether nothing answered at all, so that it may be the network's own fault. */
export function hasNoWay(failure: Failure): boolean {
  return wayless.has(failure);
}

/** The failure, as one in which nothing answered. */
export function withoutWay(failure: Failure): Failure {
  wayless.add(failure);
  return failure;
}

/** An error whose failure is known already; adapters throw it inside, and never let it out. */
export class Told extends Error {
  readonly failure: Failure;

  /** `because`: the failure that is told in other words. */
  constructor(kind: FailureKind, message: string, because?: Failure) {
    super(message);
    this.failure = { kind, message };
    if (because && hasNoWay(because)) withoutWay(this.failure);
  }
}

/** Who is being asked, for the sentence. */
export interface Asked {
  readonly source: SourceName;
  /** "CloudWatch in eu-central-1", "the cluster's API at https://…", "Prometheus at https://…" */
  readonly name: string;
}

export function failed(failure: Failure): Failed {
  return { status: "failed", failure };
}

/** The longest part of what comes from outside that is repeated; a longer message is a body in disguise. */
const LONGEST_QUOTE = 200;

/** A vendor's own words, fit to stand in a sentence; empty where they are no words but markup. */
export function quote(words: unknown): string {
  return typeof words !== "string" || words.trim() === "" || /<\w+[^>]*>/.test(words) ? "" : brief(words);
}

/** Words from outside, on one line and no longer than a part of a sentence may be. */
export function brief(words: string): string {
  const line = oneLine(words.slice(0, 4 * LONGEST_QUOTE));
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

/** `: the vendor's words`, or nothing. */
export function saying(words: unknown): string {
  const said = quote(words);
  return said === "" ? "" : `: ${said}`;
}

/** The failure that an HTTP status stands for; null for a status that is an answer. `words`: the vendor's own message. */
export function statusFailure(status: number, { name }: Pick<Asked, "name">, words?: unknown): Failure | null {
  if (status >= 200 && status < 300) return null;
  const said = saying(words);
  if (status >= 300 && status < 400)
    return { kind: "unauthenticated", message: `${name} leads elsewhere, as a login page does (${status})` };
  switch (status) {
    case 401:
      return { kind: "unauthenticated", message: `${name} does not accept these credentials (401)${said}` };
    case 403:
      return { kind: "forbidden", message: `${name} does not permit it (403)${said}` };
    case 404:
      return { kind: "missing", message: `${name} does not have it (404)${said}` };
    case 407:
      return { kind: "unauthenticated", message: `the proxy in front of ${name} requires a login (407)` };
    case 408:
    case 504:
      return { kind: "timeout", message: `${name} gave up waiting for the answer (${status})${said}` };
    case 429:
      return { kind: "throttled", message: `${name} limits the rate (429)${said}` };
    case 502:
    case 503:
      return { kind: "unreachable", message: `${name} is unavailable at the moment (${status})${said}` };
    default:
      return { kind: "malformed", message: `${name} answered with status ${status}${said}` };
  }
}

/** Of a code that a server's parser or a driver gives, so that it may be any word. */
const NETWORK = new Map(
  Object.entries({
    ECONNREFUSED: "refuses the connection",
    ENOTFOUND: "has a name that cannot be resolved",
    EAI_AGAIN: "has a name that cannot be resolved at the moment",
    EHOSTUNREACH: "cannot be reached: there is no route to it",
    ENETUNREACH: "cannot be reached: there is no network to it",
    ECONNRESET: "broke off the connection",
    EPIPE: "broke off the connection",
    ERR_STREAM_PREMATURE_CLOSE: "broke off the answer",
    EPROTO: "does not speak TLS on this port",
    ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS on this port",
  }),
);

/** Codes of those in which nothing answered. */
const NO_WAY = new Set(["ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Certificates that are not trusted: mostly a proxy that opens the traffic, or a CA that is not known here. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;
/** The server wants another certificate of the client, which is its login (RFC 8446, 6.2). */
const CLIENT_CERTIFICATE = /ALERT_(BAD_CERTIFICATE|CERTIFICATE_(REQUIRED|EXPIRED|UNKNOWN|REVOKED)|UNKNOWN_CA)/;

/** The failure that a network error stands for; null for an error that is none of the network's. */
export function networkFailure(error: unknown, { name }: Pick<Asked, "name">): Failure | null {
  const code = codeOf(error);
  if (code === null) return null;
  if (CLIENT_CERTIFICATE.test(code))
    return { kind: "unauthenticated", message: `${name} does not accept the client certificate (${code})` };
  if (CERTIFICATE.test(code))
    return { kind: "unreachable", message: `${name} shows a certificate that is not trusted (${code})` };
  if (code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT")
    return { kind: "timeout", message: `${name} did not answer in time` };
  // Of Node's parser of HTTP, llhttp.
  if (code === "HPE_HEADER_OVERFLOW") return { kind: "malformed", message: `${name} sends more than 16 kB of headers` };
  if (code.startsWith("HPE_"))
    return { kind: "malformed", message: `${name} does not speak HTTP on this port (${code})` };
  const words = NETWORK.get(code);
  if (words === undefined) return null;
  const failure: Failure = { kind: "unreachable", message: `${name} ${words} (${code})` };
  return NO_WAY.has(code) ? withoutWay(failure) : failure;
}

/** The code of an error or of what caused it. */
function codeOf(error: unknown): string | null {
  let inner = error;
  while (inner instanceof Error) {
    if ("code" in inner && typeof inner.code === "string") return inner.code;
    // Node tries every address of a name, and throws all their errors as one.
    inner = inner instanceof AggregateError ? inner.errors[0] : inner.cause;
  }
  return null;
}

/** Says "12 s", or "300 ms" where that says more. */
export function inSeconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 1000)} s`;
}

/** An answer beyond what is taken. */
function tooLarge({ message }: TooLarge, name: string): Failure {
  return { kind: "malformed", message: `${name} gave an answer that ${message}` };
}

/** The failure that an error of a source stands for, whatever it is. */
export function failureOf(error: unknown, asked: Pick<Asked, "name">): Failure {
  if (error instanceof Told) return error.failure;
  const { name } = asked;
  if (error instanceof TooLarge) return tooLarge(error, name);
  const network = networkFailure(error, asked);
  if (network) return network;
  const words = error instanceof Error ? error.message : String(error);
  return { kind: "malformed", message: `${name} could not be understood${saying(words)}` };
}
