import { distance } from "fastest-levenshtein";
import { broken } from "../../drawing/lines.ts";
import type { Failure } from "../../model/question.ts";
import { shellLine } from "../../model/shell.ts";
import { oneLine } from "../../model/visible.ts";
import type { LiveSource } from "../../sources/live.ts";
import { sourceWords } from "../../sources/words.ts";
import { fromArn } from "../alarm-given/arn.ts";
import { consoleLink } from "../alarm-given/link.ts";
import type { Terminal } from "../terminal.ts";
import { type KnownAlarm, knownAlarms, regionsWith } from "./alarms.ts";

/** Why an investigation cannot begin, for a person: one sentence, and under it what to do, each with its label. */
export interface Trouble {
  readonly what: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
}

/** How wide the labels are: "lbdoctor: " stands before the sentence. */
const LABEL = 10;

/** The sentence is broken between words on a terminal; what is to be typed stays whole, so that it can be copied. */
export function troubleText(
  { what, lines }: Trouble,
  { isTTY, columns }: Pick<Terminal["err"], "isTTY" | "columns">,
): string {
  const room = isTTY ? Math.max(LABEL, (columns || 80) - LABEL) : Number.MAX_SAFE_INTEGER;
  const sentence = broken(oneLine(what), room).map(
    (one, index) => (index === 0 ? "lbdoctor: " : " ".repeat(LABEL)) + one,
  );
  const below = lines.map(([label, text]) => `${`${label}:`.padEnd(LABEL)}${oneLine(text)}`);
  return `${[...sentence, ...below].join("\n")}\n`;
}

/** AWS does not answer. `words`: the command that was typed, to be given again; `profiles`: those of the AWS CLI's files; `hasKeys`: the environment has a key. */
export function awsTrouble(
  failure: Failure,
  words: readonly string[],
  { profiles, hasKeys }: { readonly profiles: readonly string[]; readonly hasKeys: boolean },
): Trouble {
  const then = ["Then", shellLine("lbdoctor", ...words)] as const;
  // The adapter's sentence of a login that is over ends with the command that makes a new one.
  const [what = "", login] = failure.message.split(/: (?=aws sso login)/);
  if (login !== undefined) return { what: `${what}.`, lines: [["Log in", login], then] };
  const isNew = profiles.length === 0 && !hasKeys;
  if (/no AWS region/.test(failure.message) && isNew)
    return {
      what: "AWS is not set up here: there is no region, and there are no credentials.",
      lines: [
        ["Set up", "aws configure sso    (or AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"],
        ["Then", "lbdoctor doctor    (or, without an account: lbdoctor demo)"],
      ],
    };
  if (/no AWS region/.test(failure.message))
    return {
      what: "no AWS region is set: neither --region nor AWS_REGION nor the profile names one.",
      lines: [
        ["Set it", "export AWS_REGION=eu-west-2    (the alarm's region)"],
        ["Or", shellLine("lbdoctor", ...words, "--region", "eu-west-2")],
      ],
    };
  if (/no AWS credentials/.test(failure.message)) {
    const here =
      "there are no AWS credentials here: not in the environment, not in ~/.aws, none of this machine's own.";
    const choose = profiles.length > 0 && !words.includes("--profile");
    const names = profiles.slice(0, 5).join(", ");
    return {
      what: here,
      lines: choose
        ? [
            ["Profiles", `${names}${profiles.length > 5 ? ", …" : ""}`],
            ["Choose", shellLine("lbdoctor", ...words, "--profile", profiles[0] ?? "default")],
          ]
        : [["Log in", "aws configure sso    (or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"], then],
    };
  }
  if (failure.kind === "forbidden")
    return {
      what: `AWS accepts your credentials, but does not let you read the alarm: ${failure.message}`,
      lines: [["Needs", "cloudwatch:DescribeAlarms; `lbdoctor plan` lists every permission, policies/ has them"], then],
    };
  const label = failure.kind === "unauthenticated" ? "Log in" : failure.kind === "throttled" ? "Wait" : "Check";
  const remedy = sourceWords.remedy(failure.kind, "cloudwatch");
  const network = failure.kind === "unreachable" || failure.kind === "timeout";
  const check = network ? "the network, proxy and VPN; `lbdoctor doctor` says which" : remedy;
  return { what: `AWS cannot be read: ${failure.message.replace(/\.$/, "")}.`, lines: [[label, check], then] };
}

/** The cluster does not answer, AWS does, and what was left does not show the cause. */
export function clusterTrouble({ message, kind }: Failure, words: readonly string[]): Trouble {
  const then = ["Then", shellLine("lbdoctor", ...words)] as const;
  const what = `no cause without the cluster: ${message.replace(/[;:] .*VPN.*$/, "")}.`;
  if (/no kubeconfig/.test(message))
    return { what, lines: [["Get one", "aws eks update-kubeconfig --name <cluster>    (or --kubeconfig FILE)"], then] };
  if (kind === "unauthenticated") return { what, lines: [["Log in", sourceWords.remedy(kind, "kubernetes")], then] };
  return { what, lines: [["Connect", "the VPN: AWS answers, the cluster's network does not"], then] };
}

/** At most so far apart, in edits for each letter of what was typed, can a name be what was meant. */
const NEAR = 0.34;
const OFFERED = 3;

/**
 * There is no alarm of this name where it was looked for: which names are near, and in which region it is. What cannot be
 * read of that within `patience` milliseconds is left out.
 */
export async function missingAlarm(
  live: LiveSource,
  name: string,
  words: readonly string[],
  region: string | null,
  patience = 4_000,
): Promise<Trouble> {
  const nothing = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience).unref());
  const [listed, elsewhere] = await Promise.all([
    Promise.race([knownAlarms(live), nothing]),
    Promise.race([regionsWith(live, name), nothing]).catch(() => null),
  ]);
  const alarms = listed === null || "kind" in listed ? [] : listed;
  const account = alarms.map(({ arn }) => arn.split(":")[4]).find(Boolean);
  const where = `${region === null ? "here" : `in ${region}`}${account === undefined ? "" : ` of account ${account}`}`;
  const what = `there is no alarm "${name}" ${where}.`;
  const [first, ...others] = elsewhere ?? [];
  if (first) {
    const regions = [first, ...others].map((one) => `${one.region} (${one.state})`);
    const again = withoutRegion(words);
    return {
      what,
      lines: [
        ["It is in", regions.join(" · ")],
        ["Then", shellLine("lbdoctor", ...again, "--region", first.region)],
      ],
    };
  }
  const near = nearest(name, alarms);
  const [best] = near;
  if (!best) {
    const list = region === null ? [] : ["--region", region];
    return {
      what,
      lines: [
        ["Check", "its spelling, the region and the account (--region, --profile)"],
        ["List", shellLine("aws", "cloudwatch", "describe-alarms", ...list, "--query", "MetricAlarms[].AlarmName")],
      ],
    };
  }
  const again = words.map((word) => renamed(word, name, best));
  const isNamed = again.some((word, index) => word !== words[index]);
  return {
    what,
    lines: [
      ["Near", near.map((one) => `${one.name} (${one.state})`).join(" · ")],
      // Where the alarm stands nowhere in the command, the same command would fail again.
      ...(isNamed ? [["Then", shellLine("lbdoctor", ...again)] as const] : []),
    ],
  };
}

/** The word that means the alarm `name`, by its name, its ARN or a link, as one that means the other; else as it is. */
function renamed(word: string, name: string, to: KnownAlarm): string {
  if (word === name) return to.name;
  return fromArn(word)?.name === name || consoleLink(word)?.name === name ? to.arn : word;
}

/** The alarms whose names are near to the typed one: a few letters away, or holding all of it. */
function nearest(name: string, alarms: readonly KnownAlarm[]): KnownAlarm[] {
  const typed = name.toLowerCase();
  const far = (one: string) => (one.includes(typed) && typed.length > 2 ? 0 : distance(one, typed) / typed.length);
  return alarms
    .map((alarm) => ({ alarm, far: far(alarm.name.toLowerCase()) }))
    .filter((one) => one.far <= NEAR)
    .sort((a, b) => a.far - b.far || (a.alarm.name < b.alarm.name ? -1 : 1))
    .slice(0, OFFERED)
    .map(({ alarm }) => alarm);
}

function withoutRegion(words: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith("--region") && words[index - 1] !== "--region");
}
