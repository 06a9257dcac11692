import { spawnSync } from "node:child_process";

/** The path of a program; throws a sentence that says how to get it. These tests fail where it is missing, never skip. */
export function mustHave(program: string, install: string): string {
  const found = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
  if (found.status === 0) return found.stdout.trim();
  throw new Error(`this test needs ${program}, which is not installed here: ${install}`);
}
