import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { addedUp, quantileIn } from "../../src/model/histogram.ts";
import { REST } from "../../src/model/logs.ts";
import type { Answer } from "../../src/model/question.ts";
import type { LogsGiven } from "../../src/sources/access-logs/engine.ts";
import { LiveAccessLogs } from "../../src/sources/access-logs/live.ts";
import { askLog } from "../../src/sources/access-logs/questions.ts";
import { Tally } from "../../src/sources/tally.ts";
import { startAthena } from "../loopback/athena.ts";
import { startInsights } from "../loopback/insights.ts";
import { CHECKS, CONNECTIONS, keyOf, LINES, manyLines, objectOf, SPANS } from "../sources/access-logs/engines.ts";
import { BALANCER_ARN, BROKEN } from "../sources/access-logs/lines.ts";
import { PATIENT } from "../sources/live/rig.ts";
import { createdBy, duckdb, makeTable, runSql } from "./duckdb.ts";

const GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/alb/shop";
const TABLE = "alb_logs";
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

/** The table that the statement of `explain access-log` makes, holding these lines, behind Athena. */
async function athenaOf(lines: readonly string[]) {
  const connection = await duckdb();
  const page = readFileSync(new URL("../../playbooks/terms/access-log.md", import.meta.url), "utf8");
  const created = createdBy(/```sql\n([\s\S]*?)\n```/.exec(page)?.[1] ?? "");
  // Half of them once more in another day's folder: the bounds of the partitions must leave it out.
  const placed = lines.flatMap((line, at) => [
    [line, "2026/06/26"] as const,
    ...(at % 2 === 0 ? [[line, "2026/06/24"] as const] : []),
  ]);
  await makeTable(connection, TABLE, created, placed);
  return startAthena({
    table: { name: TABLE, columns: created.columns.map(([name]) => name), keys: [["day", "string"]] },
    run: (sql) => runSql(connection, sql),
    bytes: 123_456_789,
  });
}

test("the files, Logs Insights and Athena tell the same rows of the same lines", async () => {
  const files = await told({ logs: folderOf(LINES) });
  const { statements } = await athenaOf(LINES);
  const athena = await told({ athena: "logs.alb_logs", allow: ["athena"] });
  expect(statements).toHaveLength(1);
  expect(statements[0]).toMatch(/^WITH lines AS \(\nSELECT /);
  // What the table's pattern does not fit is told, and of the other load balancer and hour nothing is.
  const unreadable = BROKEN.length;
  expect(athena.read).toMatchObject({ engine: "athena", bytes: 123_456_789, unreadable });
  expect(files.rows.length).toBeGreaterThan(50);
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

test.each([
  ["connections", CONNECTIONS, 1],
  ["checks", CHECKS, 2],
] as const)("the files and Athena tell the same rows of the %s", async (log, lines, statement) => {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-engines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const name = keyOf(log).split("/").at(-1) ?? "";
  writeFileSync(join(folder, name), gzipSync(`${lines.join("\n")}\n`));
  const asked = askLog(log, BALANCER_ARN, { bucket: "shop-logs", prefix: "" }, SPANS);
  const tell = async (given: LogsGiven) => {
    const source = new LiveAccessLogs({ environment: {}, limits: PATIENT, tally: new Tally() }, given);
    const answer = await source.ask(asked.question);
    if (answer.status === "failed") throw new Error(answer.failure.message);
    return asked.parse(answer.pages).value;
  };
  const files = await tell({ logs: folder });
  const page = readFileSync(new URL("../../playbooks/terms/access-log.md", import.meta.url), "utf8");
  const created = createdBy([...page.matchAll(/```sql\n([\s\S]*?)\n```/g)][statement]?.[1] ?? "");
  const connection = await duckdb();
  const path = `s3://shop-logs/${keyOf(log)}`;
  // Of another load balancer, and in another day's folder: neither is counted.
  const placed = lines.flatMap((line) => [
    [line, "2026/06/26", path] as const,
    [line, "2026/06/26", path.replace("app.shop.", "app.pay.")] as const,
    [line, "2026/06/24", path] as const,
  ]);
  await makeTable(connection, TABLE, created, placed);
  const { statements } = await startAthena({
    table: null,
    databases: {
      logs: [
        {
          name: TABLE,
          columns: created.columns.map(([column]) => column),
          keys: [["day", "string"]],
          parameters: { location: "s3://shop-logs/AWSLogs/" },
        },
      ],
    },
    run: (sql) => runSql(connection, sql),
  });
  const athena = await tell({ allow: ["athena"] });
  expect(statements).toHaveLength(1);
  expect(athena.read).toMatchObject({ engine: "athena", unreadable: 1 });
  expect(files.rows.length).toBeGreaterThan(6);
  expect(athena.rows).toEqual(files.rows);
});

test.each([1, 2])("so they do where there is more than is told, with ties (%i)", async (seed) => {
  const lines = manyLines(4_000, seed);
  const files = await told({ logs: folderOf(lines) });
  // Something of the long cuts is left out, so that it is held which.
  for (const cut of ["target", "path", "client", "made", "target-path"])
    expect(files.rows.some((row) => row.cut === cut && row.key[0] === REST)).toBe(true);
  await athenaOf(lines);
  expect((await told({ athena: "logs.alb_logs", allow: ["athena"] })).rows).toEqual(files.rows);
});

/** The lines of the files by a reader of its own: other code, other patterns, exact quantiles. */
test("DuckDB counts the files as they are counted here", async () => {
  const folder = folderOf(manyLines(20_000, 3));
  const { rows, read } = await told({ logs: folder });
  expect(read).toMatchObject({ lines: 20_000, unreadable: 0 });
  const connection = await duckdb();
  await connection.run(`CREATE TABLE told AS SELECT
    regexp_extract(line, '^\\S+ (\\S{16})', 1) || ':00Z' AS minute,
    regexp_extract(line, '^(?:\\S+ ){4}(\\S+)', 1) AS target,
    CAST(regexp_extract(line, '^(?:\\S+ ){6}(\\S+)', 1) AS DOUBLE) AS seconds,
    regexp_extract(line, '^(?:\\S+ ){8}(\\S+)', 1) AS status,
    regexp_extract(line, '^(?:\\S+ ){9}(\\S+)', 1) AS target_status
    FROM read_csv('${folder}/*.gz', columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false)`);
  const measures = `count(*)::INTEGER, (count(*) FILTER (target_status LIKE '5__'))::INTEGER,
    (count(*) FILTER (target_status = '-' AND status LIKE '5__'))::INTEGER, (count(*) FILTER (target_status = '-' AND status = '460'))::INTEGER,
    coalesce(sum(round(seconds * 1000)) FILTER (seconds >= 0), 0)::INTEGER,
    quantile_disc(seconds, 0.5) FILTER (seconds >= 0), quantile_disc(seconds, 0.99) FILTER (seconds >= 0)`;
  const own = (cut: string, key: string) => {
    const of = rows.filter((row) => row.cut === cut && (cut === "all" || row.key[0] === key));
    const sum = (measure: "count" | "failed" | "made" | "gaveUp" | "sum") =>
      of.reduce((all, row) => all + row[measure], 0);
    const times = addedUp(of.map((row) => row.times));
    const figures = [sum("count"), sum("failed"), sum("made"), sum("gaveUp"), sum("sum")];
    return { figures, quantiles: [quantileIn(times, 0.5), quantileIn(times, 0.99)] };
  };
  for (const [cut, column] of [
    ["all", "''"],
    ["minute", "minute"],
  ] as const) {
    const reader = await connection.runAndReadAll(`SELECT ${column}, ${measures} FROM told GROUP BY 1`);
    expect(reader.currentRowCount).toBe(cut === "all" ? 1 : 10);
    for (const [key, ...theirs] of reader.getRows()) {
      const { figures, quantiles } = own(cut, String(key));
      expect([key, figures]).toEqual([key, theirs.slice(0, 5)]);
      for (const [at, quantile] of quantiles.entries()) {
        const exact = Number(theirs[5 + at]);
        // A half octave wide, so its middle is off by a fifth at most; see histogram.ts.
        expect(Math.abs((quantile ?? 0) - exact)).toBeLessThanOrEqual(0.2 * exact + 0.001);
      }
    }
  }
  // Of targets the busiest are told, each in its own row.
  const reader = await connection.runAndReadAll(
    `SELECT target, count(*)::INTEGER FROM told GROUP BY 1 ORDER BY 2 DESC LIMIT 20`,
  );
  for (const [target, count] of reader.getRows())
    expect([target, own("target", String(target)).figures[0]]).toEqual([target, count]);
});
