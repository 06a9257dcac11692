/**
 * How long access logs take to read, against `zcat | wc -l` of the same files, and the most memory that is held; part of
 * `npm run bench`. `-- --lines N` for another size than 1.32 million lines (1 GB of them, about 120 MB packed).
 */
import { execFileSync, fork } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { readFiles } from "../src/sources/access-logs/read-files.ts";

const BALANCER = "app/k8s-api-prod-core/7db0ccf2c3a1b2c3";
const START = Date.parse("2026-06-26T08:00:00Z") / 1000;
const SPANS = [
  { start: START, end: START + 1800 },
  { start: START + 1800, end: START + 3600 },
];
const FILES = 12;
const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  "okhttp/4.12.0",
  "python-requests/2.32.3",
];
const ROUTES = ["orders", "users", "search", "carts", "sessions", "reports", "items", "payments"];

const [, , mode = "", folder = ""] = process.argv;
if (mode === "read") await read(folder);
else await measure(Number(process.argv[process.argv.indexOf("--lines") + 1] ?? Number.NaN) || 1_320_000);

async function measure(lines: number): Promise<void> {
  const made = mkdtempSync(join(tmpdir(), "lbdoctor-logs-"));
  try {
    await write(made, lines);
    const packed = readdirSync(made).reduce((sum, name) => sum + statSync(join(made, name)).size, 0);
    const shell = timed(() => execFileSync("sh", ["-c", `zcat ${made}/*.gz | wc -lc`], { encoding: "utf8" }));
    const [counted = "", raw = ""] = shell.value.trim().split(/\s+/);
    const started = performance.now();
    const { seconds, megabytes, rows } = await inAnother(made);
    const whole = (performance.now() - started) / 1000;
    const aim = 1.5 * shell.seconds + 3;
    console.log(`${counted} lines, ${mega(Number(raw))} MB, ${mega(packed)} MB packed`);
    console.log(`zcat | wc -l       ${shell.seconds.toFixed(1)} s`);
    console.log(
      `lbdoctor reads     ${seconds.toFixed(1)} s (with the start ${whole.toFixed(1)} s; aim: ≤ ${aim.toFixed(1)} s), ${megabytes.toFixed(0)} MB (aim: < 250 MB), ${rows} rows`,
    );
  } finally {
    rmSync(made, { recursive: true });
  }
}

/** Reads in a process of its own, so that its memory is that of reading alone. */
function inAnother(made: string): Promise<{ seconds: number; megabytes: number; rows: number }> {
  const child = fork(fileURLToPath(import.meta.url), ["read", made]);
  return new Promise((resolve, reject) => {
    child.on("message", (message) => resolve(message as { seconds: number; megabytes: number; rows: number }));
    child.on("exit", (code) => (code === 0 ? null : reject(new Error(`the reader ended with ${code}`))));
  });
}

async function read(made: string): Promise<void> {
  const started = performance.now();
  const answer = await readFiles({
    log: "requests",
    loadBalancer: BALANCER,
    spans: SPANS,
    files: readdirSync(made).map((name) => ({ name, open: async () => createReadStream(join(made, name)) })),
    signal: new AbortController().signal,
    isBroken: () => false,
  });
  const seconds = (performance.now() - started) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.send?.({ seconds, megabytes, rows: answer.rows.length });
  process.disconnect();
}

async function write(made: string, lines: number): Promise<void> {
  const each = Math.ceil(lines / FILES);
  const writing = Array.from({ length: FILES }, (_, file) =>
    pipeline(
      Readable.from(texts(file * each, each, lines)),
      createGzip({ level: 6 }),
      createWriteStream(join(made, `${String(file).padStart(2, "0")}.log.gz`)),
    ),
  );
  for (const one of writing) await one;
}

function* texts(from: number, count: number, of: number): Generator<string> {
  for (let at = 0; at < count; at += 1000)
    yield Array.from({ length: Math.min(1000, count - at) }, (_, line) => lineOf(from + at + line, of)).join("");
}

/** A line of an access log with today's fields; ids, clients and times vary so that it packs as real ones do. */
function lineOf(index: number, of: number): string {
  // A multiplicative hash: cheap, and the same on every machine.
  const mixed = (salt: number) => (Math.imul(index + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)) >>> 0;
  const hex = (salt: number) => mixed(salt).toString(16).padStart(8, "0");
  const time = new Date(1000 * START + Math.floor((3_600_000 * index) / of)).toISOString().replace("Z", "123Z");
  const took = (((mixed(1) % 1000) ** 3 / 10 ** 9) * 4 + 0.002).toFixed(3);
  const target = `10.0.${mixed(2) % 4}.${10 + (mixed(3) % 24)}:8080`;
  const route = ROUTES[mixed(4) % ROUTES.length];
  const group = mixed(5) % 6;
  const url = `https://api.example.com:443/v1/${route}/${mixed(6) % 1_000_000}/lines?page=${mixed(7) % 50}&token=${hex(8)}${hex(9)}`;
  const status = mixed(10) % 500 === 0 ? 500 : 200;
  return `h2 ${time} ${BALANCER} 203.0.${mixed(11) % 200}.${mixed(12) % 250}:${20_000 + (mixed(13) % 40_000)} ${target} 0.000 ${took} 0.000 ${status} ${status} ${mixed(14) % 3000} ${mixed(15) % 60_000} "GET ${url} HTTP/2.0" "${AGENTS[mixed(16) % AGENTS.length]}" TLS_AES_128_GCM_SHA256 TLSv1.3 arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/k8s-prod-api-${group}/0123456789abcde${group} "Root=1-${hex(17)}-${hex(18)}${hex(19)}${hex(20)}" "api.example.com" "arn:aws:acm:eu-central-1:123456789012:certificate/1a2b3c4d-1111-2222-3333-444455556666" ${1 + (mixed(21) % 20)} ${time} "forward" "-" "-" "${target}" "${status}" "-" "-" TID_${hex(22)}${hex(23)}${hex(24)}${hex(25)} "-" "-" "-" 10.0.0.7\n`;
}

function timed<T>(work: () => T): { value: T; seconds: number } {
  const started = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - started) / 1000 };
}

function mega(bytes: number): string {
  return (bytes / 10 ** 6).toFixed(0);
}
