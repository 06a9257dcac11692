import { gzipSync } from "node:zlib";
import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Happened } from "../world.ts";
import { checkLines } from "./checks.ts";
import { accessLines, connectionLines, type LogLine } from "./lines.ts";
import type { LogKind } from "./spec.ts";

/** Seconds of one object (Access logs for your Application Load Balancer, "Access log files"). */
const OBJECT_SECONDS = 300;

/** One object of a log: the lines that one node of the load balancer wrote in five minutes. */
export interface LogObject {
  readonly key: string;
  /** Epoch seconds at which its five minutes ended. */
  readonly end: number;
  readonly lines: readonly string[];
}

const LINES: Readonly<Record<LogKind, (world: Happened, from: number, to: number) => LogLine[]>> = {
  access: accessLines,
  connection: connectionLines,
  "health-check": checkLines,
};
/** What the names of a log's objects begin with. */
const NAMES: Readonly<Record<LogKind, string>> = {
  access: "",
  connection: "conn_log_",
  "health-check": "health_check_log_",
};

/** The objects of a log whose five minutes touch [from, to), epoch seconds, oldest first. Without lines there is none. */
export function logObjects(world: Happened, kind: LogKind, from: number, to: number): LogObject[] {
  const first = Math.floor(from / OBJECT_SECONDS) * OBJECT_SECONDS;
  const last = Math.ceil(to / OBJECT_SECONDS) * OBJECT_SECONDS;
  const parts = new Map<string, { end: number; zone: number; lines: string[] }>();
  for (const { at, zone, text } of LINES[kind](world, first, last)) {
    const end = (Math.floor(at / OBJECT_SECONDS) + 1) * OBJECT_SECONDS;
    const part = parts.get(`${end} ${zone}`) ?? { end, zone, lines: [] };
    parts.set(`${end} ${zone}`, part);
    part.lines.push(text);
  }
  return [...parts.values()]
    .sort((a, b) => a.end - b.end || a.zone - b.zone)
    .map(({ end, zone, lines }) => ({ key: keyOf(world.scenario, kind, end, zone), end, lines }));
}

/** The object's bytes, packed. */
export function packed({ lines }: LogObject): Buffer {
  return gzipSync(`${lines.join("\n")}\n`);
}

function keyOf({ place, loadBalancer, logs, seed }: Scenario, kind: LogKind, end: number, zone: number): string {
  const [day = "", time = ""] = new Date(end * 1000).toISOString().split("T");
  const { account, region } = place;
  const id = `app.${loadBalancer.name}.${loadBalancer.id}`;
  const stamp = `${day.replaceAll("-", "")}T${time.slice(0, 5).replace(":", "")}Z`;
  const random = new Random(seed, `object ${kind} ${end} ${zone}`).letters("0123456789abcdefghijklmnopqrstuvwxyz", 8);
  const name = `${NAMES[kind]}${account}_elasticloadbalancing_${region}_${id}_${stamp}_${nodeAddress(seed, loadBalancer.scheme, zone)}_${random}.log.gz`;
  const folder = `AWSLogs/${account}/elasticloadbalancing/${region}/${day.replaceAll("-", "/")}`;
  return [logs?.prefix, folder, name].filter((part) => part).join("/");
}

/** Address of a node of the load balancer: a private one where it is internal. */
function nodeAddress(seed: number, scheme: Scenario["loadBalancer"]["scheme"], zone: number): string {
  const random = new Random(seed, `load balancer node ${zone}`);
  return scheme === "internal" ? `10.0.${zone * 32}.${random.integer(4, 250)}` : `203.0.113.${random.integer(1, 254)}`;
}
