import type { Answer, Input, Json } from "../../src/model/question.ts";
import { epoch } from "../../src/model/time.ts";
import { aggregate } from "../../src/sources/access-logs/aggregate.ts";
import type { Log } from "../../src/sources/access-logs/questions.ts";
import { logObjects } from "../logs/objects.ts";
import type { LogKind } from "../logs/spec.ts";
import type { World } from "../world.ts";

const KINDS: Readonly<Record<Log, LogKind>> = { requests: "access", connections: "connection", checks: "health-check" };
/** Bytes of a log's lines for each byte that they take packed: about what these lines give. */
const PACKING = 8;

/** The rows that the product's own reader makes of the objects in the bucket: of those whose five minutes matter. */
export function accessLogsAnswer(world: World, operation: string, input: Input): Answer {
  const { logs } = world.scenario;
  const log = operation as Log;
  const there = logs?.on.includes(KINDS[log]) && input.bucket === logs.bucket && (input.prefix ?? "") === logs.prefix;
  if (!there)
    return { status: "failed", failure: { kind: "missing", message: "there are no log files at this place" } };
  const spans = (Array.isArray(input.spans) ? input.spans : []).map((span: Json) => {
    const { start, end } = span as Input;
    return { start: epoch(start), end: epoch(end) };
  });
  const counted = aggregate(log, String(input.loadBalancer), spans);
  const read = new Set<string>();
  let bytes = 0;
  for (const { start, end } of spans)
    for (const { key, lines } of logObjects(world, KINDS[log], start, Math.min(end, world.scenario.now))) {
      if (read.has(key)) continue;
      read.add(key);
      for (const line of lines) {
        counted.add(line);
        bytes += line.length + 1;
      }
    }
  return {
    status: "answered",
    pages: [
      {
        read: {
          engine: "files",
          objects: read.size,
          bytes: Math.round(bytes / PACKING),
          lines: counted.lines,
          unreadable: counted.unreadable,
          broken: 0,
        },
        rows: counted.rows(),
      },
    ],
  };
}
