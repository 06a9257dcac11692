#!/usr/bin/env node
import { readFileSync } from "node:fs";

/*
 * The entry. --help and --version are what a hurried person and a shell's completion ask most, so the help's text is made when the package is
 * built (scripts/build.mjs, from src/cli/program.ts) and printed without loading anything else.
 */

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Who reads may stop reading, as `head` does; a full disk is another matter.
  if (error.code === "EPIPE") return;
  process.stderr.write(`lbdoctor: standard output cannot be written (${error.code})\n`);
  process.exit(1);
});
// There is nobody left to tell.
process.stderr.on("error", () => undefined);

const [only, ...more] = process.argv.slice(2);
if ((only === "--help" || only === "-h") && more.length === 0) {
  process.stdout.write(readFileSync(new URL("help.txt", import.meta.url)));
} else if ((only === "--version" || only === "-V") && more.length === 0) {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import("./program.ts");
  await main();
}
