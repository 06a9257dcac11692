import { describe, expect, test, vi } from "vitest";
import type { Consent } from "../../../src/model/consent.ts";
import { ANSWER, countLines, MOST_ROWS, type Table } from "../../../src/sources/access-logs/athena-sql.ts";
import { ACCESS_LOGS } from "../../../src/sources/access-logs/descriptor.ts";
import { LiveAccessLogs } from "../../../src/sources/access-logs/live.ts";
import { askLog, type Log } from "../../../src/sources/access-logs/questions.ts";
import { tableName } from "../../../src/sources/access-logs/table-name.ts";
import { Tally } from "../../../src/sources/tally.ts";
import { type AthenaAnswers, startAthena } from "../../loopback/athena.ts";
import { PATIENT } from "../live/rig.ts";
import { CHECK_COLUMNS, COLUMNS, CONNECTION_COLUMNS, SPANS } from "./engines.ts";
import { BALANCER_ARN } from "./lines.ts";

const ROW = ["0", "targetgroup/shop/73e2d6bc24d8a067", "all", "", "11", "1", "0", "0", "0", "48"];
const NAME = { catalog: "AwsDataCatalog", database: "logs", table: "alb_logs" };
const DAY = { name: "alb_logs", columns: COLUMNS, keys: [["day", "string"]] } as const;

const question = (log: Log = "requests") => askLog(log, BALANCER_ARN, { bucket: null, prefix: "logs" }, SPANS).question;
const live = (allow: readonly Consent[] = ["athena"], tally = new Tally(), stop?: AbortSignal) =>
  new LiveAccessLogs({ environment: {}, limits: PATIENT, tally, stop }, { athena: "logs.alb_logs", allow });
const start = (more: Partial<AthenaAnswers> = {}) =>
  startAthena({ table: DAY, run: async () => ({ columns: ANSWER, rows: [ROW] }), ...more });

test("nothing is asked of Athena without consent; the gap says how to give it, and what it costs", async () => {
  const { asked } = await start();
  expect(await live([]).ask(question())).toMatchObject({
    failure: { kind: "forbidden", message: expect.stringMatching(/--allow athena.* 5 USD a TB/) },
  });
  expect(asked).toEqual([]);
});

test("what a query scans is billed, ten MB at least, also where it fails", async () => {
  const tally = new Tally();
  await start({ bytes: 2_000_000 });
  expect(await live(["athena"], tally).ask(question())).toMatchObject({ status: "answered" });
  expect(tally.inWords([ACCESS_LOGS])).toMatch(/; 10 MB scanned by Athena, at most 0\.00010 USD$/);
  await start({ bytes: 30_000_000, fails: "HIVE_BAD_DATA: something" });
  expect(await live(["athena"], tally).ask(question())).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("ended as FAILED: HIVE_BAD_DATA") },
  });
  expect(tally.inWords([ACCESS_LOGS])).toContain("; 40 MB scanned by Athena");
});

test("a table that does not exist is a gap that leads to the statement for one, and nothing is run", async () => {
  const { asked } = await start({ table: null });
  const { remedies } = askLog("requests", BALANCER_ARN, { bucket: null, prefix: "" }, SPANS);
  expect(await live().ask(question())).toMatchObject({
    failure: { kind: "malformed", message: "Athena knows no table logs.alb_logs" },
  });
  expect(remedies?.malformed).toContain("lbdoctor explain access-log");
  expect(asked).toEqual(["GetTableMetadata"]);
});

test("that S3 refuses Athena the files is told as a lack of permission", async () => {
  await start({ fails: "Access Denied (Service: Amazon S3; Status Code: 403)" });
  expect(await live().ask(question())).toMatchObject({
    failure: { kind: "forbidden", message: expect.stringContaining("ended as FAILED: Access Denied") },
  });
});

test("a table without partitions by day, or without the columns, is not queried", async () => {
  const { asked } = await start({ table: { ...DAY, keys: [["region", "string"]] } });
  expect(await live().ask(question())).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("has no partitions by day") },
  });
  await start({ table: { ...DAY, columns: ["time", "message"] } });
  expect(await live().ask(question())).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("the table logs.alb_logs lacks type, elb") },
  });
  expect(asked).not.toContain("StartQueryExecution");
});

test("more rows than are fetched are a gap, and so is what is no row of the answer", async () => {
  const failure = async (rows: (readonly string[])[]) => {
    await start({ run: async () => ({ columns: ANSWER, rows }) });
    return live().ask(question());
  };
  expect(await failure(Array.from({ length: MOST_ROWS + 1 }, () => ROW))).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining(`more than ${MOST_ROWS} rows`) },
  });
  expect(await failure([ROW.map((cell) => cell.replace("all", "sum"))])).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("a cut that was not asked for") },
  });
  expect(await failure([ROW.map((cell) => cell.replace("48", "many"))])).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("sum is no number") },
  });
  expect(await failure([ROW.map((cell) => cell.replace("11", "4000000000"))])).toMatchObject({
    failure: { kind: "malformed", message: expect.stringContaining("no such bucket of times") },
  });
}, 120_000);

test("a query that nobody waits for any more is stopped", async () => {
  const stop = new AbortController();
  const { asked } = await start({ hangs: true });
  const answer = live(["athena"], new Tally(), stop.signal).ask(question());
  await vi.waitFor(() => expect(asked).toContain("GetQueryExecution"), { timeout: 10_000 });
  stop.abort();
  expect(await answer).toMatchObject({ status: "failed" });
  expect(asked.at(-1)).toBe("StopQueryExecution");
});

test("a query that takes too long is stopped, and is a gap", async () => {
  const { asked } = await start({ hangs: true });
  const limits = { ...PATIENT, whole: 1_500 };
  const source = new LiveAccessLogs(
    { environment: {}, limits, tally: new Tally() },
    { athena: "logs.alb_logs", allow: ["athena"] },
  );
  expect(await source.ask(question())).toMatchObject({
    failure: { kind: "timeout", message: "Athena gave no complete answer within 2 s" },
  });
  expect(asked.at(-1)).toBe("StopQueryExecution");
});

test("the table that is named is of access logs: the others are read where the load balancer writes them", async () => {
  const { asked } = await start();
  expect(await live().ask(question("connections"))).toMatchObject({ failure: { kind: "missing" } });
  expect(asked).toEqual([]);
});

describe("a table that nobody names", () => {
  const FOLDER = "s3://shop-logs/logs/AWSLogs/123456789012/elasticloadbalancing/eu-central-1";
  const at = (name: string, location: string, more: { [name: string]: string } = {}, columns = COLUMNS) => ({
    ...DAY,
    name,
    columns,
    parameters: { location, ...more },
  });
  const projected = { "projection.enabled": "true" };
  const ask = async (databases: AthenaAnswers["databases"] & object, log: Log = "requests") => {
    const athena = await start({ table: null, databases });
    const source = new LiveAccessLogs({ environment: {}, limits: PATIENT, tally: new Tally() }, { allow: ["athena"] });
    const place = { bucket: "shop-logs", prefix: "logs" };
    return { athena, answer: await source.ask(askLog(log, BALANCER_ARN, place, SPANS).question) };
  };

  test.each([
    ["the folder itself", at("t", FOLDER)],
    ["the folder itself, with its slash", at("t", `${FOLDER}/`)],
    ["one above", at("t", "s3://shop-logs/logs/AWSLogs/")],
    ["the bucket", at("t", "s3a://shop-logs")],
    ["its projection", at("t", "s3://elsewhere/", { ...projected, "storage.location.template": `${FOLDER}/\${day}` })],
    [
      "a projection of accounts",
      at("t", FOLDER, {
        ...projected,
        "storage.location.template": `s3://shop-logs/logs/AWSLogs/a=\${account}/\${day}`,
      }),
    ],
  ])("is found by %s, whatever else there is", async (_, table) => {
    const { athena, answer } = await ask({
      empty: [],
      sales: [at("orders", "s3://shop-orders/"), at("logs", "s3://shop-logs/other/"), at("near", `${FOLDER}-old/`)],
      ops: [at("days", `${FOLDER}/2026/06/26`), at("conn", FOLDER, {}, ["time", "client_ip"]), table],
    });
    expect(answer).toMatchObject({ status: "answered" });
    expect(athena.statements[0]).toContain('FROM "AwsDataCatalog"."ops"."t"\n');
  });

  test("is none where several fit: all are named, and none is queried", async () => {
    const { athena, answer } = await ask({ ops: [at("b", FOLDER)], a: [at("x", "s3://shop-logs/")] });
    expect(answer).toMatchObject({
      failure: {
        kind: "malformed",
        message: expect.stringContaining(`in ${FOLDER}: a.x, ops.b; name one with --athena`),
      },
    });
    expect(athena.statements).toEqual([]);
  });

  test.each([
    [{ ops: [at("b", "s3://shop")] }, /in s3:\S+eu-central-1: `lbdoctor explain access-log` has the statement/],
    [{ ops: [at("b", FOLDER, {}, ["time"])] }, / \(ops\.b lacks columns of it\): `lbdoctor explain access-log`/],
    [
      { ops: [at("b", "s3://elsewhere", { "storage.location.template": FOLDER })] },
      /Athena has no table of the access log/,
    ],
  ])("is a gap where none fits (%#), with what makes one", async (databases, message) => {
    const { answer } = await ask(databases);
    expect(answer).toMatchObject({ failure: { kind: "malformed", message: expect.stringMatching(message) } });
  });

  test("is not looked for among more databases than anybody would search", async () => {
    const { athena, answer } = await ask(Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`d${at}`, []])));
    expect(answer).toMatchObject({ failure: { message: expect.stringContaining("more than 200 databases") } });
    expect(athena.asked).not.toContain("ListTableMetadata");
  });

  test.each([
    ["connections", CONNECTION_COLUMNS],
    ["checks", CHECK_COLUMNS],
  ] as const)(
    "is found of the %s by its columns, and is asked for the load balancer's files only",
    async (log, columns) => {
      const { athena, answer } = await ask({ ops: [at("access", FOLDER), at("own", FOLDER, {}, columns)] }, log);
      expect(answer).toMatchObject({ status: "answered" });
      expect(athena.statements).toHaveLength(1);
      expect(athena.statements[0]).toContain('FROM "AwsDataCatalog"."ops"."own"\nWHERE "day" IN (');
      expect(athena.statements[0]).toContain("_eu-central-1_app.shop.50dc6c495c0c9188_') > 0 AND ((");
    },
  );

  test.each(["connections", "checks"] as const)(
    "of the %s that is not there leaves their files to be read",
    async (log) => {
      const { athena, answer } = await ask({ ops: [at("access", FOLDER)] }, log);
      expect(athena.statements).toEqual([]);
      expect(JSON.stringify(answer)).not.toContain("Athena");
    },
  );
});

test("a workgroup without a place for results is told in one sentence, and another may be named", async () => {
  await start({ workgroup: "ops" });
  expect(await live().ask(question())).toMatchObject({
    failure: {
      kind: "malformed",
      message:
        "the Athena workgroup primary has no place for results: give it a query result location or managed query results, or name another with --athena-workgroup",
    },
  });
  const given = { athena: "logs.alb_logs", athenaWorkgroup: "ops", allow: ["athena"] as const };
  const source = new LiveAccessLogs({ environment: {}, limits: PATIENT, tally: new Tally() }, given);
  expect(await source.ask(question())).toMatchObject({ status: "answered" });
});

describe("the statement", () => {
  const table = (keys: Table["keys"], parameters: Table["parameters"] = {}): Table => ({
    columns: COLUMNS.map((name) => ({ name, type: "string" })),
    keys,
    parameters,
  });
  const key = (name: string, type = "string") => ({ name, type });
  const sql = (keys: Table["keys"], parameters?: Table["parameters"], arn = BALANCER_ARN) =>
    countLines("requests", NAME, table(keys, parameters), arn, SPANS);

  test.each([
    [[key("day")], {}, `"day" IN ('2026/06/26', '2026-06-26', '20260626')`],
    [[key("day")], { "projection.day.format": "yyyy/MM/dd" }, `"day" IN ('2026/06/26')`],
    [[key("day")], { "projection.day.format": "yyyy-MM-dd" }, `"day" IN ('2026-06-26')`],
    [[key("dt", "date")], {}, `"dt" IN (DATE '2026-06-26')`],
    [[key("year"), key("month"), key("day")], {}, `(("year" = '2026' AND "month" = '06' AND "day" = '26'))`],
    [
      [key("year", "int"), key("month", "int"), key("day", "int")],
      {},
      `(("year" = 2026 AND "month" = 6 AND "day" = 26))`,
    ],
    [
      [key("region"), key("account_id"), key("day")],
      {},
      `"day" IN ('2026/06/26', '2026-06-26', '20260626') AND "region" = 'eu-central-1' AND "account_id" = '123456789012'`,
    ],
  ])("keeps to the partitions %j %j", (keys, parameters, bounds) => {
    expect(sql(keys, parameters)).toContain(`\nWHERE ${bounds}\n`);
  });

  test.each([[[]], [[key("region")]], [[key("hour")]]])("is not made where %j are all the keys", (keys) => {
    expect(sql(keys)).toBeNull();
  });

  test.each(["dd.MM.yyyy", "constructor"])("is not made for days in the form %s, which nobody knows", (format) => {
    expect(sql([key("day")], { "projection.day.format": format })).toBeNull();
  });

  test("names the table once, so that it is scanned once", () => {
    expect(sql([key("day")])?.split('"alb_logs"')).toHaveLength(2);
  });

  test("reads the next day's folder, too, where files come late", () => {
    const late = [{ start: Date.parse("2026-06-26T23:50:00Z") / 1000, end: Date.parse("2026-06-26T23:55:00Z") / 1000 }];
    expect(countLines("requests", NAME, table([key("dt", "date")]), BALANCER_ARN, late)).toContain(
      "IN (DATE '2026-06-26', DATE '2026-06-27')",
    );
  });

  test("holds a hostile name as a text", () => {
    const hostile = "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/x' OR 1=1 --/y";
    expect(sql([key("day")], {}, hostile)).toContain("((elb = 'app/x'' OR 1=1 --/y' AND");
  });
});

test.each(["a;b", 'a"b', "a.b.c.d", "", "a b", "a..b", "x'--"])("%j is no name of a table", (text) => {
  expect(tableName(text)).toBeNull();
});

test.each([
  ["alb", { catalog: "AwsDataCatalog", database: "default", table: "alb" }],
  ["logs.alb", { catalog: "AwsDataCatalog", database: "logs", table: "alb" }],
  ["cat.logs.alb-1", { catalog: "cat", database: "logs", table: "alb-1" }],
])("%s is a table", (text, name) => {
  expect(tableName(text)).toEqual(name);
});
