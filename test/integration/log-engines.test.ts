import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { Answer } from "../../src/model/question.ts";
import { createTable } from "../../src/sources/access-logs/athena-ddl.ts";
import type { LogsGiven } from "../../src/sources/access-logs/engine.ts";
import { LiveAccessLogs } from "../../src/sources/access-logs/live.ts";
import { askLog } from "../../src/sources/access-logs/questions.ts";
import { Tally } from "../../src/sources/tally.ts";
import { startAthena } from "../loopback/athena.ts";
import { startInsights } from "../loopback/insights.ts";
import { LINES, objectOf, SPANS } from "../sources/access-logs/engines.ts";
import { BALANCER_ARN } from "../sources/access-logs/lines.ts";
import { PATIENT } from "../sources/live/rig.ts";
import { createdBy, duckdb, makeTable, runSql } from "./duckdb.ts";

const GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/alb/shop";
const NAME = { catalog: "AwsDataCatalog", database: "logs", table: "alb_logs" };
const question = askLog("requests", BALANCER_ARN, { bucket: null, prefix: "" }, SPANS);

async function told(given: LogsGiven) {
  const source = new LiveAccessLogs({ environment: {}, limits: PATIENT, tally: new Tally() }, given);
  const answer: Answer = await source.ask(question.question);
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return question.parse(answer.pages).value;
}

function folderOf(lines: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-engines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.log.gz"), gzipSync(`${lines.join("\n")}\n`));
  return folder;
}

/** The table that the printed command makes, holding these lines, behind Athena. */
async function athenaOf(lines: readonly string[]) {
  const connection = await duckdb();
  const command = createTable(NAME, BALANCER_ARN, { bucket: "shop-logs", prefix: "" });
  const statement = command.slice(command.indexOf("'CREATE") + 1, -1).replaceAll("'\\''", "'");
  const created = createdBy(statement);
  // Half of them once more in another day's folder: the bounds of the partitions must leave it out.
  const placed = lines.flatMap((line, at) => [
    [line, "2026/06/26"] as const,
    ...(at % 2 === 0 ? [[line, "2026/06/24"] as const] : []),
  ]);
  await makeTable(connection, NAME.table, created, placed);
  return startAthena({
    table: { name: NAME.table, columns: created.columns.map(([name]) => name), keys: [["day", "string"]] },
    run: (sql) => runSql(connection, sql),
    bytes: 123_456_789,
  });
}

test("the files, Logs Insights and Athena tell the same rows of the same lines", async () => {
  const files = await told({ logs: folderOf(LINES) });
  const { statements } = await athenaOf(LINES);
  const athena = await told({ athena: "logs.alb_logs", allow: ["athena"] });
  expect(statements).toHaveLength(1);
  expect(statements[0]).toMatch(/^SELECT /);
  expect(athena.read).toMatchObject({ engine: "athena", bytes: 123_456_789 });
  expect(athena.rows).toEqual(files.rows);
  for (const messages of [LINES, LINES.map((line) => objectOf("requests", line))]) {
    const events = messages.map((message) => {
      const at = Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(message)?.[0] ?? "");
      return { timestamp: Number.isNaN(at) ? SPANS[0].start * 1000 : at, message };
    });
    await startInsights({ groups: { [GROUP]: events }, deliveries: [[BALANCER_ARN, "ALB_ACCESS_LOGS", GROUP]] });
    expect((await told({ allow: ["insights"] })).rows).toEqual(files.rows);
  }
});
