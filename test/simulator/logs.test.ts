import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkLines } from "../../simulator/logs/checks.ts";
import { accessLines, connectionLines, type LogLine } from "../../simulator/logs/lines.ts";
import { logObjects, packed } from "../../simulator/logs/objects.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { World } from "../../simulator/world.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import { writeLogs } from "../../simulator/write-logs.ts";
import { Fields } from "../../src/sources/access-logs/fields.ts";
import { checkLine, connectionLine, requestLine } from "../../src/sources/access-logs/lines.ts";
import { askLog, type Log } from "../../src/sources/access-logs/questions.ts";
import { drawn, minutes, sum } from "./drawn.ts";

/** Worlds with logs that can be read, each with a seed that draws it at once. */
const KINDS: readonly (readonly [WorldKind, number])[] = [
  ["logged-uploads", 1],
  ["logged-slow-dependency", 1],
  ["logged-errors-of-one-pod", 1],
  ["logged-idle-timeout-mismatch", 1],
  ["logged-no-healthy-targets", 1],
  ["logged-long-poll", 1],
];

type Reader<T> = (line: string) => T | null;
const all = (world: World) => [world.start, world.scenario.now] as const;

function read<T>(lines: readonly LogLine[], reader: Reader<T>): T[] {
  return lines.map(({ text }) => reader(text)).filter((line) => line !== null);
}

/** How many of these come in each minute since the simulation's start. */
function perMinute(world: World, lines: readonly { readonly time: number }[]): number[] {
  const counts = new Array<number>(world.minutes).fill(0);
  for (const { time } of lines) {
    const minute = Math.floor((time - world.start) / 60);
    counts[minute] = (counts[minute] ?? 0) + 1;
  }
  return counts;
}

describe.each(KINDS)("%s", (kind, seed) => {
  const { scenario, world } = drawn(kind, seed);
  const lines = accessLines(world, ...all(world));
  const requests = read(lines, requestLine);
  const metric = (name: string, group: number | null) => minutes(world, name, "Sum", group);

  it("every line can be read, and has the 33 documented fields", () => {
    expect(scenario.logs?.on).toContain("access");
    expect(lines.length).toBeGreaterThan(0);
    expect(requests).toHaveLength(lines.length);
    expect(new Set(lines.slice(0, 500).map(({ text }) => fieldsOf(text).count))).toEqual(new Set([33]));
  });

  it("the load balancer counts as many requests, a minute and a target group", () => {
    for (const [group, arn] of world.arns.targetGroups.entries()) {
      // A request for which there is no target is logged, and not counted.
      const own = requests.filter((line) => line.group === arn && (line.status !== 503 || line.targetStatus !== null));
      expect(perMinute(world, own)).toEqual(metric("RequestCount", group));
    }
  });

  it("as many answers of each class, and as many of the load balancer's own", () => {
    const targets =
      (from: number) =>
      ({ targetStatus }: { targetStatus: number | null }) =>
        targetStatus !== null && targetStatus >= from && targetStatus < from + 100;
    for (const [name, from] of [
      ["2XX", 200],
      ["4XX", 400],
      ["5XX", 500],
    ] as const)
      expect(perMinute(world, requests.filter(targets(from)))).toEqual(metric(`HTTPCode_Target_${name}_Count`, null));
    for (const code of [502, 503, 504]) {
      const own = requests.filter(({ status, targetStatus }) => status === code && targetStatus === null);
      expect(perMinute(world, own)).toEqual(metric(`HTTPCode_ELB_${code}_Count`, null));
    }
    const clients = requests.filter(
      ({ status, targetStatus }) => targetStatus === null && (status === 460 || status === 400),
    );
    expect(perMinute(world, clients)).toEqual(metric("HTTPCode_ELB_4XX_Count", null));
  });

  it("the targets' times add up to TargetResponseTime", () => {
    const answered = requests.filter(({ targetStatus }) => targetStatus !== null);
    const total = sum(answered.map(({ targetTime }) => targetTime / 1000));
    const published = sum(metric("TargetResponseTime", null));
    expect(Math.abs(total - published)).toBeLessThan(0.001 * answered.length);
  });

  it("connections are as many as NewConnectionCount, and requests name theirs", () => {
    const made = read(connectionLines(world, ...all(world)), connectionLine);
    if (!scenario.logs?.on.includes("connection")) return expect(made).toEqual([]);
    expect(perMinute(world, made)).toEqual(metric("NewConnectionCount", null));
    const known = new Set(connectionLines(world, ...all(world)).map(({ text }) => fieldsOf(text).text(11)));
    const named = lines.filter(({ text }) => !known.has(fieldsOf(text).text(29)));
    expect(named).toEqual([]);
  });

  it("health checks fail as the hosts' count says", () => {
    const checks = read(checkLines(world, ...all(world)), checkLine);
    if (!scenario.logs?.on.includes("health-check")) return expect(checks).toEqual([]);
    const own = checks.filter(({ group }) => group === scenario.focus.targetGroup);
    const unhealthy = sum(metric("UnHealthyHostCount", 0));
    if (unhealthy === 0 && scenario.focus.targetType === "instance")
      expect(own.filter(({ passed }) => !passed)).toEqual([]);
    if (unhealthy > 0) expect(own.some(({ passed }) => !passed)).toBe(true);
  });

  it("objects hold the lines of their five minutes, under documented names", () => {
    const [from, to] = [scenario.now - 3600, scenario.now - 1800];
    const objects = logObjects(world, "access", from, to);
    const { account, region } = scenario.place;
    const balancer = world.arns.loadBalancerDimension.replaceAll("/", ".");
    for (const object of objects) {
      const name = object.key.split("/").at(-1) ?? "";
      expect(name).toMatch(
        new RegExp(
          `^${account}_elasticloadbalancing_${region}_${balancer}_\\d{8}T\\d{2}\\d[05]Z_[\\d.]+_[0-9a-z]{8}\\.log\\.gz$`,
        ),
      );
      const read = gunzipSync(packed(object)).toString().trimEnd().split("\n").map(requestLine);
      expect(read.every((line) => line !== null && line.time >= object.end - 300 && line.time < object.end)).toBe(true);
    }
    const held = objects.flatMap((object) => object.lines);
    const first = Math.floor(from / 300) * 300;
    expect(held).toHaveLength(lines.filter(({ at }) => at >= first && at < Math.ceil(to / 300) * 300).length);
  });

  it("answers what the product asks with rows that add up", () => {
    const source = new WorldSource(world);
    const span = { start: scenario.now - 3600, end: scenario.now - 1800 };
    const place = { bucket: scenario.logs?.bucket ?? null, prefix: scenario.logs?.prefix ?? "" };
    const told = (log: Log, bucket: string | null) => {
      const { question, parse } = askLog(log, world.arns.loadBalancerDimension, { ...place, bucket }, [span]);
      const answer = source.answer(question);
      return answer.status === "answered" ? parse(answer.pages) : answer.failure.kind;
    };
    expect(told("requests", "another-bucket")).toBe("missing");
    const parsed = told("requests", place.bucket);
    if (typeof parsed === "string") throw new Error(parsed);
    expect(parsed.flaws).toEqual([]);
    const counted = parsed.value.rows.filter(({ cut }) => cut === "all").map(({ count }) => count);
    expect(sum(counted)).toBe(requests.filter(({ time }) => time >= span.start && time < span.end).length);
  });
});

it("a folder of logs holds every line once", async () => {
  const { world, scenario } = drawn("logged-no-healthy-targets", 1);
  const folder = await mkdtemp(join(tmpdir(), "lbdoctor-logs-"));
  try {
    const { objects, raw } = await writeLogs(world, folder);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile())).toHaveLength(objects);
    const lines = accessLines(world, world.start, scenario.now);
    expect(raw).toBe(sum(lines.map(({ text }) => text.length + 1)));
  } finally {
    await rm(folder, { recursive: true });
  }
});

function fieldsOf(line: string): Fields {
  const fields = new Fields(99);
  fields.cut(line);
  return fields;
}
