// Writes the output of `npm start` and the captures of the board (npm run captures)
// into docs/example.md, between their marks: npm run readme
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
const [, ...words] = scripts.start.split(" ");
const state = mkdtempSync(join(tmpdir(), "lbdoctor-capture-"));
const { status, stdout } = spawnSync(process.execPath, words, { env: { ...process.env, XDG_STATE_HOME: state } });
rmSync(state, { recursive: true });
if (status !== 0) throw new Error(`npm start ended with ${status}`);

const board = (name) => fenced(readFileSync(`examples/board-${name}.txt`, "utf8"));
let page = readFileSync("docs/example.md", "utf8");
page = between(page, "capture", fenced(String(stdout)));
page = between(page, "board", `At 80 × 24:\n\n${board("80x24-rejected")}\nAt 200 × 50:\n\n${board("200x50")}`);
writeFileSync("docs/example.md", page);

function fenced(text) {
  return `\`\`\`\n${text.trimEnd()}\n\`\`\`\n`;
}

/** The text with what stands between the two marks replaced. */
function between(text, name, content) {
  const marks = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
  if (!marks.test(text)) throw new Error(`docs/example.md has no marks for the ${name}`);
  return text.replace(marks, (_, start, end) => `${start}${content}${end}`);
}
