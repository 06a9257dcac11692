import { type Epoch, iso, type Span } from "../../model/time.ts";
import type { Log, LogPlace } from "./questions.ts";

/** Seconds; a node of the load balancer publishes a file every five minutes (User Guide, Access log files). */
const INTERVAL = 300;
/** Seconds until a file is there; the folder bears the day of the delivery, and the file's name the end of its minutes. */
const DELIVERY = 600;
const HOUR = 3600;

/** How the names of a log's files begin. */
const BEGINS: { readonly [log in Log]: string } = {
  requests: "",
  connections: "conn_log.",
  checks: "health_check_log_",
};

/** The parts of a load balancer's ARN: arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID. */
export function partsOf(loadBalancer: string) {
  const [, partition = "aws", , region = "", account = "", resource = ""] = loadBalancer.split(":");
  return { partition, region, account, id: resource.replace(/^loadbalancer\//, "") };
}

/** "s3://bucket/prefix/AWSLogs/ACCOUNT/elasticloadbalancing/REGION/", without the bucket. */
export function folderOf(loadBalancer: string, { prefix }: Pick<LogPlace, "prefix">): string {
  const { account, region } = partsOf(loadBalancer);
  const before = prefix.replace(/^\/+|\/+$/g, "");
  return `${before === "" ? "" : `${before}/`}AWSLogs/${account}/elasticloadbalancing/${region}/`;
}

/** How the keys begin under which the files of these spans lie: one for each hour and day of delivery. */
export function keyPrefixes(log: Log, loadBalancer: string, place: LogPlace, spans: readonly Span[]): string[] {
  const name = fileBegins(log, loadBalancer);
  const folder = folderOf(loadBalancer, place);
  const found = new Set<string>();
  for (const { start, end } of spans)
    for (let hour = start - (start % HOUR); hour < end + INTERVAL; hour += HOUR) {
      const text = iso(hour).replace(/[-:]/g, "").slice(0, 11);
      for (const at of [hour, hour + HOUR + DELIVERY]) found.add(`${folder}${day(at)}/${name}${text}`);
    }
  return [...found];
}

/** How the names of a load balancer's files of a log begin, in whichever folder. */
export function fileBegins(log: Log, loadBalancer: string): string {
  const { account, region, id } = partsOf(loadBalancer);
  return `${BEGINS[log]}${account}_elasticloadbalancing_${region}_${id.replaceAll("/", ".")}_`;
}

/** The days in whose folders the files of these spans lie, "2026/06/26". */
export function daysOf(spans: readonly Span[]): string[] {
  const found = new Set<string>();
  for (const { start, end } of spans) {
    const last = end + INTERVAL + DELIVERY;
    for (let at = start; at < last; at += HOUR) found.add(day(at));
    found.add(day(last));
  }
  return [...found].sort();
}

function day(at: Epoch): string {
  return iso(at).slice(0, 10).replaceAll("-", "/");
}

/** What the name of a log file says; null where it is no name that Elastic Load Balancing gives. */
export function named(key: string): { readonly log: Log; readonly loadBalancer: string; readonly end: Epoch } | null {
  const file = key.slice(key.lastIndexOf("/") + 1);
  const found = /^(conn_log\.|health_check_log_|)\d{12}_elasticloadbalancing_[a-z0-9-]+_([^_]+)_(\d{8}T\d{4})Z_/.exec(
    file,
  );
  const [, begins = "", loadBalancer = "", end = ""] = found ?? [];
  if (found === null) return null;
  const text = end.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:00Z");
  const time = Date.parse(text) / 1000;
  if (Number.isNaN(time)) return null;
  const log: Log = begins === "" ? "requests" : begins === "conn_log." ? "connections" : "checks";
  return { log, loadBalancer: loadBalancer.replaceAll(".", "/"), end: time };
}

/** Whether a file whose minutes end then has a minute of the spans. */
export function matters(end: Epoch, spans: readonly Span[]): boolean {
  return spans.some((span) => end > span.start && end - INTERVAL < span.end);
}
