import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createPlain, type Socket } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Question } from "../../src/model/question.ts";
import { LiveSource } from "../../src/sources/live.ts";
import type { Source } from "../../src/sources/port.ts";
import { remembering, WorldSource, worldOf } from "../integration/worlds.ts";
import { awsEnvironment } from "../loopback/environment.ts";
import { OBEYED, UNSEEN } from "../obeyed.ts";
import { commandLine } from "./command-line.ts";
import { failureOf, QUICK, SAMPLES } from "./live/rig.ts";

/* Answers that somebody made to hurt: to fill the memory, to hold the reader, to command the terminal. */

/** A server in the place of AWS and of Prometheus, and the answers of both clients to it. */
async function startServer(server: ReturnType<typeof createPlain>) {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  awsEnvironment(url);
  const live = new LiveSource({
    prometheusUrl: url,
    kubeconfig: "/nowhere",
    allowExec: false,
    environment: {},
    limits: { ...QUICK, attempts: 1 },
  });
  return (source: "cloudwatch" | "elbv2" | "prometheus") => live.ask(SAMPLES[source].question);
}

function answering(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  return startServer(
    createServer((request, response) => void request.resume().on("end", () => answer(request, response))),
  );
}

/** Writes to every connection for ever, as fast as it is read. */
function flooding(head: string, chunk: Buffer) {
  return startServer(
    createPlain((socket) => {
      socket.once("data", () => {
        socket.write(head);
        const more = () => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on("drain", more);
        more();
      });
    }),
  );
}

const SOURCES = ["cloudwatch", "elbv2", "prometheus"] as const;

describe.each(SOURCES)("%s", (source) => {
  test("a body of 200 MB packed into 200 kB is not unpacked to the end", async () => {
    // Members of a gzip file may follow one another (RFC 1952, 2.2).
    const bomb = Buffer.concat(Array(200).fill(gzipSync(Buffer.alloc(2 ** 20, 0x20))));
    const ask = await answering((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb);
    });
    const failure = failureOf(await ask(source));
    // The AWS clients ask for nothing packed, and do not unpack it.
    if (source === "prometheus")
      expect(failure?.message).toMatch(/answered with more than 8 MB, and the rest was not read/);
    expect(failure?.kind).toBe("malformed");
  });

  test("a body without an end is not read to it", async () => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    const ask = await flooding(head, Buffer.alloc(2 ** 16, 0x20));
    expect(failureOf(await ask(source))?.message).toMatch(/answered with more than 8 MB, and the rest was not read/);
  });

  test("headers without an end are not read to it", async () => {
    const ask = await flooding("HTTP/1.1 200 OK\r\n", Buffer.from("x-more: 1\r\n".repeat(100)));
    const failure = failureOf(await ask(source));
    expect(failure?.kind).toBe("malformed");
    expect(failure?.message).toMatch(/more than 16 kB of headers/);
  });

  test("something that is no HTTP is told as such", async () => {
    const ask = await flooding("SSH-2.0-OpenSSH_9.2\r\n", Buffer.from("\u001b[2J\u0007".repeat(4_000)));
    const failure = failureOf(await ask(source));
    expect(failure?.kind).toBe("malformed");
    expect(failure?.message).toMatch(/does not speak HTTP/);
  });

  test("an error's own words reach nobody's terminal as commands", async () => {
    const words = "no \u001b]0;pwned\u0007\u009b2J\u202e entry";
    const ask = await answering((_, response) => {
      response.writeHead(403, { "content-type": "application/json" });
      response.end(JSON.stringify({ __type: "com.amazonaws#AccessDenied", message: words, error: words }));
    });
    const failure = failureOf(await ask(source));
    expect(failure?.message).not.toMatch(OBEYED);
  });
});

test("bytes that are no UTF-8 are shown as such, and cost nothing else", async () => {
  const page = JSON.stringify(SAMPLES.prometheus.pages[0]).replace('"metric":{}', '"metric":{"pod":"a?b"}');
  const body = Buffer.from(page);
  body[body.indexOf("?")] = 0xff;
  const ask = await answering((_, response) => void response.end(body));
  expect(JSON.stringify(await ask("prometheus"))).toContain('"pod":"a\ufffdb"');
});

/** Sets the title, rings, clears the screen by a C1 control, turns the reading direction, breaks quotes and lines. */
const EVIL = `\u001b]0;pwned\u0007\u009b2J${UNSEEN}\r"\\{}$(id)\``;

/** The incident with names, labels and free text that command a terminal. */
function evil(): Source {
  const world = worldOf("worker-ceiling");
  const source = new WorldSource(world);
  return remembering({
    ask: async (question) => {
      const answer = await source.ask(question);
      if (answer.status === "failed" || question.source === "elbv2") return answer;
      return { ...answer, pages: answer.pages.map((page) => spoiled(structuredClone(page), "", question)) };
    },
  });
}

const FREE_TEXT = new Set(["AlarmDescription", "StateReason", "HistorySummary", "image", "message", "reason"]);

function spoiled(value: unknown, key: string, question: Question): unknown {
  if (typeof value === "string") return FREE_TEXT.has(key) ? value + EVIL : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => spoiled(one, key, question));
  const all = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one, name, question)]));
  if (key === "metadata" && question.source === "kubernetes") {
    all.annotations = { [`evil${EVIL}`]: EVIL };
    all.labels = { ...(all.labels as object), [`evil${EVIL}`]: EVIL };
    if (question.input.resource === "nodes") all.name = `${String(all.name)}${EVIL}`;
  }
  if (key === "metric") Object.assign(all, { [`evil${EVIL}`]: EVIL }, "node" in all && { node: `${all.node}${EVIL}` });
  if (key === "" && question.source === "prometheus") all.warnings = [`a store is gone${EVIL}`];
  return all;
}

/** Every file under a folder. */
function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("nothing that commands a terminal reaches an output or a file, by any command", { timeout: 120_000 }, async () => {
  const { run, alarm, when, home } = await commandLine({
    source: evil(),
    fault: ({ input }) => (input.resource === "replicasets" ? "forbidden" : null),
  });
  const out = join(home, "recording");
  const ran = {
    plain: await run("investigate", alarm, ...when, "--plain"),
    json: await run("investigate", alarm, ...when, "--json", "--verbose"),
    show: await run("show"),
    postmortem: await run("postmortem", "--out", join(home, "postmortem.md")),
    html: await run("postmortem", "--format", "html", "--out", join(home, "postmortem.html")),
    sessions: await run("sessions"),
    record: await run("record", alarm, ...when, "--out", out),
    replay: await run("investigate", alarm, "--fixture", out, "--plain"),
    redact: await run("redact", out, "--out", join(home, "stricter"), "--strict"),
    doctor: await run("doctor"),
    "doctor --json": await run("doctor", "--json"),
  };
  for (const [what, { stdout, stderr, code }] of Object.entries(ran)) {
    expect([what, stderr]).not.toEqual([what, expect.stringContaining("internal error")]);
    expect([what, code]).not.toEqual([what, 1]);
    expect([what, OBEYED.exec(stdout + stderr)]).toEqual([what, null]);
  }
  expect(JSON.parse(ran.json.stdout).gaps.length).toBeGreaterThan(0);
  expect(ran.plain.stdout.replace(/\s+/g, " ")).toContain("a store is gone\\u{1b}]0;pwned");
  const written = files(home);
  expect(written.length).toBeGreaterThan(8);
  for (const path of written) expect([path, OBEYED.exec(readFileSync(path, "utf8"))]).toEqual([path, null]);
});
