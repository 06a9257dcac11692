import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Span } from "../../model/time.ts";
import { Told } from "../failure.ts";
import { matters, named } from "./object-key.ts";
import type { Log } from "./questions.ts";
import type { LogFile } from "./read-files.ts";
import { WORDS } from "./words.ts";

/** Files of a folder that are looked at; a day of a busy load balancer is some thousands. */
const MOST_FILES = 100_000;

/**
 * The log files in a folder and what lies under it. Of those that are named as Elastic Load Balancing names them only
 * those that matter; any other .log and .log.gz is taken for an access log. Throws a Told where there is none.
 */
export async function filesIn(
  folder: string,
  log: Log,
  loadBalancer: string,
  spans: readonly Span[],
): Promise<LogFile[]> {
  const listed = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it is not a folder";
    throw new Told("missing", `the folder of log files ${folder} cannot be read: ${code}`);
  });
  if (listed.length > MOST_FILES)
    throw new Told(
      "malformed",
      `the folder ${folder} holds more than ${MOST_FILES} files: give the one for a single day`,
    );
  const names = listed
    .filter((entry) => entry.isFile() && /\.log(?:\.gz)?$/.test(entry.name))
    .filter(({ name }) => {
      const told = named(name);
      if (told === null) return log === "requests";
      return told.log === log && told.loadBalancer === loadBalancer && matters(told.end, spans);
    })
    .map((entry) => join(entry.parentPath, entry.name));
  if (names.length === 0)
    throw new Told("missing", `the folder ${folder} has no ${WORDS[log]} of ${loadBalancer} for this time`);
  return names.sort().map((name) => ({ name, open: async () => createReadStream(name) }));
}
