import { Unusable } from "../../model/unusable.ts";
import { field } from "../../sources/parse.ts";
import { parseJson } from "../../sources/size.ts";
import { fromArn } from "./arn.ts";
import type { AlarmGiven } from "./one.ts";
import { linksAndArns } from "./text.ts";

/** Wrappers around a notification: a pipe's list, a queue's message, a topic's, an event's, each as text or as JSON. */
const DEEPEST = 16;

/**
 * The alarms in JSON, however it is wrapped: notifications of SNS and EventBridge and a Lambda action's event, alone or in
 * the records of a queue, a topic or a pipe, as JSON or as text in JSON; `sqs receive-message` and `describe-alarms`
 * output, also where it was narrowed to names or ARNs; several documents after each other.
 */
export function fromMessage(json: string): AlarmGiven[] {
  return documents(json).flatMap((value) => (isListOfNames(value) ? namesIn(value) : search(value, 0)));
}

function search(value: unknown, depth: number): AlarmGiven[] {
  if (depth > DEEPEST || value === null) return [];
  if (typeof value === "string") return searchText(value, depth);
  if (Array.isArray(value)) return value.flatMap((one) => search(one, depth + 1));
  if (typeof value !== "object") return [];
  const own = named(value);
  // What else an alarm's own object names are its actions, its children and its description.
  return own ? [own] : Object.values(value).flatMap((one) => search(one, depth + 1));
}

/** A string may be a message again: JSON, base64 of it (Kinesis), or a line of text with an ARN or a link. */
function searchText(value: string, depth: number): AlarmGiven[] {
  if (/^\s*[[{"]/.test(value)) {
    const inner = parsed(value);
    if (inner !== undefined) return search(inner, depth + 1);
  }
  // "eyJ" is base64 of '{"'.
  if (value.startsWith("eyJ")) return searchText(Buffer.from(value, "base64").toString("utf8"), depth + 1);
  return linksAndArns(value);
}

/**
 * SNS and DescribeAlarms have AlarmArn and AlarmName; EventBridge has the ARN among its resources and detail.alarmName; a
 * Lambda action has alarmArn and alarmData.alarmName (CloudWatch User Guide, Alarm events; Using Amazon CloudWatch
 * alarms). An event's detail alone has alarmName beside state.
 */
function named(value: object): AlarmGiven | null {
  const described = isDescription(value) ? { described: value } : {};
  const resources = field(value, "resources");
  const arns = [field(value, "AlarmArn"), field(value, "alarmArn"), ...(Array.isArray(resources) ? resources : [])];
  for (const arn of arns) {
    const found = typeof arn === "string" ? fromArn(arn) : null;
    if (found) return { ...found, ...described };
  }
  const name =
    field(value, "AlarmName") ??
    field(value, "alarmName") ??
    field(field(value, "detail"), "alarmName") ??
    field(field(value, "alarmData"), "alarmName");
  return typeof name === "string" && name !== "" ? { name, region: null, account: null, ...described } : null;
}

/** What an alarm watches stands in none of the other forms under these names. */
function isDescription(value: object): boolean {
  return ["MetricName", "Metrics", "EvaluationCriteria"].some((key) => field(value, key) !== undefined);
}

/** `--query 'MetricAlarms[].AlarmName'`, or `[].AlarmArn`. */
function isListOfNames(value: unknown): value is readonly string[] {
  const texts: unknown = typeof value === "string" ? [value] : value;
  return Array.isArray(texts) && texts.every((one) => typeof one === "string" && !/^\s*[[{"]/.test(one));
}

function namesIn(value: readonly string[] | string): AlarmGiven[] {
  const texts = typeof value === "string" ? [value] : value;
  return texts.flatMap((one) => {
    if (one === "") return [];
    const found = linksAndArns(one);
    return found.length > 0 ? found : [{ name: one, region: null, account: null }];
  });
}

/** One document, or one on each line. */
function documents(json: string): unknown[] {
  const whole = parsed(json);
  if (whole !== undefined) return [whole];
  const lines = json.split("\n").filter((line) => line.trim() !== "");
  const each = lines.map(parsed);
  if (lines.length < 2 || each.includes(undefined)) throw new Unusable("standard input looks like JSON but is not");
  return each;
}

/** Undefined where it is no JSON. */
function parsed(json: string): unknown {
  try {
    return parseJson(json);
  } catch {
    // The caller says what that means: a name may begin like JSON.
    return undefined;
  }
}
