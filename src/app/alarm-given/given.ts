import { text } from "node:stream/consumers";
import { Unusable } from "../../model/unusable.ts";
import { fromArn } from "./arn.ts";
import { consoleLink } from "./link.ts";
import { fromMessage } from "./message.ts";
import type { AlarmGiven } from "./one.ts";
import { fromText } from "./text.ts";

/** A notification is some kB (SNS and EventBridge send 256 kB at most); describe-alarms of a whole account is longer. */
const LARGEST = 4 * 2 ** 20;
/** More alarms than that are not one page to somebody, but a whole account by mistake. */
const MOST = 50;
/** AlarmName, PutMetricAlarm. */
const LONGEST_NAME = 255;

/**
 * The alarms that the user means, in the order given and each once: a name, an ARN or a link to the console, or "-" for
 * what stands on standard input. Throws an Unusable where there is none among it.
 */
export async function alarmsGiven(given: string, input: NodeJS.ReadableStream): Promise<readonly AlarmGiven[]> {
  if (given === "") throw new Unusable("the alarm's name is empty");
  return given === "-" ? fromInput(await text(input)) : [fromArgument(given)];
}

/** The same where only one alarm can be meant. */
export async function alarmGiven(given: string, input: NodeJS.ReadableStream): Promise<AlarmGiven> {
  const [first, ...others] = await alarmsGiven(given, input);
  if (!first || others.length > 0)
    throw new Unusable(`standard input names ${others.length + 1} alarms; this command takes one at a time`);
  return first;
}

function fromArgument(given: string): AlarmGiven {
  if (given.startsWith("arn:")) {
    const found = fromArn(given);
    if (!found) throw new Unusable("this ARN is not one of a CloudWatch alarm");
    return found;
  }
  if (/^https?:\/\//.test(given)) {
    const found = consoleLink(given);
    if (!found) throw new Unusable("this link does not lead to an alarm in the CloudWatch console");
    return found;
  }
  return { name: given, region: null, account: null };
}

/** The alarms in what was piped in, whatever form it has. */
export function fromInput(whole: string): readonly AlarmGiven[] {
  // A file that Windows wrote begins with a byte order mark, which trim() takes away as well.
  const input = whole.trim();
  if (input === "") throw new Unusable("standard input is empty; it must name an alarm");
  if (input.length > LARGEST) throw new Unusable("standard input is too large to be an alarm's notification");
  const isJson = /^[[{"]/.test(input);
  const found = each(isJson ? fromMessage(input) : fromText(input));
  if (found.length === 0)
    throw new Unusable(
      isJson
        ? "standard input is JSON, but names no CloudWatch alarm"
        : "standard input names no CloudWatch alarm: give a notification, a link to the console, an ARN or a name",
    );
  if (found.length > MOST)
    throw new Unusable(`standard input names ${found.length} alarms; lbdoctor investigates ${MOST} at most in one run`);
  const odd = found.find(({ name }) => name.length > LONGEST_NAME || /\p{Cc}/u.test(name));
  if (odd) throw new Unusable("standard input names an alarm with a name that CloudWatch does not allow");
  return found;
}

/** Each alarm once. The same name without a region is the same alarm: a mail tells name, link and ARN. */
function each(found: readonly AlarmGiven[]): AlarmGiven[] {
  const kept: AlarmGiven[] = [];
  for (const one of found) {
    const index = kept.findIndex((other) => isSame(one, other));
    const before = kept[index];
    if (!before) kept.push(one);
    else kept[index] = { ...before, region: before.region ?? one.region, account: before.account ?? one.account };
  }
  return kept;
}

function isSame(one: AlarmGiven, other: AlarmGiven): boolean {
  const fits = (a: string | null, b: string | null) => a === null || b === null || a === b;
  return one.name === other.name && fits(one.region, other.region) && fits(one.account, other.account);
}
