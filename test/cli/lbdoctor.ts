import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The built command line, see test/setup/build.ts. */
export const BIN = inject("bin");

/** What a command line left behind. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** The state folder; a fresh one unless two command lines are to share it. */
  readonly state?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Where it is started; the project's folder otherwise. */
  readonly cwd?: string;
}

/** A folder of its own, beside the built command line: it goes when the tests have ended. */
export function emptyFolder(): string {
  return mkdtempSync(join(dirname(BIN), "..", "scratch-"));
}

export function sessionsIn(state: string): string {
  return join(state, "lbdoctor", "sessions");
}

/** Starts the built command line, with nothing of this machine's environment but the path to its programs. */
export function start(words: readonly string[], surroundings: Surroundings = {}): ChildProcessWithoutNullStreams {
  const env = {
    PATH: process.env.PATH,
    XDG_STATE_HOME: surroundings.state ?? emptyFolder(),
    ...surroundings.environment,
  };
  return spawn(process.execPath, [BIN, ...words], { cwd: surroundings.cwd ?? ROOT, env });
}

/** Runs the built command line to its end. */
export async function lbdoctor(words: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const child = start(words, surroundings);
  child.stdin.end();
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

/** The last line that was written to standard error: the one sentence that says what is wrong. */
export function complaint({ stderr }: Ran): string {
  return stderr.trimEnd().split("\n").at(-1) ?? "";
}
