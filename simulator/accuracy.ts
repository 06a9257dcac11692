/**
 * `npm run accuracy -- [N] [--from SEED] [--kinds a,b] [--parts] [--matrix] [--json FILE]`: investigates N simulated
 * worlds of each kind (20 unless told), and prints how often the verdict was right, accepted, open or wrong, and the same of
 * those worlds whose evidence decides the cause; with `--matrix` also what was said of each true cause. The seeds from
 * `--from` on are used here and nowhere else: no threshold was set on them.
 *
 * `--each-cause N` draws at least N incidents of each true cause instead ("not established" is one), as real ones are: one
 * source does not answer in a third of them, and second, smaller faults and decoys are mixed in; prints them by cause.
 */
import { type ChildProcess, fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { causeTable, shortcomings } from "./accuracy/by-cause.ts";
import { type Incident, nextWorlds } from "./accuracy/each-cause.ts";
import { type Job, type Run, run } from "./accuracy/run.ts";
import { confusion, decidedLine, factorLines, matrixLines, mistakes, table } from "./accuracy/table.ts";
import { WORLD_KINDS, type WorldKind } from "./worlds.ts";

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

/** Runs round after round until each true cause has its incidents. */
async function runEachCause(kinds: readonly WorldKind[], count: number, from: number, parts: boolean) {
  const all: { runs: Run[]; undrawn: string[] } = { runs: [], undrawn: [] };
  let incidents: readonly Incident[] = [];
  for (;;) {
    const wanted = nextWorlds(kinds, incidents, { count, from });
    if (wanted.length === 0) return all;
    const { runs, undrawn } = await runAll(wanted.map((one) => ({ ...one, parts })));
    const found = new Map(runs.map(({ kind, seed, judgement }) => [`${kind} ${seed}`, judgement.truth]));
    incidents = [...incidents, ...wanted.map((one) => ({ ...one, truth: found.get(`${one.kind} ${one.seed}`) }))];
    all.runs.push(...runs);
    all.undrawn.push(...undrawn);
  }
}

const USAGE = `npm run accuracy -- [N] [--each-cause N] [--from SEED] [--kinds a,b] [--parts] [--matrix] [--json FILE]
  N             worlds of each kind (20)
  --each-cause  incidents of each true cause instead, a third of them without one source`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", default: false },
      "each-cause": { type: "string" },
      from: { type: "string" },
      kinds: { type: "string" },
      json: { type: "string" },
      parts: { type: "boolean", default: false },
      matrix: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const each = values["each-cause"];
  const count = Number(each ?? positionals[0] ?? 20);
  const from = Number(values.from ?? HELD_OUT);
  const wanted = values.kinds?.split(",");
  const unknown = wanted?.filter((name) => !WORLD_KINDS.some((kind) => kind === name)) ?? [];
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(from) || unknown.length > 0)
    throw new RangeError(`a number of worlds, a seed, and kinds among ${WORLD_KINDS.join(", ")}`);
  const kinds = WORLD_KINDS.filter((kind) => wanted?.includes(kind) ?? true);
  const jobs = kinds.flatMap((kind) =>
    Array.from({ length: count }, (_, index) => ({ kind, seed: from + index, parts: values.parts })),
  );
  const { runs, undrawn } = await (each === undefined ? runAll(jobs) : runEachCause(kinds, count, from, values.parts));
  const whole = runs.filter(({ part }) => part === null);
  if (each === undefined) console.log(`${table(whole)}\n`);
  else {
    console.log(`${causeTable(whole)}\n`);
    for (const line of shortcomings(whole, count, !wanted)) console.log(`  ${line}`);
  }
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
