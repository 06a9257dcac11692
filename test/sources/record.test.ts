import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Answer } from "../../src/model/question.ts";
import type { Source } from "../../src/sources/port.ts";
import { BIN, complaint, lbdoctor } from "../cli/lbdoctor.ts";
import { remembering, WorldSource, worldOf } from "../integration/worlds.ts";
import { type CommandLine, commandLine } from "./command-line.ts";

/* `record` and `redact` as commands: what is written can be shared, and replays to the same verdict. */

/** Every file under a folder, as one text. */
function contents(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

/** Things that the cluster and AWS tell of and that must not leave the house. */
const SECRETS = {
  password: "hunter2-in-the-environment",
  token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
  host: "db-7.prod.corp.example.com",
  address: "10.77.3.9",
  owner: "ada.lovelace@corp.example.com",
  configured: "postgres://app:pa55@db/x",
};

/** The incident, with secrets where such things stand in reality. */
function leaking(): Source {
  const source = new WorldSource(worldOf("worker-ceiling"));
  return remembering({
    ask: async (question) => {
      const answer = await source.ask(question);
      if (answer.status === "failed" || question.source === "prometheus") return answer;
      const pages = answer.pages.map((page) => sown(structuredClone(page)));
      return { ...answer, pages } satisfies Answer;
    },
  });
}

function sown(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sown);
  const all = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sown(inner)]));
  if ("AlarmDescription" in all) all.AlarmDescription = `call ${SECRETS.owner}, see ${SECRETS.address}`;
  if (Array.isArray(all.containers) && "nodeName" in all) {
    const [container] = all.containers as { env?: object[] }[];
    if (container)
      container.env = [
        ...(container.env ?? []),
        { name: "DB_PASSWORD", value: SECRETS.password },
        { name: "DB_HOST", value: SECRETS.host },
        { name: "DB_URL", value: SECRETS.configured },
      ];
  }
  if (typeof all.metadata === "object" && all.metadata !== null && "labels" in all.metadata)
    Object.assign(all.metadata, { annotations: { "corp.example.com/token": SECRETS.token } });
  return all;
}

async function recorded(...more: string[]) {
  const line = await commandLine({ source: leaking() });
  const out = join(line.home, "recording");
  const ran = await line.run("record", line.alarm, ...line.when, "--out", out, "--allow-exec", ...more);
  return { line, out, ran };
}

function replay({ environment }: CommandLine, alarm: string, folder: string) {
  return lbdoctor(["investigate", alarm, "--fixture", folder, "--json"], { environment });
}

function secretsOf({ world }: CommandLine): string[] {
  const { scenario } = world;
  return [
    scenario.place.account,
    ...scenario.nodes.flatMap(({ ip, instanceId }) => [ip, instanceId]),
    ...Object.values(SECRETS),
  ];
}

test("a live run is recorded redacted, and replays anywhere to the same verdict", async () => {
  const { line, out, ran } = await recorded();
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain("worker-concurrency-ceiling");
  expect(complaint(ran)).toMatch(
    /^lbdoctor: recorded \d+ answers in .*recording; masked: .*1 account id.*Read it before/,
  );
  await line.loopback.close();
  const { alarm } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  const replayed = await replay(line, alarm, out);
  expect(replayed.code).toBe(0);
  const { verdict, gaps } = JSON.parse(replayed.stdout);
  expect(verdict).toMatchObject({ rootCause: "worker-concurrency-ceiling", confidence: "confirmed" });
  // Where the access log is off is told, and is all that is missing.
  expect(gaps.map(({ what }: { what: string }) => what)).toEqual([expect.stringContaining("the access log is off")]);
  // The recording, the page, the progress and the kept session.
  const kept = contents(join(line.home, "lbdoctor"));
  for (const secret of secretsOf(line))
    for (const [where, text] of Object.entries({ recording: contents(out), page: ran.stdout + ran.stderr, kept }))
      expect([secret, where, text.includes(secret)]).toEqual([secret, where, false]);
});

test("redact makes it stricter, with words of one's own, and it still replays to the same cause", async () => {
  const { line, out } = await recorded();
  const stricter = join(line.home, "stricter");
  const { service } = line.world.scenario.focus;
  expect(contents(out)).toContain(service);
  const ran = await line.run("redact", out, "--out", stricter, "--strict", "--also", service);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/^recorded \d+ answers in .*stricter; masked: .*given word/);
  expect(contents(stricter)).not.toContain(service);
  const { alarm } = JSON.parse(readFileSync(join(stricter, "manifest.json"), "utf8"));
  const { verdict } = JSON.parse((await replay(line, alarm, stricter)).stdout);
  expect(verdict.rootCause).toBe("worker-concurrency-ceiling");
});

test("neither overwrites anything", async () => {
  const line = await commandLine();
  const taken = join(line.home, "taken");
  mkdirSync(taken);
  writeFileSync(join(taken, "mine"), "x");
  const record = await line.run("record", line.alarm, ...line.when, "--out", taken);
  expect([record.code, complaint(record)]).toEqual([2, `lbdoctor: ${taken} is not empty; give a new folder`]);
  expect(line.loopback.requests).toEqual([]);
  const redact = await line.run("redact", "fixtures/worker-ceiling", "--out", taken);
  expect([redact.code, complaint(redact)]).toEqual([2, `lbdoctor: ${taken} is not empty; give a new folder`]);
  expect(readdirSync(taken)).toEqual(["mine"]);
});

test.each([
  [
    "a place where no folder can be made",
    "/proc/recording",
    /^lbdoctor: \/proc\/recording: cannot be made: there is no such place$/,
  ],
  ["a file", "package.json", /^lbdoctor: package\.json: is a file, or is inside one/],
  ["a folder in a file", "package.json/deeper", /^lbdoctor: package\.json\/deeper: is a file, or is inside one/],
])("%s is told before anything is asked", async (_, out, words) => {
  const line = await commandLine();
  const ran = await line.run("record", line.alarm, ...line.when, "--out", out);
  expect(ran.code).toBe(2);
  expect(complaint(ran)).toMatch(words);
  expect(ran.stderr).not.toMatch(/internal error/);
  expect(line.loopback.requests).toEqual([]);
});

test("a disk that takes no more is told in one sentence after the page, and half a recording is taken away", async () => {
  const line = await commandLine();
  const out = join(line.home, "deep", "recording");
  // Files may be 4 kB here; a full disk cannot be had without being root.
  const words = [BIN, "record", line.alarm, ...line.when, "--out", out];
  const child = spawn("sh", ["-c", 'ulimit -f 8; exec "$0" "$@"', process.execPath, ...words], {
    env: { PATH: process.env.PATH, XDG_STATE_HOME: line.home, ...line.environment },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const [code] = await once(child, "close");
  expect(stdout).toContain("worker-concurrency-ceiling");
  expect(stderr.trimEnd().split("\n").at(-1)).toBe(
    `lbdoctor: ${out}: cannot be written (a file may not be that large here)`,
  );
  expect(code).toBe(2);
  expect(readdirSync(join(line.home, "deep"))).toEqual([]);
});

test("Ctrl-C ends a recording with 130, writes none, and keeps what was found", async () => {
  const line = await commandLine({ fault: ({ source }) => (source === "prometheus" ? "silent" : null) });
  const out = join(line.home, "recording");
  const child = line.start("record", line.alarm, ...line.when, "--out", out);
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  while (line.loopback.promHeaders.length === 0) await sleep(20);
  const began = performance.now();
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(performance.now() - began).toBeLessThan(500);
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted; no recording was written");
  expect(readdirSync(line.home)).not.toContain("recording");
  expect((await line.run("show")).code).toBe(0);
});

test("an answer that failed is recorded as a failure, and is one in the replay", async () => {
  const line = await commandLine({ fault: ({ input }) => (input.resource === "nodes" ? "forbidden" : null) });
  const out = join(line.home, "recording");
  await line.run("record", line.alarm, ...line.when, "--out", out);
  const { stdout } = await replay(line, line.alarm, out);
  const { gaps } = JSON.parse(stdout) as { gaps: { kind: string; what: string }[] };
  expect(gaps).toMatchObject([
    { kind: "forbidden", what: expect.stringContaining("list nodes") },
    { kind: "missing", what: expect.stringContaining("the access log is off") },
  ]);
});
