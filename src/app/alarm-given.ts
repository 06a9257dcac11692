import { Unusable } from "../model/unusable.ts";
import { field } from "../sources/parse.ts";
import { parseJson, TooLarge } from "../sources/size.ts";
import { alarmName } from "./alarm-name.ts";

/** The alarm that the user means. Region and account are null where only a name was given. */
export interface AlarmGiven {
  readonly name: string;
  readonly region: string | null;
  readonly account: string | null;
}

/** A notification is some kB; SNS and EventBridge send 256 kB at most. */
const LARGEST = 2 ** 20;
/** Wrappers around a notification: SQS in Lambda, SNS in Lambda, SNS, each as text or as JSON. */
const DEEPEST = 6;

/** A name, an ARN, or "-" for a notification on standard input. */
export async function alarmGiven(given: string, input: NodeJS.ReadableStream): Promise<AlarmGiven> {
  if (given !== "-") return fromArn(given) ?? { name: alarmName(given), region: null, account: null };
  const notification = (await read(input)).trim();
  if (notification === "") throw new Unusable("standard input is empty; it should hold an alarm's notification");
  return fromNotification(notification);
}

/** Standard input, which ends where it is too large: what is piped in may have no end. */
async function read(input: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of input) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > LARGEST) throw new Unusable("standard input is too large to be an alarm's notification");
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** The alarm of an SNS or EventBridge notification of CloudWatch, however it is wrapped. */
export function fromNotification(json: string): AlarmGiven {
  const found = search(parsed(json), 0);
  if (found) return found;
  throw new Unusable("standard input is JSON, but no notification of a CloudWatch alarm (SNS or EventBridge)");
}

function search(value: unknown, depth: number): AlarmGiven | null {
  if (depth > DEEPEST) return null;
  if (typeof value === "string") return value.trimStart().startsWith("{") ? search(quietly(value), depth + 1) : null;
  if (Array.isArray(value)) return first(value, depth);
  if (typeof value !== "object" || value === null) return null;
  return (
    named(value) ??
    first([field(value, "Message"), field(value, "Records"), field(value, "Sns"), field(value, "body")], depth)
  );
}

function first(values: readonly unknown[], depth: number): AlarmGiven | null {
  for (const value of values) {
    const found = search(value, depth + 1);
    if (found) return found;
  }
  return null;
}

/**
 * SNS has AlarmArn and AlarmName; EventBridge has the ARN among its resources and detail.alarmName; a Lambda action has
 * alarmArn and alarmData.alarmName (CloudWatch User Guide, Alarm events; Using Amazon CloudWatch alarms).
 */
function named(value: object): AlarmGiven | null {
  const resources = field(value, "resources");
  const arns = [field(value, "AlarmArn"), field(value, "alarmArn"), ...(Array.isArray(resources) ? resources : [])];
  for (const arn of arns) {
    const found = typeof arn === "string" ? fromArn(arn) : null;
    if (found) return found;
  }
  const name =
    field(value, "AlarmName") ??
    field(field(value, "detail"), "alarmName") ??
    field(field(value, "alarmData"), "alarmName");
  return typeof name === "string" && name !== "" ? { name, region: null, account: null } : null;
}

/** arn:partition:cloudwatch:region:account:alarm:NAME; a name may hold colons itself. */
function fromArn(arn: string): AlarmGiven | null {
  const [, region, account, name] = /^arn:[\w-]+:cloudwatch:([\w-]*):(\d*):alarm:(.+)$/s.exec(arn) ?? [];
  return name === undefined ? null : { name, region: region || null, account: account || null };
}

function parsed(json: string): unknown {
  try {
    return parseJson(json);
  } catch (error) {
    if (error instanceof TooLarge) throw new Unusable(`standard input ${error.message}`);
    throw new Unusable("standard input is no JSON; it should hold an alarm's notification (SNS or EventBridge)");
  }
}

function quietly(json: string): unknown {
  try {
    return parseJson(json);
  } catch {
    // A message that only looks like JSON; another member may hold the notification.
    return null;
  }
}
