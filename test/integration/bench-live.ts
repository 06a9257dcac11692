import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { commandFor } from "../../src/sources/command.ts";
import { Served } from "./served.ts";
import { investigated, WorldSource, worldOf } from "./worlds.ts";

/*
 * npx tsx test/integration/bench-live.ts: how long the built command line takes with 100 ms added to every request,
 * beside the longest chain of dependent requests, and beside a shell that runs the same commands one after another.
 */

const DELAY = 100;
/** See live.test.ts. */
const CHAIN = 5;

execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
const served = await Served.start("small", DELAY);
const bin = resolve("dist/lbdoctor.js");
await served.run(bin, "--json", "--allow-exec");
const runs = [];
for (let run = 0; run < 5; run += 1) runs.push(await served.run(bin, "--json", "--allow-exec", "--verbose"));
const [median] = runs
  .map(({ milliseconds }) => milliseconds)
  .sort((a, b) => a - b)
  .slice(2);
const idle = spawnSync(process.execPath, [bin, "--version"], { env: served.environment });
console.log(
  `lbdoctor: ${Math.round(median ?? 0)} ms (median of 5), ${idle.stdout.toString().trim()}; ${runs[0]?.stderr.trim().split("\n").at(-1)}`,
);
console.log(`longest chain: ${CHAIN} requests of ${DELAY} ms; 1.25 × that is ${CHAIN * DELAY * 1.25} ms`);

const world = worldOf("worker-ceiling");
const { exchanges } = await investigated(world, new WorldSource(world));
const aws = execFileSync("sh", ["-c", "command -v aws"]).toString().trim();
writeFileSync(join(served.folder, "aws"), `#!/bin/sh\nexec ${aws} --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`);
chmodSync(join(served.folder, "aws"), 0o755);
const env = {
  ...served.environment,
  PATH: `${served.folder}${delimiter}${process.env.PATH}`,
  PROMETHEUS_URL: served.environment.PROMETHEUS_URL_OF_LOOPBACK,
};
const script = exchanges.map(({ question }) => `${commandFor(question)} > /dev/null`).join("\n");
const started = performance.now();
const shell = spawnSync("sh", ["-e", "-c", script], { env, stdio: ["ignore", "ignore", "inherit"] });
console.log(
  `the same ${exchanges.length} commands in a shell, one after another: ${Math.round(performance.now() - started)} ms (exit ${shell.status})`,
);
served.close();
process.exit(0);
