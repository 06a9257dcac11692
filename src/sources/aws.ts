import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import type { Failure, SourceName } from "../model/question.ts";
import { bounded } from "./bounded.ts";
import { type Asked, networkFailure, saying, statusFailure, Told, unknownFailure } from "./failure.ts";
import type { Limits } from "./limits.ts";
import { agentFor } from "./proxy.ts";
import type { Tally } from "./tally.ts";

/** Everything about AWS that the clients share. */
export interface AwsOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly limits: Limits;
  readonly stop?: AbortSignal | undefined;
  readonly tally: Tally;
}

/**
 * The settings of every AWS client. The SDK alone waits for ever (no time-outs by default, and `requestTimeout` only
 * warns), reads no AWS_DEFAULT_REGION, no AWS_CA_BUNDLE and no HTTPS_PROXY, unlike the AWS CLI.
 */
export function clientSettings({ region, profile, environment, limits }: AwsOptions) {
  // Its warning about Node 20 would stand in the middle of the page; `doctor` says the same.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const chosen = region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined);
  const bundle = environment.AWS_CA_BUNDLE;
  const somewhere = new URL("https://amazonaws.com");
  return {
    ...(chosen !== undefined && { region: chosen }),
    ...(profile !== undefined && { profile }),
    retryMode: "standard",
    maxAttempts: limits.attempts,
    requestHandler: {
      connectionTimeout: limits.connect,
      requestTimeout: limits.request,
      throwOnRequestTimeout: true,
      httpsAgent: agentFor(somewhere, environment, bundle ? { ca: readBundle(bundle) } : {}),
    },
  };
}

function readBundle(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Told(
      "unreachable",
      `AWS_CA_BUNDLE cannot be read${saying(error instanceof Error ? error.message : error)}`,
    );
  }
}

/** Counts a response and bounds its body; for a client's middleware next to the wire, so that repetitions count too. */
export function guard(response: unknown, source: SourceName, name: string, { limits, tally }: AwsOptions): void {
  tally.requests[source] += 1;
  if (typeof response !== "object" || response === null || !("body" in response)) return;
  if (response.body instanceof Readable) response.body = bounded(response.body, limits.bytes, name);
}

/** The output of an SDK call as the JSON that a recording holds: times as ISO strings, without the SDK's own parts. */
export function rawPage(output: object): { readonly [key: string]: unknown } {
  const { $metadata: _, ...page } = output as { $metadata?: unknown };
  return asJson(page, new Map()) as { readonly [key: string]: unknown };
}

/**
 * What JSON.parse(JSON.stringify(value)) gives, without a text of several MB in between. `times`: every metric of an answer
 * has the same timestamps, so that each is written once.
 */
function asJson(value: unknown, times: Map<number, string>): unknown {
  if (value instanceof Date) return timeText(value.getTime(), times);
  // JSON has no NaN; the parsers count a null as a datapoint that is none.
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((one) => asJson(one, times) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, asJson(one, times)]])),
  );
}

function timeText(milliseconds: number, times: Map<number, string>): string | null {
  if (Number.isNaN(milliseconds)) return null;
  const known = times.get(milliseconds) ?? new Date(milliseconds).toISOString().replace(".000Z", "Z");
  times.set(milliseconds, known);
  return known;
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|^SlowDown$|LimitExceeded/;
const FORBIDDEN = /^(AccessDenied|UnauthorizedOperation|NotAuthorized|OptInRequired)/;
const UNAUTHENTICATED =
  /^(ExpiredToken|RequestExpired|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|AuthFailure|CredentialsProvider|TokenProvider|InvalidAccessKeyId)/;
const MISSING = /NotFound/;

/** What an error of an AWS client means. Both spellings of a code occur, with and without "Exception" (SDK 3.1162, tried). */
export function awsFailure(error: unknown, asked: Asked): Failure {
  const { name } = asked;
  if (error instanceof Told) return error.failure;
  if (!(error instanceof Error)) return unknownFailure(error, asked);
  const told = saying(error.message);
  if (THROTTLED.test(error.name)) return { kind: "throttled", message: `${name} limits the rate (${error.name})` };
  if (FORBIDDEN.test(error.name)) return { kind: "forbidden", message: `${name} does not permit it${told}` };
  if (UNAUTHENTICATED.test(error.name))
    return { kind: "unauthenticated", message: `there are no valid AWS credentials (${error.name})${told}` };
  // Not "missing": that would be AWS saying that there is no such thing, and nobody has asked it.
  if (error.message.includes("Region is missing"))
    return {
      kind: "unreachable",
      message: "no AWS region is set: give --region, or set AWS_REGION or the profile's region",
    };
  if (/did not establish a connection/.test(error.message))
    return { kind: "unreachable", message: `${name} cannot be reached: no connection came about` };
  const network = networkFailure(error, asked);
  if (network) return network;
  if (MISSING.test(error.name)) return { kind: "missing", message: `${name} knows no such thing${told}` };
  const status = statusOf(error);
  // Where the body is no answer, the words are markup or the parser's complaint.
  const unread = /SyntaxError|^Unknown$/.test(error.name) || /parse error|Deserialization error/.test(error.message);
  const byStatus = status === null ? null : statusFailure(status, asked, unread ? undefined : error.message);
  if (byStatus) return byStatus;
  if (unread) return { kind: "malformed", message: `${name} gave an answer that is cut or damaged` };
  return { kind: "malformed", message: `${name} rejects the question or gave an answer that cannot be read${told}` };
}

function statusOf(error: Error): number | null {
  const metadata = "$metadata" in error ? error.$metadata : null;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return null;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : null;
}
