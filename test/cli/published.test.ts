import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { InvestigateOptions, investigate as published } from "../../schema/api.d.ts";
import type { InvestigationDocument } from "../../src/output/schema.ts";
import type { investigate, PublishedOptions } from "../../src/published.ts";
import { BIN, emptyFolder, lbdoctor, sessionsIn } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

/** A folder in which the package is installed, as npm lays it. */
function installed(): string {
  const home = emptyFolder();
  const packed = join(home, "node_modules", "lbdoctor");
  mkdirSync(join(home, "node_modules"));
  mkdirSync(packed);
  for (const part of ["dist", "playbooks"]) symlinkSync(join(dirname(BIN), "..", part), join(packed, part));
  copyFileSync("package.json", join(packed, "package.json"));
  return home;
}

async function program(home: string, text: string): Promise<string> {
  const file = join(home, "program.mjs");
  writeFileSync(file, text);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env: { XDG_STATE_HOME: home } });
  return stdout;
}

test("a program that imports the package gets what --json prints, and nothing is kept", async () => {
  const [home, folder] = [installed(), await smallRecording()];
  const stdout = await program(
    home,
    `import { investigate } from "lbdoctor";
     console.log(JSON.stringify(await investigate(${JSON.stringify(ALARM)}, { fixture: ${JSON.stringify(folder)} })));`,
  );
  const { stdout: printed } = await lbdoctor(["investigate", ALARM, "--fixture", folder, "--json"]);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(printed));
  expect(existsSync(sessionsIn(home))).toBe(false);
});

test("it exports nothing else, and rejects in one sentence", async () => {
  const stdout = await program(
    installed(),
    `import * as all from "lbdoctor";
     const said = await all.investigate("").catch(({ message }) => message);
     console.log(JSON.stringify([Object.keys(all), said]));`,
  );
  expect(JSON.parse(stdout)).toEqual([["investigate"], "the alarm's name is empty"]);
});

test("what the package exports is what it ships", () => {
  const { exports, files } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(existsSync(exports["."].types)).toBe(true);
  for (const path of Object.values(exports["."])) expect(files).toContain(String(path).split("/")[1]);
});

test("its types are those of the code", () => {
  // The types check this; each way round, so that neither promises what the other does not take or give.
  const given = (options: InvestigateOptions): PublishedOptions => options;
  const answered = (document: InvestigationDocument): Awaited<ReturnType<typeof published>> => document;
  const called = (code: typeof investigate): typeof published => code;
  expect([given, answered, called].every((one) => typeof one === "function")).toBe(true);
});
