// Writes what the board shows of the main incident as text: examples/board-<columns>x<rows>-<view>.txt, each view in three
// sizes of terminal. Needs tmux and a built command line (npm run build).
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
/** The row that is gone down to, and the keys after that. */
const VIEWS = [
  { name: "", row: null, keys: [] },
  { name: "-rejected", row: ROUND_ROBIN, keys: ["Enter"] },
  { name: "-fix", row: null, keys: ["f", "Enter"] },
  { name: "-alarm", row: null, keys: ["1"] },
  { name: "-help", row: null, keys: ["?"] },
];
const SIZES = [
  [80, 24],
  [120, 40],
  [200, 50],
];
const SHOTS = SIZES.flatMap(([columns, rows]) =>
  VIEWS.map(({ name, ...view }) => ({ name: `board-${columns}x${rows}${name}`, columns, rows, ...view })),
);

mkdirSync("examples", { recursive: true });
for (const shot of SHOTS) {
  writeFileSync(`examples/${shot.name}.txt`, await capture(shot));
  console.log(`examples/${shot.name}.txt`);
}

/** The screen as text, without the blanks at its lines' ends. */
async function capture({ name, columns, rows, row, keys }) {
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
    for (const key of keys) {
      const before = tmux("capture-pane", "-p");
      tmux("send-keys", key);
      await until(() => tmux("capture-pane", "-p") !== before, tmux);
    }
    await settled(tmux);
    return `${tmux("capture-pane", "-p").replace(/ +$/gm, "").trimEnd()}\n`;
  } finally {
    tmux("kill-server");
  }
}

/** Until two looks in a row see the same screen. */
async function settled(tmux) {
  let before = "";
  await until(() => {
    const now = tmux("capture-pane", "-p");
    const same = now === before;
    before = now;
    return same;
  }, tmux);
}

async function until(there, tmux) {
  for (let left = 200; left > 0; left -= 1) {
    if (there()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the board did not come; the terminal shows:\n${tmux("capture-pane", "-p")}`);
}
