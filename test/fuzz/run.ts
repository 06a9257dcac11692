import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { judge, kindOf } from "./cases.ts";

/*
 * npm run fuzz -- --cases 10000 --seed 1 [--from 0] [--minutes 30]: judges so many cases, or as many as fit, in a process
 * of its own, which is ended and begun anew where a case hangs or exhausts the memory. Tells each kind of fault once, with
 * the number that shows it again.
 */

/** Milliseconds without a word, after which a case counts as one that hangs: beside others at low priority all takes long. */
const SILENCE = 600_000;
/** MB of the heap; the largest incident needs about 200. */
const HEAP = 700;

interface Word {
  readonly index: number;
  readonly fault: string | null;
  readonly done: boolean;
}

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    minutes: { type: "string", default: "Infinity" },
  },
});
const seed = Number(values.seed);
const first = Number(values.from);
const end = first + Number(values.cases);
/** Milliseconds since this process has begun, after which no further case is judged. */
const over = Number(values.minutes) * 60_000;

if (process.send) await work();
else await watch();

async function work(): Promise<void> {
  for (let index = first; index < end && performance.now() < over; index += 1) {
    process.send?.({ index, fault: null, done: false } satisfies Word);
    const fault = await judge(seed, index);
    process.send?.({ index, fault, done: true } satisfies Word);
  }
  process.exit(0);
}

async function watch(): Promise<void> {
  const kinds = new Map<string, number>();
  const faults = new Map<string, number>();
  const tell = (index: number, fault: string) => {
    const key = `${kindOf(seed, index)}: ${(fault.split("\n")[0] ?? "").replace(/\d+/g, "#").slice(0, 160)}`;
    if (!faults.has(key))
      console.log(`\nseed ${seed}, case ${index} (${kindOf(seed, index)})\n${fault.slice(0, 1_200)}`);
    faults.set(key, (faults.get(key) ?? 0) + 1);
  };
  for (let next = first; next < end; ) {
    next = await run(
      next,
      (word) => {
        if (!word.done) return;
        kinds.set(kindOf(seed, word.index), (kinds.get(kindOf(seed, word.index)) ?? 0) + 1);
        if (word.fault !== null) tell(word.index, word.fault);
        if ((word.index + 1) % 5_000 === 0) console.log(`${word.index + 1 - first} judged`);
      },
      tell,
    );
  }
  const all = [...faults.values()].reduce((sum, count) => sum + count, 0);
  const shares = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ");
  const judged = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  console.log(`\n${judged} cases of seed ${seed} (${shares}): ${all} faults of ${faults.size} kinds`);
  process.exitCode = all === 0 ? 0 : 1;
}

/** Judges from a case on; answers the case to go on with when the process has ended. */
function run(from: number, heard: (word: Word) => void, tell: (index: number, fault: string) => void): Promise<number> {
  const minutes = String((over - performance.now()) / 60_000);
  const words = ["--seed", String(seed), "--from", String(from), "--cases", String(end - from), "--minutes", minutes];
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), words, {
    execArgv: ["--import", "tsx", `--max-old-space-size=${HEAP}`],
  });
  let current = from - 1;
  let silence: NodeJS.Timeout;
  let hung = false;
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      hung = true;
      child.kill("SIGKILL");
    }, SILENCE);
  };
  listen();
  return new Promise((resolve) => {
    child.on("message", (word: Word) => {
      listen();
      current = word.index;
      heard(word);
    });
    child.on("exit", (code, signal) => {
      clearTimeout(silence);
      if (code === 0) resolve(end);
      else {
        tell(current, hung ? "hangs" : `ends the process (${signal ?? code})`);
        resolve(current + 1);
      }
    });
  });
}
