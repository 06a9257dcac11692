import { fromArn } from "./arn.ts";
import { consoleLink } from "./link.ts";
import type { AlarmGiven } from "./one.ts";

/**
 * The alarms in a text: the mail that SNS sends for an alarm, lines copied from a chat, or a list with a name, an ARN or
 * a link on each line, or what the AWS CLI prints of alarms as YAML, as a table or as text. In a mail, and in what the CLI
 * prints, everything but the alarms' own lines is passed over.
 */
export function fromText(text: string): AlarmGiven[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^[\s>]+/, "").trimEnd());
  if (lines.some((line) => CLI.test(line))) return lines.flatMap(arnOfCli);
  const isMail = lines.some((line) => MAIL.test(line));
  // Each alarm's mail has its ARN: the same alarm's link and name could only say it less exactly.
  const exact = isMail ? lines.flatMap((line) => arnOfMail(line)) : [];
  return exact.length > 0 ? exact : lines.flatMap((line) => inLine(line, isMail));
}

/** How `aws cloudwatch describe-alarms` begins with --output yaml, and with --output table. */
const CLI = /^(?:(?:Metric|Composite)Alarms:|[|\s]*DescribeAlarms[|\s]*$)/;

/** "- AlarmArn: arn:…" of YAML, quoted or not, and "||  AlarmArn  |  arn:…  ||" of a table. */
function arnOfCli(line: string): AlarmGiven[] {
  const arn = /^(?:- |\|+\s*)?AlarmArn(?::|\s*\|)\s+["']?(arn:.+?)["']?[\s|]*$/.exec(line)?.[1];
  return arn === undefined ? [] : [fromArn(arn)].filter((one) => one !== null);
}

/** "- Alarm Arn:   arn:…"; nothing else stands on the line, so that the name may hold spaces. */
function arnOfMail(line: string): AlarmGiven[] {
  const arn = /^(?:- )?Alarm ?Arn:\s+(.+)$/i.exec(line)?.[1];
  return arn === undefined ? [] : [fromArn(arn)].filter((one) => one !== null);
}

/** How the mail of an alarm begins, or how its details do; a forwarded one may have lost either. */
const MAIL = /^(You are receiving this email because your (Amazon )?CloudWatch Alarm|Alarm Details:|- Alarm Arn:)/i;

function inLine(line: string, isMail: boolean): AlarmGiven[] {
  if (line === "") return [];
  const named = isMail ? /^(?:- )?Name:\s+(.+)$/i.exec(line)?.[1] : undefined;
  if (named !== undefined) return [{ name: named, region: null, account: null }];
  if (line.startsWith("arn:") && !line.includes("\t")) return [fromArn(line)].filter((one) => one !== null);
  const quoted =
    /CloudWatch Alarm "(.+?)" in the .+ region/.exec(line)?.[1] ??
    /^(?:Subject: )?(?:ALARM|OK|INSUFFICIENT_DATA): "(.+)" in /.exec(line)?.[1];
  if (quoted !== undefined) return [{ name: quoted, region: null, account: null }];
  const found = linksAndArns(line);
  if (found.length > 0 || isMail || /^https?:\/\//.test(line)) return found;
  return line.split("\t").flatMap((cell) => {
    // The mark of a list that was copied; a state in the next column is no name.
    const name = cell.replace(/^[-*•]\s+/, "").trim();
    return name === "" || STATE.test(name) ? [] : [{ name, region: null, account: null }];
  });
}

const STATE = /^(?:OK|ALARM|INSUFFICIENT_DATA)$/;

/** The alarms that a line of prose links to or names by ARN. An ARN ends there with the first space or quotation mark. */
export function linksAndArns(line: string): AlarmGiven[] {
  const words = line.match(/https?:\/\/[^\s<>"]+|arn:[\w-]+:cloudwatch:[\w-]*:\d*:alarm:[^\s<>"']+/g) ?? [];
  return words.flatMap((word) => {
    // The end of a sentence; a parenthesis that the word itself opened belongs to the name.
    const bare = word.replace(/[.,;:!?]+$/, "").replace(/^([^(]*)\)[.,;:!?]*$/, "$1");
    return [word.startsWith("arn:") ? fromArn(bare) : consoleLink(bare)].filter((one) => one !== null);
  });
}
