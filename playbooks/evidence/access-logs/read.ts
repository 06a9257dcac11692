import {
  type AlarmFact,
  type Ask,
  askLog,
  describeLoadBalancerAttributes,
  type EpisodesFact,
  type Lack,
  type Log,
  type Question,
  type ReadLog,
  shellQuoted,
} from "../../../src/playbook.ts";
import { loadBalancerArn } from "../target-groups/read.ts";
import { spansToRead } from "./spans.ts";

/** The attribute with which each log is turned on, and what nobody knows without it. */
const LOGS = {
  requests: ["access_logs", "access log", "which requests were slow or failed, and who sent them"],
  connections: ["connection_logs", "connection log", "which connections failed"],
  checks: ["health_check_logs", "health-check log", "why checks failed before now"],
} as const satisfies { readonly [log in Log]: readonly [attribute: string, name: string, unknown: string] };

export interface Reader {
  readonly alarm: AlarmFact;
  readonly episodes: EpisodesFact;
  readonly logsGiven: boolean | "requests";
  readonly ask: Ask;
}

/** A log that was read, with the question that shows it; else what is lacking, or null where that has been told. */
export type LogAsked = { readonly log: ReadLog; readonly proof: Question } | { readonly lack: Lack | null };

/** Reads a log of the alarm's load balancer where it writes one, or somebody gives one. */
export async function readLog(which: Log, { alarm, episodes, logsGiven, ask }: Reader): Promise<LogAsked> {
  const arn = loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? "");
  const attributes = await ask(describeLoadBalancerAttributes(arn));
  const [attribute, name, unknown] = LOGS[which];
  const of = (setting: string) => (attributes.ok ? attributes.value[`${attribute}.s3.${setting}`] : undefined);
  const isOn = of("enabled") === "true";
  const off = (where: string, instead = ""): Lack => ({
    source: "elbv2",
    kind: "missing",
    what: `the ${name} is off in ${where}, so it is not known ${unknown}`,
    remedy: `${turnOn(arn, attribute)}: turns it on${instead}`,
  });
  if (!isOn && logsGiven !== true && logsGiven !== which) {
    // One that does not say is too old to have such a log, or was not read, which has been told.
    if (of("enabled") === undefined) return { lack: null };
    // Whether it is delivered to CloudWatch Logs is asked only where reading it there is agreed to.
    return { lack: off("S3", "; if it already goes to CloudWatch Logs, run it again with --allow insights instead") };
  }
  const spans = spansToRead(episodes);
  if (spans.length === 0) return { lack: null };
  const bucket = isOn ? (of("bucket") ?? null) : null;
  const place = { bucket, prefix: of("prefix") ?? "" };
  const asked = askLog(
    which,
    arn,
    place,
    spans.map(({ span }) => span),
  );
  const answer = await ask(asked);
  if (!answer.ok || answer.cut) return { lack: null };
  const { engine, lines } = answer.value.read;
  if (engine === "insights" && lines === 0) return { lack: off("S3 and CloudWatch Logs") };
  return { log: { ...answer.value, spans }, proof: asked.question };
}

function turnOn(arn: string, attribute: string): string {
  const settings = [`Key=${attribute}.s3.enabled,Value=true`, `Key=${attribute}.s3.bucket,Value=BUCKET`];
  return `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${shellQuoted(arn)} --attributes ${settings.join(" ")}`;
}
