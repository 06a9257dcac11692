/**
 * `npm run accuracy -- [N] [--from SEED] [--kinds a,b] [--parts] [--matrix] [--json FILE]`: investigates N simulated
 * worlds of each kind (20 unless told), and prints how often the verdict was right, accepted, open or wrong, and the same of
 * those worlds whose evidence decides the cause; with `--matrix` also what was said of each true cause. The seeds from
 * `--from` on are used here and nowhere else: no threshold was set on them.
 */
import { type ChildProcess, fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Job, type Run, run } from "./accuracy/run.ts";
import { confusion, decidedLine, factorLines, matrixLines, mistakes, table } from "./accuracy/table.ts";
import { WORLD_KINDS } from "./worlds.ts";

/** Development looks at small seeds; these are held out. */
const HELD_OUT = 5_000_000;
/** More processes than this would take the machine from everybody else. */
const WORKERS = 2;

type Reply = { readonly runs: readonly Run[] } | { readonly error: string };

async function answerJobs(): Promise<void> {
  process.on("message", async (job: Job) => {
    const reply: Reply = await run(job).then(
      (runs) => ({ runs }),
      (error: unknown) => ({ error: `${job.kind} ${job.seed}: ${String(error)}` }),
    );
    process.send?.(reply);
  });
}

/** Runs all jobs in child processes; the runs come in the order of the jobs. */
async function runAll(jobs: readonly Job[]): Promise<{ runs: Run[]; undrawn: string[] }> {
  const replies: Reply[] = [];
  let next = 0;
  let done = 0;
  const work = (child: ChildProcess) =>
    new Promise<void>((resolve, reject) => {
      let current = -1;
      const take = () => {
        current = next;
        next += 1;
        const job = jobs[current];
        if (job) child.send(job);
        else child.disconnect();
      };
      child.on("message", (reply: Reply) => {
        replies[current] = reply;
        done += 1;
        if (done % 20 === 0) console.error(`${done} of ${jobs.length}`);
        take();
      });
      child.on("error", reject);
      child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      take();
    });
  const self = fileURLToPath(import.meta.url);
  await Promise.all(Array.from({ length: WORKERS }, () => work(fork(self, ["--worker"]))));
  return {
    runs: replies.flatMap((reply) => ("runs" in reply ? reply.runs : [])),
    undrawn: replies.flatMap((reply) => ("error" in reply ? [reply.error] : [])),
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string" },
      kinds: { type: "string" },
      json: { type: "string" },
      parts: { type: "boolean", default: false },
      matrix: { type: "boolean", default: false },
    },
  });
  const count = Number(positionals[0] ?? 20);
  const from = Number(values.from ?? HELD_OUT);
  const wanted = values.kinds?.split(",");
  const unknown = wanted?.filter((name) => !WORLD_KINDS.some((kind) => kind === name)) ?? [];
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(from) || unknown.length > 0)
    throw new RangeError(`a number of worlds, a seed, and kinds among ${WORLD_KINDS.join(", ")}`);
  const kinds = WORLD_KINDS.filter((kind) => wanted?.includes(kind) ?? true);
  const jobs = kinds.flatMap((kind) =>
    Array.from({ length: count }, (_, index) => ({ kind, seed: from + index, parts: values.parts })),
  );
  const { runs, undrawn } = await runAll(jobs);
  const whole = runs.filter(({ part }) => part === null);
  console.log(`${table(whole)}\n`);
  console.log(`${decidedLine(whole)}\n`);
  for (const line of mistakes(whole)) console.log(`  ${line}`);
  if (values.matrix) {
    console.log("\nwhat was said, by what is true");
    for (const line of matrixLines(whole)) console.log(`  ${line}`);
  }
  console.log("\ncontributing factors");
  for (const line of factorLines(whole)) console.log(`  ${line}`);
  if (values.parts) {
    const parts = runs.filter(({ part }) => part !== null);
    console.log(`\nparts of their windows\n\n${table(parts)}\n`);
    for (const line of mistakes(parts)) console.log(`  ${line}`);
  }
  for (const error of undrawn) console.error(error);
  if (values.json)
    await writeFile(
      values.json,
      `${JSON.stringify({ from, count, confusion: confusion(whole), runs, undrawn }, null, 2)}\n`,
    );
}

await (process.argv[2] === "--worker" ? answerJobs() : main());
