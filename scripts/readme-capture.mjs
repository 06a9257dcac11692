// Writes the output of `npm start` into the README, between its two marks: npm run readme
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

const marks = /(<!-- capture -->\n)[\s\S]*?(<!-- end of capture -->)/;
const readme = readFileSync("README.md", "utf8");
if (!marks.test(readme)) throw new Error("README.md has no marks for the capture");
const captured = `\`\`\`\n${String(stdout).trimEnd()}\n\`\`\`\n`;
writeFileSync(
  "README.md",
  readme.replace(marks, (_, start, end) => `${start}${captured}${end}`),
);
