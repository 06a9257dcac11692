import type { LiveOriginOptions } from "../../app/live-origin.ts";
import { remedyFor } from "../../engine/gaps.ts";
import type { Answer, Failure, Question, SourceName } from "../../model/question.ts";
import { iso } from "../../model/time.ts";
import { oneLine, visibleJson } from "../../model/visible.ts";
import type { AwsOptions } from "../../sources/aws/aws.ts";
import { Told } from "../../sources/failure.ts";
import {
  listAutoscalers,
  listNodes,
  listPods,
  listReplicaSets,
  listServices,
  listTargetGroupBindings,
  listWorkloads,
  podSnapshot,
} from "../../sources/kubernetes/questions.ts";
import { LIMITS } from "../../sources/limits.ts";
import { LiveSource } from "../../sources/live.ts";
import { field } from "../../sources/parse.ts";
import { Tally } from "../../sources/tally.ts";
import { EXIT } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

export interface DoctorOptions
  extends Pick<LiveOriginOptions, "region" | "profile" | "context" | "kubeconfig" | "prometheusUrl"> {
  readonly json?: boolean;
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
/** Nothing bears this name: it asks whether one may ask, and gets an empty answer. */
const NOBODY = "lbdoctor-doctor";

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
    region(live),
    permission(live, "alarms", { operation: "DescribeAlarms", input: { AlarmNames: [NOBODY] } }),
    permission(live, "alarm history", {
      operation: "DescribeAlarmHistory",
      input: { AlarmName: NOBODY, MaxRecords: 1 },
    }),
    permission(live, "metrics", { operation: "GetMetricData", input: anyMetric() }),
    permission(live, "load balancers", { operation: "DescribeLoadBalancers", input: { Names: [NOBODY] } }, "elbv2"),
    permission(live, "target groups", { operation: "DescribeTargetGroups", input: { Names: [NOBODY] } }, "elbv2"),
    cluster(live),
    ...[
      listServices(),
      listNodes(),
      listTargetGroupBindings(),
      listPods("default", `app=${NOBODY}`),
      listWorkloads("Deployment", "default"),
      listReplicaSets("default"),
      listAutoscalers("default"),
      podSnapshot("default", `app=${NOBODY}`),
    ].map(({ question }) => objects(live, question)),
    prometheus(live),
  ]);
  // A login command that nobody waits for any more would hold the process.
  over.abort();
  if (stop.aborted) {
    terminal.err.write("lbdoctor: interrupted\n");
    return EXIT.interrupted;
  }
  terminal.out.write(options.json ? visibleJson(`${JSON.stringify({ checks }, null, 2)}\n`) : page(checks));
  const bad = checks.filter(({ state }) => state === "failed");
  if (bad.some(({ name }) => name === "AWS identity" || name === "may read alarms")) return 5;
  return bad.length > 0 ? 3 : 0;
}

/** What failed for one reason is told once, with the names of the others: a cluster that is away fails nine checks. */
function page(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const mark = { ok: "ok    ", note: "note  ", failed: "FAILED" };
  const reason = ({ state, says, remedy }: Check) => (state === "failed" ? `${says} ${remedy}` : null);
  const lines = checks.flatMap((check, index) => {
    const { name, state, says, remedy } = check;
    const why = reason(check);
    if (why !== null && checks.slice(0, index).some((one) => reason(one) === why)) return [];
    const also = why === null ? [] : checks.slice(index + 1).filter((one) => reason(one) === why);
    const below = [
      ...(remedy === undefined ? [] : [`→ ${remedy}`]),
      ...(also.length === 0 ? [] : [`the same: ${also.map((one) => one.name).join(", ")}`]),
    ];
    return [
      `${mark[state]}  ${name.padEnd(width)}  ${oneLine(says)}`,
      ...below.map((line) => `${" ".repeat(width + 10)}${line}`),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function node(version: string): Check {
  const [major = 0] = version.split(".").map(Number);
  const name = "Node.js";
  if (major >= 22) return { name, state: "ok", says: version };
  // The SDK says so itself at its first use on Node 20 (NodeVersionSupportWarning).
  const says = `${version}; versions of the AWS SDK from January 2027 on will need Node.js 22`;
  return { name, state: "note", says };
}

async function identity(
  live: LiveSource,
  options: Pick<AwsOptions, "profile" | "environment" | "stop">,
): Promise<Check> {
  const { callerIdentity } = await import("../../sources/identity.ts");
  // Who one is can be told without a region; a partition of its own (China, GovCloud) wants one of its regions.
  const region = await live.region().catch(() => "us-east-1");
  const who = await callerIdentity({ ...options, region, limits: PATIENCE, tally: new Tally() });
  return "arn" in who
    ? { name: "AWS identity", state: "ok", says: who.arn }
    : lacking("AWS identity", who, "cloudwatch");
}

async function region(live: LiveSource): Promise<Check> {
  try {
    return { name: "AWS region", state: "ok", says: await live.region() };
  } catch (error) {
    if (error instanceof Told) return lacking("AWS region", error.failure, "cloudwatch");
    // The SDK throws where neither option, environment nor profile names one.
    const failure = { kind: "unreachable", message: "no AWS region is set" } as const;
    return {
      ...lacking("AWS region", failure, "cloudwatch"),
      remedy: "give --region, or set AWS_REGION or the profile's region",
    };
  }
}

async function permission(
  live: LiveSource,
  what: string,
  asked: Pick<Question, "operation" | "input">,
  source: SourceName = "cloudwatch",
): Promise<Check> {
  return judged(`may read ${what}`, await live.ask({ source, ...asked }), source, "yes");
}

function anyMetric(): Question["input"] {
  const now = Math.floor(Date.now() / 60_000) * 60;
  const Metric = { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount" };
  return {
    StartTime: iso(now - 60),
    EndTime: iso(now),
    MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat: "Sum" } }],
  };
}

async function cluster(live: LiveSource): Promise<Check> {
  const name = "cluster";
  try {
    const { server, context } = await live.cluster();
    return { name, state: "ok", says: `context ${context}, ${server.host}` };
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    return lacking(name, error.failure, "kubernetes");
  }
}

async function objects(live: LiveSource, question: Question): Promise<Check> {
  const { apiVersion, resource } = question.input;
  const name = `may list ${String(apiVersion).startsWith("metrics.") ? "pod metrics" : String(resource)}`;
  // Asks for the whole list only where the API takes no selector that fits nothing.
  const input = question.input.labelSelector
    ? question.input
    : { ...question.input, fieldSelector: `metadata.name=${NOBODY}` };
  return judged(name, await live.ask({ ...question, input }), "kubernetes", "yes");
}

async function prometheus(live: LiveSource): Promise<Check> {
  const name = "Prometheus";
  const input = { query: "count by (job) (up)", time: iso(Math.floor(Date.now() / 1000)) };
  const answer = await live.ask({ source: "prometheus", operation: "query", input });
  if (answer.status === "failed") return lacking(name, answer.failure, "prometheus");
  const { route } = await live.prometheus();
  const jobs = field(field(answer.pages[0], "data"), "result");
  const count = Array.isArray(jobs) ? jobs.length : 0;
  if (count === 0) return { name, state: "note", says: `${route.name} answers, but scrapes nothing` };
  return { name, state: "ok", says: `${route.name} answers, with ${count} scrape jobs` };
}

/** What is not there may be asked for all the same; a kind that the cluster does not know is told, and is no fault. */
function judged(name: string, answer: Answer, source: SourceName, says: string): Check {
  if (answer.status === "answered") return { name, state: "ok", says };
  if (answer.failure.kind !== "missing") return lacking(name, answer.failure, source);
  return source === "kubernetes" ? { name, state: "note", says: answer.failure.message } : { name, state: "ok", says };
}

function lacking(name: string, { kind, message }: Failure, source: SourceName): Check {
  return { name, state: "failed", says: `${kind}: ${message}`, kind, remedy: remedyFor(kind, source) };
}
