import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { LogRow } from "../../../src/model/logs.ts";
import type { Answer } from "../../../src/model/question.ts";
import { LiveAccessLogs } from "../../../src/sources/access-logs/live.ts";
import { keyPrefixes, matters, named } from "../../../src/sources/access-logs/object-key.ts";
import { askLog } from "../../../src/sources/access-logs/questions.ts";
import { Tally } from "../../../src/sources/tally.ts";
import { PATIENT } from "../live/rig.ts";
import { startBucket } from "./bucket.ts";
import { BALANCER_ARN, BROKEN, MIXED, requestText } from "./lines.ts";

const START = Date.parse("2026-06-26T08:00:00Z") / 1000;
const SPANS = [
  { start: START, end: START + 300 },
  { start: START + 1200, end: START + 1500 },
];
const FOLDER = "logs/AWSLogs/123456789012/elasticloadbalancing/eu-central-1";
const file = (end: string, log = "", day = "2026/06/26") =>
  `${FOLDER}/${day}/${log}123456789012_elasticloadbalancing_eu-central-1_app.shop.50dc6c495c0c9188_${end}_10.0.0.9_4xk2d1.log.gz`;
const ask = (log: "requests" | "connections" | "checks" = "requests", spans = SPANS) =>
  askLog(log, BALANCER_ARN, { bucket: "shop-logs", prefix: "logs" }, spans);
const packed = (lines: readonly string[]) => gzipSync(`${lines.join("\n")}\n`);

const live = (folder?: string, tally = new Tally(), stop?: AbortSignal) =>
  new LiveAccessLogs({ environment: {}, limits: PATIENT, tally, stop }, { logs: folder });

function rowsOf(answer: Answer, log: Parameters<typeof ask>[0] = "requests") {
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return ask(log).parse(answer.pages).value;
}
const find = (rows: readonly LogRow[], cut: string, ...key: string[]) =>
  rows.filter((row) => row.cut === cut && (key.length === 0 || row.key.join(" ") === key.join(" ")));

/** A folder with these files; it ends with the test. */
function folderOf(files: ReadonlyMap<string, Buffer | string>): string {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-logs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of files) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

test("a folder is counted by target, path, rule, client, agent, size and signature", async () => {
  const folder = folderOf(new Map([["a.log", [...MIXED, ...BROKEN].join("\n")]]));
  const { read, rows } = rowsOf(await live(folder).ask(ask().question));
  expect(read).toMatchObject({
    engine: "files",
    objects: 1,
    lines: MIXED.length + BROKEN.length,
    unreadable: BROKEN.length,
    broken: 0,
  });
  const all = find(rows, "all");
  // Two of the lines are another load balancer's, or of another time.
  expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(MIXED.length - 2);
  expect(all.map(({ group }) => group).sort()).toEqual(["-", "targetgroup/shop/73e2d6bc24d8a067"]);
  expect(all.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
  expect(all.reduce((sum, { made }) => sum + made, 0)).toBe(3);
  expect(all.reduce((sum, { gaveUp }) => sum + gaveUp, 0)).toBe(1);
  expect(find(rows, "path", "GET", "/v1/orders/*/items").some(({ count }) => count > 5)).toBe(true);
  expect(find(rows, "path", "PUT", "/v1/files/*")[0]?.sum).toBe(8200);
  expect(find(rows, "made", "0 60 -1 504 -", "10.0.3.7:8080", "-")).toHaveLength(1);
  expect(find(rows, "client", "2001:db8:0:0:0:0:0:7")).toHaveLength(1);
  expect(find(rows, "size", "more than 8 MB")).toHaveLength(1);
  for (const cut of ["target", "path", "rule", "client", "agent", "size", "type", "minute"])
    expect(
      find(rows, cut).reduce((sum, { count }) => sum + count, 0),
      cut,
    ).toBe(MIXED.length - 2);
  // Nothing of a query or of an agent is told.
  expect(JSON.stringify(rows)).not.toMatch(/secret|AppleWebKit|8412/);
});

test("only the objects whose minutes matter are read, page after page, and their bytes are billed", async () => {
  const objects = new Map([
    [file("20260626T0755Z"), packed(MIXED)],
    [file("20260626T0800Z"), packed(MIXED)],
    [file("20260626T0805Z"), packed(MIXED)],
    [file("20260626T0810Z"), packed(MIXED)],
    [file("20260626T0820Z"), packed(MIXED)],
    [file("20260626T0825Z"), packed(MIXED)],
    [file("20260626T0830Z"), packed(MIXED)],
    [file("20260626T0805Z", "conn_log."), packed([])],
    [
      `${FOLDER}/2026/06/26/123456789012_elasticloadbalancing_eu-central-1_app.shop.other_20260626T0805Z_10.0.0.9_x.log.gz`,
      packed(MIXED),
    ],
  ]);
  const bucket = await startBucket(objects);
  const tally = new Tally();
  const { read, rows } = rowsOf(await live(undefined, tally).ask(ask().question));
  expect(bucket.requests.filter((one) => one.startsWith("GET"))).toEqual([
    `GET ${file("20260626T0805Z")}`,
    `GET ${file("20260626T0825Z")}`,
  ]);
  expect(read.objects).toBe(2);
  expect(read.bytes).toBe(2 * packed(MIXED).length);
  expect(find(rows, "all").reduce((sum, { count }) => sum + count, 0)).toBe(2 * (MIXED.length - 2));
  expect(tally.inWords([{ id: "access-logs", place: "logs", price: { unit: "MB of logs", usd: 1 } }])).toContain(
    "1 MB of logs",
  );
});

test("a file that was cut counts as far as it goes, and costs no other", async () => {
  const whole = packed(Array.from({ length: 5000 }, (_, line) => requestText({ client: `203.0.113.${line % 250}:1` })));
  const folder = folderOf(
    new Map([
      ["a.log.gz", whole.subarray(0, whole.length / 2)],
      ["b.log.gz", packed(MIXED)],
      ["c.log.gz", Buffer.from("no gzip at all")],
    ]),
  );
  const { read } = rowsOf(await live(folder).ask(ask().question));
  expect(read.broken).toBe(2);
  expect(read.lines).toBeGreaterThan(MIXED.length + 1000);
});

test("the connection log and the health-check log are found by their names", async () => {
  const connection = (status: string, latency = "4.036") =>
    `2026-06-26T08:01:02.345678Z 203.0.113.7 36280 443 TLSv1.3 TLS_AES_128_GCM_SHA256 ${latency} "-" - - ${status} TID_1`;
  const check = (status: string, reason: string) =>
    `http 2026-06-26T08:01:02.345678Z 0.019 10.0.3.7:8080 shop ${status} - ${reason}`;
  const folder = folderOf(
    new Map([
      [file("20260626T0805Z", "conn_log."), packed([connection("-"), connection("Failed:ClientCertExpired", "-")])],
      [
        file("20260626T0805Z", "health_check_log_"),
        packed([check("PASS", "-"), check("FAIL", "Timeout"), check("FAIL", "Timeout")]),
      ],
    ]),
  );
  const connections = rowsOf(await live(folder).ask(ask("connections").question), "connections");
  expect(find(connections.rows, "failure", "Failed:ClientCertExpired", "443", "TLSv1.3")[0]?.count).toBe(1);
  const checks = rowsOf(await live(folder).ask(ask("checks").question), "checks");
  expect(find(checks.rows, "failure", "10.0.3.7:8080", "-", "Timeout")[0]?.count).toBe(2);
  const requests = await live(folder).ask(ask().question);
  expect(requests).toMatchObject({ status: "failed", failure: { kind: "missing" } });
});

test("what cannot be read is told by its kind", async () => {
  expect(await live("/nowhere/at/all").ask(ask().question)).toMatchObject({ failure: { kind: "missing" } });
  await startBucket(new Map());
  expect(await live().ask(ask().question)).toMatchObject({
    failure: { kind: "missing", message: expect.stringContaining("s3://shop-logs/logs/AWSLogs/123456789012/") },
  });
  await startBucket(new Map(), true);
  expect(await live().ask(ask().question)).toMatchObject({ failure: { kind: "forbidden" } });
});

test("a reading ends when it is stopped", async () => {
  const stop = new AbortController();
  const folder = folderOf(new Map([["a.log.gz", packed(MIXED)]]));
  stop.abort();
  expect(await live(folder, new Tally(), stop.signal).ask(ask().question)).toMatchObject({ status: "failed" });
});

test("the names of files say whose they are, and which minutes they hold", () => {
  expect(named(file("20260626T0805Z"))).toEqual({
    log: "requests",
    loadBalancer: "app/shop/50dc6c495c0c9188",
    end: START + 300,
  });
  expect(named(file("20260626T0805Z", "health_check_log_"))?.log).toBe("checks");
  expect(named("notes.log")).toBeNull();
  expect(
    [START, START + 60, START + 599, START + 600].map((end) => matters(end, [{ start: START, end: START + 300 }])),
  ).toEqual([false, true, true, false]);
  // Of the last minutes of a day the file ends with the next, and lies in its folder.
  const late = [{ start: Date.parse("2026-06-26T23:57:00Z") / 1000, end: Date.parse("2026-06-26T23:59:00Z") / 1000 }];
  const prefixes = keyPrefixes("requests", BALANCER_ARN, { bucket: "b", prefix: "/logs/" }, late);
  expect(prefixes.some((prefix) => file("20260627T0000Z", "", "2026/06/27").startsWith(prefix))).toBe(true);
});
