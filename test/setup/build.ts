import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The built command line. */
    readonly bin: string;
  }
}

/**
 * The tests of the command line run what is published: the bundle, built once before all of them. It lies in a package
 * of its own, so that a build that somebody makes meanwhile does not change what is tested.
 */
export function setup({ provide }: TestProject): () => void {
  const home = mkdtempSync(join(tmpdir(), "lbdoctor-built-"));
  copyFileSync("package.json", join(home, "package.json"));
  for (const name of ["playbooks", "fixtures"]) symlinkSync(resolve(name), join(home, name));
  execFileSync(process.execPath, ["scripts/build.mjs", join(home, "dist")], { stdio: "inherit" });
  provide("bin", join(home, "dist", "lbdoctor.js"));
  return () => rmSync(home, { recursive: true });
}
