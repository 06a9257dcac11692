/**
 * `npm run night`: acts out ten situations at night with the built command line, each from a clean machine (an empty home,
 * and no environment but what the situation says) against servers on loopback, on a terminal of 80 × 24. Writes what the
 * screen shows to examples/night/, and to examples/night.md how many lines are read, and how many seconds pass, until the
 * person knows what to do. `-- --before FILE` acts the same out with another build's command line beside it, whose screens
 * stay in examples/night/before/ until the next FILE. Needs tmux.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Tmux } from "../test/integration/tmux.ts";
import { SITUATIONS, type Situation } from "./night/situations.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, "examples", "night");
/** Another build's screens. */
const BEFORE = join(FOLDER, "before");
const [COLUMNS, ROWS] = [80, 24];
/** Said of them. */
const OF_BEFORE = `The screens of an earlier build are
in [night/before](night/before/); it asks questions that these servers do not answer, so of investigations only the
screens can be compared.`;
/** A screen that has not changed for so long does not change any more, milliseconds. */
const SETTLED = 6_000;
const PATIENCE = 90_000;

/** What came of a situation: null where what to do was not on the screen. */
interface Told {
  readonly lines: number | null;
  readonly seconds: number;
  readonly screen: string;
}

const { values } = parseArgs({ options: { before: { type: "string" } } });
const now = await all(join(ROOT, "dist", "lbdoctor.js"), FOLDER);
const before = values.before === undefined ? null : await all(values.before, BEFORE);
writeFileSync(join(ROOT, "examples", "night.md"), table(now, before));

/** Acts out all situations with the command line `bin`. */
async function all(bin: string, folder: string): Promise<Told[]> {
  mkdirSync(folder, { recursive: true });
  // Situations may have gone, or have another number or name.
  for (const name of readdirSync(folder)) if (name.endsWith(".txt")) rmSync(join(folder, name));
  const told: Told[] = [];
  for (const [index, situation] of SITUATIONS.entries()) {
    const one = await acted(situation, bin);
    told.push(one);
    const name = `${String(index + 1).padStart(2, "0")}-${situation.name}.txt`;
    writeFileSync(join(folder, name), one.screen);
    console.log(`${name}: ${one.lines ?? "not on the screen"}, ${one.seconds.toFixed(1)} s`);
  }
  return told;
}

async function acted({ told: when, begin }: Situation, bin: string): Promise<Told> {
  const home = mkdtempSync(join(tmpdir(), "lbdoctor-night-"));
  const { command, environment, end } = await begin(home);
  const bins = join(home, "bin");
  mkdirSync(bins);
  writeFileSync(join(bins, "lbdoctor"), `#!/bin/sh\nexec ${process.execPath} ${bin} "$@"\n`);
  chmodSync(join(bins, "lbdoctor"), 0o755);
  const path = `${bins}:${process.env.PATH}`;
  const tmux = new Tmux(COLUMNS, ROWS, { ...environment, HOME: home, XDG_STATE_HOME: home, PATH: path }, home);
  try {
    await tmux.sees("]$");
    const began = performance.now();
    tmux.run(command);
    const told = await watched(tmux, when, began, command);
    // Its session is written before it ends.
    if (tmux.child() !== null) await tmux.press("C-c");
    for (let left = 50; left > 0 && tmux.child() !== null; left -= 1) await sleep(200);
    return told;
  } finally {
    tmux.close();
    await end();
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }).catch(() => {
      // A process that still writes there keeps its folder; it lies among the system's temporary files.
    });
  }
}

/** Watches the screen until it says what to do, or does not change any more. */
async function watched(tmux: Tmux, told: RegExp, began: number, command: string): Promise<Told> {
  let [last, since] = ["", performance.now()];
  for (;;) {
    const screen = tmux.screen();
    const at = performance.now();
    // What was typed is not what is told.
    const own = screen.startsWith("[") ? typedLines(command) : 0;
    const lines = screen.split("\n").slice(own);
    const found = told.exec(lines.join("\n"));
    if (found) {
      const upTo = lines.join("\n").slice(0, found.index + found[0].length);
      await sleep(700);
      return { lines: upTo.split("\n").length, seconds: (at - began) / 1000, screen: trimmed(tmux.screen()) };
    }
    if (screen !== last) [last, since] = [screen, at];
    if (at - since > SETTLED || at - began > PATIENCE)
      return { lines: null, seconds: (since - began) / 1000, screen: trimmed(screen) };
    await sleep(50);
  }
}

/** Lines that the prompt and the command take. */
function typedLines(command: string): number {
  return Math.ceil(("[0]$ ".length + command.length) / COLUMNS);
}

function trimmed(screen: string): string {
  return `${screen.replace(/ +$/gm, "").trimEnd()}\n`;
}

function table(now: readonly Told[], before: readonly Told[] | null): string {
  const cell = (one: Told | undefined) =>
    one === undefined ? "" : `${one.lines ?? "not on the screen"} | ${one.seconds.toFixed(1)}`;
  const head = before
    ? "| situation | lines | seconds | lines before | seconds before |"
    : "| situation | lines | seconds |";
  const rows = SITUATIONS.map(({ name, title }, index) => {
    const file = `night/${String(index + 1).padStart(2, "0")}-${name}.txt`;
    return `| [${title}](${file}) | ${cell(now[index])} |${before ? ` ${cell(before[index])} |` : ""}`;
  });
  return `# Ten situations at night

How many lines of the screen a person reads until they know what to do, and how many seconds pass from Enter until it is
there, on a terminal of ${COLUMNS} × ${ROWS}; each from a clean machine, with the built command line, against servers on loopback.
\`npm run night\` acts them out again; the seconds are those of a busy machine.${existsSync(BEFORE) ? ` ${OF_BEFORE}` : ""}

${head}
|${"---|".repeat(before ? 5 : 3)}
${rows.join("\n")}
`;
}
