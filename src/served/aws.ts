import type { Answer, Input, Question } from "../model/question.ts";
import { iso } from "../model/time.ts";
import { ec2Answer, ec2Error, ec2InputOf } from "./ec2.ts";
import { inputOf } from "./form.ts";
import { xmlAnswer, xmlError } from "./xml.ts";

/*
 * The wire protocols of CloudWatch (JSON 1.0 and Query), CloudTrail and ACM (JSON 1.1), ELBv2, ELB and STS (Query) and
 * EC2 (its own Query), as recorded from SDK v3 and two AWS
 * CLIs. The pages of an answer are handed out one by one, by tokens of our own.
 */

type SourceId = "acm" | "cloudtrail" | "cloudwatch" | "ec2" | "elbv2" | "elb";

export interface AwsRequest {
  readonly protocol: "aws-json" | "aws-query" | "ec2-query";
  readonly operation: string;
  /** Null for STS, which is no source. */
  readonly question: Question | null;
  /** Index of the page that is wanted. */
  readonly page: number;
}

const CLOUDWATCH = "2010-08-01";
const ELBV2 = "2015-12-01";
const ELB = "2012-06-01";
const STS = "2011-06-15";
const EC2 = "2016-11-15";
const SOURCES = new Map<string, SourceId>([
  [CLOUDWATCH, "cloudwatch"],
  [ELBV2, "elbv2"],
  [ELB, "elb"],
]);
const TIMES = new Set(["StartDate", "EndDate", "StartTime", "EndTime"]);

/** Reads a request; throws a RangeError for what no AWS service of ours knows. */
export function readRequest(headers: { readonly [name: string]: unknown }, body: string): AwsRequest {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const operation = target.split(".").at(-1) ?? "";
    const source = target.includes("CloudTrail")
      ? "cloudtrail"
      : target.startsWith("CertificateManager.")
        ? "acm"
        : "cloudwatch";
    return toRequest("aws-json", operation, source, JSON.parse(body === "" ? "{}" : body));
  }
  const form = new URLSearchParams(body);
  const operation = form.get("Action") ?? "";
  const version = form.get("Version");
  if (version === STS) return { protocol: "aws-query", operation, question: null, page: 0 };
  if (version === EC2) return toRequest("ec2-query", operation, "ec2", ec2InputOf(form));
  const source = SOURCES.get(version ?? "");
  if (source === undefined) throw new RangeError(`no service has version ${version}`);
  return toRequest("aws-query", operation, source, inputOf(form));
}

function toRequest(
  protocol: AwsRequest["protocol"],
  operation: string,
  source: SourceId,
  raw: { readonly [key: string]: unknown },
): AwsRequest {
  const { NextToken, Marker, ...rest } = raw;
  const token = NextToken ?? Marker;
  // Times come as seconds in JSON and as ISO strings in forms; a question has them without milliseconds.
  const input = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, TIMES.has(key) ? iso(seconds(value)) : value]),
  ) as Input;
  const page = typeof token === "string" ? Number(token.replace("page-", "")) : 0;
  return { protocol, operation, question: { source, operation, input }, page };
}

function seconds(value: unknown): number {
  return typeof value === "number" ? value : Date.parse(String(value)) / 1000;
}

/** What STS answers: who asks, and the credentials of a role. */
export function stsAnswer(operation: string): object {
  const Arn = "arn:aws:sts::111122223333:assumed-role/oncall/ada";
  if (operation === "GetCallerIdentity") return { Arn, UserId: "AROA:ada", Account: "111122223333" };
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  return {
    Credentials: { AccessKeyId: "ASIAEXAMPLE", SecretAccessKey: "secret", SessionToken: "token", Expiration },
    AssumedRoleUser: { Arn, AssumedRoleId: "AROA:ada" },
  };
}

/** The page with the token of the next one in the place where the service has it. */
export function pageOf(answer: Answer & { status: "answered" }, asked: AwsRequest): object {
  const { page } = asked;
  const { NextToken: _, NextMarker: __, ...own } = (answer.pages[page] ?? {}) as { [key: string]: unknown };
  if (page + 1 >= answer.pages.length) return own;
  return { ...own, ...awsToken(asked) };
}

/** What a page says where there is another one. */
export function awsToken({ question, page }: Pick<AwsRequest, "question" | "page">): object {
  return { [question?.source === "cloudwatch" ? "NextToken" : "NextMarker"]: `page-${page + 1}` };
}

export function encoded({ protocol, operation }: AwsRequest, page: unknown) {
  if (protocol === "ec2-query") return { status: 200, type: "text/xml", body: ec2Answer(operation, page, "loopback") };
  if (protocol === "aws-query") return { status: 200, type: "text/xml", body: xmlAnswer(operation, page, "loopback") };
  return { status: 200, type: "application/x-amz-json-1.0", body: JSON.stringify(page, epochs) };
}

export function encodedError({ protocol }: AwsRequest, code: string, message: string) {
  if (protocol === "ec2-query") return { status: 400, type: "text/xml", body: ec2Error(code, message, "loopback") };
  if (protocol === "aws-query") return { status: 400, type: "text/xml", body: xmlError(code, message, "loopback") };
  return {
    status: 400,
    type: "application/x-amz-json-1.0",
    body: JSON.stringify({ __type: `com.amazonaws#${code}`, message }),
  };
}

/** The JSON protocol has times as seconds since the epoch. */
function epochs(key: string, value: unknown): unknown {
  if (key === "Timestamps" && Array.isArray(value)) return value.map(toEpoch);
  return /Timestamp$|^EventTime$|^Not(Before|After)$/.test(key) ? toEpoch(value) : value;
}

function toEpoch(value: unknown): unknown {
  return typeof value === "string" && /^\d{4}-/.test(value) ? Date.parse(value) / 1000 : value;
}
