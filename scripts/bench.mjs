// Start-up and the offline main job against an empty Node, in interleaved runs so that a busy machine hits all alike.
// npm run bench
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const ROUNDS = 21;
const { scripts } = await import("../package.json", { with: { type: "json" } }).then((module) => module.default);
const state = mkdtempSync(join(tmpdir(), "lbdoctor-bench-"));
// More certificates to load would add the same to every start, and so make the ratios look better than they are.
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
const env = { ...environment, XDG_STATE_HOME: state };

const empty = { what: "node -e 0", words: ["-e", "0"], aim: null };
const jobs = [
  empty,
  { what: "lbdoctor --help", words: ["dist/lbdoctor.js", "--help"], aim: 1.5 },
  { what: "the offline main job", words: scripts.start.split(" ").slice(1), aim: 8 },
];

const times = new Map(jobs.map((job) => [job, []]));
for (const job of jobs) run(job);
for (let round = 0; round < ROUNDS; round += 1) for (const job of jobs) times.get(job).push(run(job));
const floor = median(times.get(empty));
print(["", "median", "ratio", "aim", "peak memory"]);
for (const job of jobs) {
  const time = median(times.get(job));
  const aim = job.aim === null ? "" : `≤ ${job.aim}`;
  print([job.what, `${time.toFixed(1)} ms`, `${(time / floor).toFixed(2)} ×`, aim, `${peakMemory(job).toFixed(0)} MB`]);
}
rmSync(state, { recursive: true });

/** Milliseconds of one run. */
function run({ what, words }) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { env, stdio: ["ignore", "ignore", "pipe"] });
  const time = performance.now() - started;
  if (status !== 0) throw new Error(`${what} ended with ${status}: ${stderr}`);
  return time;
}

/** Megabytes that one run held at most, as the process itself says when it exits. */
function peakMemory({ words }) {
  const tell = `import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))`;
  const stdio = ["ignore", "ignore", "ignore", "pipe"];
  const { output } = spawnSync(process.execPath, ["--import", `data:text/javascript,${tell}`, ...words], {
    env,
    stdio,
  });
  return Number(output[3]) / 1024;
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

function print([what, ...figures]) {
  console.log(`${what.padEnd(22)}${figures.map((figure) => figure.padStart(13)).join("")}`);
}
