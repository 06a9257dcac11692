import { readFileSync } from "node:fs";

/*
 * The package's own files. The command line is bundled into dist/, one level below the package's folder; every chunk of
 * the bundle lies there, so that this place is the same for all of them.
 */

/** A file of the package, by its path from the package's folder. */
export function packageFile(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

export function version(): string {
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  return version;
}
