// Writes what the board shows of the main incident as text, for the README: examples/board-<columns>x<rows>.txt, and an
// opened hypothesis. Needs tmux and a built command line (npm run build).
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const ALARM = "k8s-api-prod-core-7db0ccf2c3-target-response-time";
const COMMAND = `${process.execPath} dist/lbdoctor.js investigate ${ALARM} --fixture fixtures/worker-ceiling`;
/** The row of the explanation by round robin, when it is the chosen one. */
const ROUND_ROBIN = /›\s+\S round robin/;
/** The row that is gone down to, the keys after that, and what is on the screen when they have been answered. */
const SHOTS = [
  { name: "board-80x24", columns: 80, rows: 24, row: null, keys: [], shows: "confirmed ·" },
  { name: "board-80x24-rejected", columns: 80, rows: 24, row: ROUND_ROBIN, keys: ["Enter"], shows: "ROUND ROBIN" },
  { name: "board-200x50", columns: 200, rows: 50, row: ROUND_ROBIN, keys: [], shows: "ROUND ROBIN" },
];

mkdirSync("examples", { recursive: true });
for (const shot of SHOTS) {
  writeFileSync(`examples/${shot.name}.txt`, await capture(shot));
  console.log(`examples/${shot.name}.txt`);
}

/** The screen as text, without the blanks at its lines' ends. */
async function capture({ name, columns, rows, row, keys, shows }) {
  const state = mkdtempSync(join(tmpdir(), "lbdoctor-capture-"));
  const environment = [`PATH=${process.env.PATH}`, `HOME=${state}`, `XDG_STATE_HOME=${state}`];
  const look = ["TERM=screen-256color", "LANG=C.UTF-8"];
  const size = ["-x", String(columns), "-y", String(rows)];
  const shell = ["env", "-i", ...environment, ...look, "sh"];
  const socket = `capture-${process.pid}-${name}`;
  const tmux = (...words) => execFileSync("tmux", ["-L", socket, ...words], { encoding: "utf8" });
  tmux("-f", "/dev/null", "new-session", "-d", ...size, ...shell);
  try {
    tmux("send-keys", "-l", COMMAND);
    tmux("send-keys", "Enter");
    await until(() => tmux("capture-pane", "-p").includes("HYPOTHESES"), tmux);
    await until(() => tmux("capture-pane", "-p").includes("confirmed ·"), tmux);
    for (let left = 60; row && left > 0 && !row.test(tmux("capture-pane", "-p")); left -= 1) {
      tmux("send-keys", "j");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const key of keys) tmux("send-keys", key);
    await until(() => tmux("capture-pane", "-p").includes(shows), tmux);
    return `${tmux("capture-pane", "-p").replace(/ +$/gm, "").trimEnd()}\n`;
  } finally {
    tmux("kill-server");
  }
}

async function until(there, tmux) {
  for (let left = 200; left > 0; left -= 1) {
    if (there()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the board did not come; the terminal shows:\n${tmux("capture-pane", "-p")}`);
}
