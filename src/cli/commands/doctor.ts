import type { LiveOriginOptions } from "../../app/live-origin.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { ConsentOptions } from "../../model/consent.ts";
import { Malformed } from "../../model/malformed.ts";
import type { Failure } from "../../model/question.ts";
import { oneLine, visibleJson } from "../../model/visible.ts";
import type { Style } from "../../output/layout.ts";
import type { AwsOptions } from "../../sources/aws/aws.ts";
import { CLOUDWATCH } from "../../sources/cloudwatch/descriptor.ts";
import type { SourceCheck, SourceDescriptor } from "../../sources/descriptor.ts";
import { SOURCES } from "../../sources/descriptors.ts";
import { Told } from "../../sources/failure.ts";
import { LIMITS } from "../../sources/limits.ts";
import { LiveSource } from "../../sources/live.ts";
import type { Source } from "../../sources/port.ts";
import { Tally } from "../../sources/tally.ts";
import { sourceWords } from "../../sources/words.ts";
import { EXIT } from "../exit.ts";
import { styleOf } from "../style.ts";
import { brokenLines, paintOf } from "../text.ts";

export interface DoctorOptions
  extends ConsentOptions,
    Pick<
      LiveOriginOptions,
      "region" | "profile" | "context" | "kubeconfig" | "prometheusUrl" | "logs" | "athena" | "athenaWorkgroup"
    > {
  readonly json?: boolean;
  readonly color?: boolean;
}

interface Check {
  readonly name: string;
  readonly state: "ok" | "note" | "failed";
  readonly says: string;
  readonly kind?: Failure["kind"];
  readonly remedy?: string;
}

/** Shorter than an investigation's: nothing here is large, and who asks waits for all of it. */
const PATIENCE = { ...LIMITS, question: 6_000, request: 4_000, connect: 2_000, attempts: 2 };

/** Without these nothing can be found out at all. */
const VITAL = new Set([
  "AWS identity",
  ...SOURCES.flatMap(({ checks }) => checks.flatMap(({ name, vital }) => (vital ? [name] : []))),
]);

/** Checks what an investigation needs, all at once. Answers 0, 5 where AWS cannot be read, and 3 where something else lacks. */
export async function doctor(options: DoctorOptions, terminal: Terminal, stop: AbortSignal): Promise<number> {
  const { environment } = terminal;
  const prometheusUrl = options.prometheusUrl ?? (environment.PROMETHEUS_URL || undefined);
  const over = new AbortController();
  const until = AbortSignal.any([stop, over.signal]);
  const live = new LiveSource({
    ...options,
    prometheusUrl,
    allowExec: false,
    environment,
    stop: until,
    limits: PATIENCE,
  });
  const checks = await Promise.all([
    node(process.versions.node),
    identity(live, { profile: options.profile, environment, stop: until }),
    region(live, { profile: options.profile, environment }),
    ...SOURCES.flatMap((source) => source.checks.map((one) => checked(live, source, one))),
  ]);
  // A login command that nobody waits for any more would hold the process.
  over.abort();
  if (stop.aborted) {
    terminal.err.write("lbdoctor: interrupted\n");
    return EXIT.interrupted;
  }
  terminal.out.write(
    options.json ? visibleJson(`${JSON.stringify({ checks }, null, 2)}\n`) : page(checks, styleOf(terminal, options)),
  );
  const bad = checks.filter(({ state }) => state === "failed");
  if (bad.some(({ name }) => VITAL.has(name))) return 5;
  return bad.length > 0 ? 3 : 0;
}

/** Columns of "FAILED  " before a check's name. */
const MARK = 8;
/** Room for the reason beside the name; where there is less, it stands below. */
const ROOM = 40;

/** A check's name stays on one line: brokenLines() makes a blank of it again. */
const UNBROKEN = "\u00a0";

/** What failed for one reason is told once, with the names of the others: a cluster that is away fails nine checks. */
function page(checks: readonly Check[], { width, color }: Style): string {
  const paint = paintOf({ color });
  const names = Math.max(...checks.map(({ name }) => name.length)) + 2;
  const left = Math.min(MARK + names, Math.max(MARK, width - ROOM));
  const mark = { ok: paint.green("ok"), note: paint.yellow("note"), failed: paint.red("FAILED") };
  const blank = { ok: MARK - 2, note: MARK - 4, failed: MARK - 6 };
  const reason = ({ state, says, remedy }: Check) => (state === "failed" ? `${says} ${remedy}` : null);
  const under = (text: string) =>
    brokenLines(text, width - left - 2).map((line, index) => `${index === 0 ? "" : "  "}${line}`);
  const lines = checks.flatMap((check, index) => {
    const { name, state, says, remedy } = check;
    const why = reason(check);
    if (why !== null && checks.slice(0, index).some((one) => reason(one) === why)) return [];
    const also = why === null ? [] : checks.slice(index + 1).filter((one) => reason(one) === why);
    const [first = "", ...rest] = [
      ...brokenLines(oneLine(says), width - left),
      ...(remedy === undefined ? [] : under(`→ ${remedy}`)),
      ...(also.length === 0
        ? []
        : under(
            `also blocked: ${also.map((one) => one.name.replace(/^may /, "").replaceAll(" ", UNBROKEN)).join(", ")}`,
          )),
    ];
    const head = `${mark[state]}${" ".repeat(blank[state])}${name.padEnd(left - MARK)}${first}`;
    return [head, ...rest.map((line) => `${" ".repeat(left)}${line}`)];
  });
  return `${lines.join("\n")}\n`.replaceAll(UNBROKEN, " ");
}

function node(version: string): Check {
  const [major = 0] = version.split(".").map(Number);
  const name = "Node.js";
  if (major >= 22) return { name, state: "ok", says: version };
  // The SDK says so itself at its first use on Node 20 (NodeVersionSupportWarning).
  const says = `${version}; AWS SDK versions from January 2027 on will need Node.js 22`;
  return { name, state: "note", says };
}

async function identity(
  live: LiveSource,
  options: Pick<AwsOptions, "profile" | "environment" | "stop">,
): Promise<Check> {
  const { callerIdentity } = await import("../../sources/identity.ts");
  // Who one is can be told without a region; a partition of its own (China, GovCloud) wants one of its regions.
  const region = await regionOf(live).catch(() => "us-east-1");
  const who = await callerIdentity({ ...options, region, limits: PATIENCE, tally: new Tally() });
  return "arn" in who ? { name: "AWS identity", state: "ok", says: who.arn } : lacking("AWS identity", who, CLOUDWATCH);
}

async function regionOf(live: LiveSource): Promise<string> {
  return (await live.opened(CLOUDWATCH)).region();
}

async function region(live: LiveSource, who: Pick<AwsOptions, "profile" | "environment">): Promise<Check> {
  try {
    return { name: "AWS region", state: "ok", says: await regionOf(live) };
  } catch (error) {
    const { awsFailure, isRegionMissing } = await import("../../sources/aws/aws.ts");
    const failure = awsFailure(error, { source: CLOUDWATCH.id, name: "the AWS configuration" }, who);
    if (!isRegionMissing(error)) return lacking("AWS region", failure, CLOUDWATCH);
    const told = { ...failure, message: "no AWS region is set" };
    return {
      ...lacking("AWS region", told, CLOUDWATCH),
      remedy: "give --region, or set AWS_REGION or the profile's region",
    };
  }
}

async function checked(
  live: LiveSource,
  source: SourceDescriptor,
  { name, check }: SourceCheck<Source>,
): Promise<Check> {
  try {
    const found = await check(
      (question) => live.ask(question),
      () => live.opened(source),
    );
    if (found.state !== "failed") return { name, ...found };
    return lacking(name, found.failure, source);
  } catch (error) {
    if (error instanceof Malformed)
      return lacking(name, { kind: "malformed", message: oneLine(error.message) }, source);
    if (!(error instanceof Told)) throw error;
    return lacking(name, error.failure, source);
  }
}

function lacking(name: string, failure: Failure, { id }: SourceDescriptor): Check {
  const { kind, message } = failure;
  const [, mend] = UNSET.find(([pattern]) => pattern.test(message)) ?? [];
  // A login that is over is told with its own command.
  const [what = message, login] = message.split(/: (?=aws sso login)/);
  return {
    name,
    state: "failed",
    says:
      mend === undefined
        ? `${kind}: ${login === undefined ? message : what}`
        : message.replace(/: give --region.*$/, ""),
    kind,
    remedy: login ?? mend ?? sourceWords.remedy(kind, id),
  };
}

/** What was never set up is no fault of network or login, whatever its kind; each with what sets it up. */
const UNSET: readonly (readonly [message: RegExp, mend: string])[] = [
  [/no AWS region is set/, "give --region, or set AWS_REGION or the profile's region"],
  [/no AWS credentials here/, "aws configure sso, or choose a profile: --profile NAME or AWS_PROFILE"],
  [/there is no kubeconfig/, "aws eks update-kubeconfig --name <cluster>, or --kubeconfig FILE"],
];
