import type { Failure } from "../../model/question.ts";
import { type Asked, failureOf, inSeconds, networkFailure, quote, saying, statusFailure, Told } from "../failure.ts";
import type { Limits } from "../limits.ts";
import { field } from "../parse.ts";
import { TooLarge } from "../size.ts";
import type { Tally } from "../tally.ts";

/** Everything about AWS that the clients share. */
export interface AwsOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly limits: Limits;
  readonly stop?: AbortSignal | undefined;
  readonly tally: Tally;
  /** Is told what is waited for. */
  readonly waiting?: (sentence: string) => void;
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
  /^(ExpiredToken|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|AuthFailure|CredentialsProvider|TokenProvider|InvalidAccessKeyId)/;
/** Codes, and words of a SignatureDoesNotMatch, of a time that AWS does not accept (AWS General Reference, SigV4 errors). */
const CLOCK = /^(RequestExpired|RequestTimeTooSkewed|RequestInTheFuture)/;
const CLOCK_WORDS = /^Signature (expired|not yet current)/;
/** Seconds; AWS accepts a signature for five minutes (AWS General Reference, Signature Version 4). */
const LARGEST_SKEW = 300;
const MISSING = /NotFound/;
/** A login by IAM Identity Center that is over or never was: of the SDK's own, or of the portal (UnauthorizedException). */
const SSO = /SSO session|sso login|^Token is expired|Session token not found or invalid/;

type Who = Pick<AwsOptions, "profile" | "environment">;

/** What an error of an AWS client means. Both spellings of a code occur, with and without "Exception" (SDK 3.1162, tried). */
export function awsFailure(error: unknown, asked: Asked, { profile, environment }: Who): Failure {
  const { name } = asked;
  if (error instanceof Told) return error.failure;
  if (!(error instanceof Error) || error instanceof TooLarge) return failureOf(error, asked);
  const told = saying(error.message);
  if (THROTTLED.test(error.name))
    return { kind: "throttled", message: `${name} limits the rate (${quote(error.name)})` };
  if (FORBIDDEN.test(error.name)) return { kind: "forbidden", message: `${name} does not permit it${told}` };
  if (UNAUTHENTICATED.test(error.name) && SSO.test(error.message)) {
    const name = profile ?? environment.AWS_PROFILE;
    const login = name ? `aws sso login --profile ${name}` : "aws sso login";
    return { kind: "unauthenticated", message: `the AWS SSO login has expired, or there is none yet: ${login}` };
  }
  if (UNAUTHENTICATED.test(error.name)) return { kind: "unauthenticated", message: loginTrouble(error) };
  // Not "missing": that would be AWS saying that there is no such thing, and nobody has asked it.
  if (isRegionMissing(error))
    return {
      kind: "unreachable",
      message: "no AWS region is set: give --region, or set AWS_REGION or the profile's region",
    };
  const wrong = /^Region not accepted: region="(.*)" is not/.exec(error.message)?.[1];
  if (wrong !== undefined)
    return { kind: "unreachable", message: `the AWS region "${quote(wrong)}" is not a region's name, as eu-west-1 is` };
  if (/did not establish a connection/.test(error.message))
    return { kind: "unreachable", message: `${name} cannot be reached: no connection was established` };
  const network = networkFailure(error, asked);
  if (network) return network;
  if (MISSING.test(error.name)) return { kind: "missing", message: `${name} does not have it${told}` };
  const status = statusOf(error);
  // Where the body is no answer, the words are markup or the parser's complaint.
  const unread =
    error instanceof TypeError ||
    /SyntaxError|^Unknown$/.test(error.name) ||
    /parse error|Deserialization error/.test(error.message);
  const byStatus = status === null ? null : statusFailure(status, asked, unread ? undefined : error.message);
  if (byStatus) return byStatus;
  if (unread) return { kind: "malformed", message: `${name} gave an answer that is truncated or damaged` };
  return { kind: "malformed", message: `${name} rejected the request or gave an answer that cannot be read${told}` };
}

/** Whether neither option, environment nor profile names a region, as the SDK says it (3.1162); an empty one is none. */
export function isRegionMissing(error: unknown): boolean {
  return error instanceof Error && /Region is missing|^Region not accepted: region="" /.test(error.message);
}

/** Which of the things that a signature needs is wrong: the clock, or the credentials and how. */
function loginTrouble(error: Error): string {
  const { name, message } = error;
  const off = clockOff(error);
  if (CLOCK.test(name) || CLOCK_WORDS.test(message) || off !== null) {
    const by = off === null ? "" : ` by about ${inSeconds(1000 * Math.abs(off))} (it is ${off > 0 ? "fast" : "slow"})`;
    return `this machine's clock is off${by}, and AWS rejects requests signed at a different time (${name}): set the clock`;
  }
  if (/^ExpiredToken/.test(name)) return `the AWS credentials have expired (${name}): log in again${saying(message)}`;
  if (/^Could not load credentials from any providers/.test(message)) return "there are no AWS credentials here";
  if (/^(CredentialsProvider|TokenProvider)/.test(name))
    return `there are no AWS credentials here (${name})${saying(message)}`;
  if (/^(SignatureDoesNotMatch|InvalidSignature)/.test(name))
    return `the AWS secret access key does not belong to its access key (${name})${saying(message)}`;
  if (/^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure)/.test(name))
    return `AWS does not know these credentials: the access key is wrong, deactivated or of another partition (${name})${saying(message)}`;
  return `there are no valid AWS credentials (${name})${saying(message)}`;
}

/** Seconds by which this machine is ahead of the server that answered; null where that is too little to matter. */
function clockOff(error: Error): number | null {
  const said = Date.parse(String(field(field(field(error, "$response"), "headers"), "date")));
  const off = Math.round((Date.now() - said) / 1000);
  return Math.abs(off) >= LARGEST_SKEW ? off : null;
}

function statusOf(error: Error): number | null {
  const metadata = "$metadata" in error ? error.$metadata : null;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return null;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : null;
}
