import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Answer } from "../../src/model/question.ts";
import { ANSWER } from "../../src/sources/access-logs/athena-sql.ts";
import type { LogsGiven } from "../../src/sources/access-logs/engine.ts";
import { LiveAccessLogs } from "../../src/sources/access-logs/live.ts";
import { askLog, type LogsAnswer } from "../../src/sources/access-logs/questions.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import { Tally } from "../../src/sources/tally.ts";
import { startAthena } from "../loopback/athena.ts";
import { FAULTS, type Fault } from "../loopback/faults.ts";
import { startInsights } from "../loopback/insights.ts";
import { startBucket } from "../sources/access-logs/bucket.ts";
import { COLUMNS, keyOf, LINES, SPANS } from "../sources/access-logs/engines.ts";
import { BALANCER_ARN } from "../sources/access-logs/lines.ts";
import { kindsOf } from "./faults-columns.ts";

/*
 * The fault matrix of the engines that read logs: each request of each engine meets each fault, whenever it comes. What
 * comes of it is a gap of the fault's kind or the whole answer, never other rows.
 */

/** Where an answer never comes: short. The others have time, however busy the machine is. */
const QUICK = { ...LIMITS, question: 2_000, throttled: 2_000, connect: 700, request: 700, bytes: 2 ** 22 };
const PATIENT = { ...QUICK, question: 30_000, request: 20_000, connect: 10_000 };
const HOPELESS: readonly Fault[] = ["silent", "trickle", "throttled", "throttled-for-long"];

const GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/alb/shop";
const LOCATION = { location: "s3://shop-logs/AWSLogs/" };
type Failing = (operation: string) => Fault | null;

interface Engine {
  readonly given: LogsGiven;
  readonly bucket: string | null;
  readonly operations: readonly string[];
  start(failing: Failing): Promise<unknown>;
}

const ENGINES: { readonly [name: string]: Engine } = {
  s3: {
    given: {},
    bucket: "shop-logs",
    operations: ["LIST", "GET"],
    start: (failing) => startBucket(new Map([[keyOf("requests"), gzipSync(LINES.join("\n"))]]), false, failing),
  },
  insights: {
    given: { allow: ["insights"] },
    bucket: null,
    operations: [
      "DescribeDeliverySources",
      "DescribeDeliveries",
      "GetDeliveryDestination",
      "StartQuery",
      "GetQueryResults",
    ],
    start: (failing) =>
      startInsights({
        groups: { [GROUP]: LINES.map((message) => ({ timestamp: SPANS[0].start * 1000, message })) },
        deliveries: [[BALANCER_ARN, "ALB_ACCESS_LOGS", GROUP]],
        failing,
      }),
  },
  "athena, where the table is found": {
    given: { allow: ["athena"] },
    bucket: "shop-logs",
    operations: ["ListDatabases", "ListTableMetadata"],
    start: (failing) =>
      startAthena({
        table: null,
        databases: { logs: [{ name: "alb", columns: COLUMNS, keys: [["day", "string"]], parameters: LOCATION }] },
        run: async () => ({ columns: ANSWER, rows: [["0", "-", "all", "", "11", "1", "0", "0", "0", "48"]] }),
        failing,
      }),
  },
  athena: {
    given: { athena: "logs.alb", allow: ["athena"] },
    bucket: null,
    operations: ["GetTableMetadata", "StartQueryExecution", "GetQueryExecution", "GetQueryResults"],
    start: (failing) =>
      startAthena({
        table: { name: "alb", columns: COLUMNS, keys: [["day", "string"]] },
        run: async () => ({ columns: ANSWER, rows: [["0", "-", "all", "", "11", "1", "0", "0", "0", "48"]] }),
        failing,
      }),
  },
};

async function ask({ given, bucket }: Engine, limits = PATIENT): Promise<Answer> {
  const { question } = askLog("requests", BALANCER_ARN, { bucket, prefix: "" }, SPANS);
  return new LiveAccessLogs({ environment: {}, limits, tally: new Tally() }, given).ask(question);
}

function told(answer: Answer): string {
  if (answer.status === "failed") return answer.failure.kind;
  const { read, rows } = answer.pages[0] as LogsAnswer;
  return read.broken > 0 ? "broken" : JSON.stringify(rows);
}

test.each(Object.keys(ENGINES))(
  "every request of %s meets every fault, and no other rows come of it",
  { timeout: 600_000 },
  async (name) => {
    const engine = ENGINES[name] as Engine;
    let now: { readonly operation: string; readonly fault: Fault } | null = null;
    await engine.start((operation) => (now?.operation === operation ? now.fault : null));
    const right = told(await ask(engine));
    const wrong: string[][] = [];
    for (const operation of engine.operations)
      for (const fault of FAULTS) {
        now = { operation, fault };
        const found = told(await ask(engine, HOPELESS.includes(fault) ? QUICK : PATIENT));
        const kinds: readonly string[] | null = kindsOf({ source: "access-logs", operation, input: {} }, fault);
        // A file that is none, or breaks off, is passed over and told.
        const may = [...(kinds?.length ? kinds : [right]), ...(operation === "GET" ? ["broken"] : [])];
        if (!may.includes(found)) wrong.push([operation, fault, found, ...may].map((one) => one.slice(0, 60)));
      }
    expect(wrong).toEqual([]);
  },
);
