/**
 * `npm run examples`: writes the postmortems of the recorded incidents under examples/, with the built command line, as a
 * user would make them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** The incidents of the seeds; further recordings are for tests. */
const INCIDENTS = ["worker-ceiling", "clumping", "fleet-long-poll"] as const;
/** The one whose page is kept too, to be looked at in a browser. */
const AS_PAGE = "worker-ceiling";

/** Investigates each incident with the command line `bin` and writes its postmortem into the folder. */
export function writeExamples(bin: string, folder: string): void {
  const state = mkdtempSync(join(tmpdir(), "lbdoctor-examples-"));
  const run = (words: readonly string[]) =>
    execFileSync(process.execPath, [bin, ...words], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, XDG_STATE_HOME: state },
      stdio: ["ignore", "pipe", "pipe"],
    });
  mkdirSync(folder, { recursive: true });
  for (const incident of INCIDENTS) {
    const fixture = join("fixtures", incident);
    const { alarm } = JSON.parse(readFileSync(join(ROOT, fixture, "manifest.json"), "utf8"));
    run(["investigate", alarm, "--fixture", fixture, "--plain"]);
    run(["postmortem", "--out", join(folder, `${incident}.md`)]);
    if (incident === AS_PAGE) run(["postmortem", "--out", join(folder, `${incident}.html`)]);
  }
  rmSync(state, { recursive: true });
}

/** The files under a folder, by their path in it. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

if (process.argv[1]?.endsWith("write-examples.ts"))
  writeExamples(join(ROOT, "dist", "lbdoctor.js"), join(ROOT, "examples"));
