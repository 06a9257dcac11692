import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import type { Session } from "../../src/model/session.ts";
import { Keeper } from "../../src/sessions/store.ts";
import { emptyFolder, ROOT } from "../cli/lbdoctor.ts";

const session = (note: string) => ({ opening: { id: "s" }, note }) as unknown as Session;

test("what comes while a write is under way is written once it has ended, and the newest wins", async () => {
  const folder = emptyFolder();
  const keeper = new Keeper(folder);
  for (const note of ["one", "two", "three"]) keeper.save(session(note));
  expect(await keeper.flush()).toBeNull();
  expect(JSON.parse(await readFile(join(folder, "s.json"), "utf8"))).toMatchObject({ note: "three" });
  expect(await readdir(folder)).toEqual(["s.json"]);
});

test("a session that is written in several pieces is the same JSON as in one", async () => {
  const folder = emptyFolder();
  const keeper = new Keeper(folder);
  const written = {
    ...session("pieces"),
    none: undefined,
    nothing: null,
    empty: [],
    gap: [1, undefined, 3],
    answers: Array.from({ length: 40 }, (_, index) => ({ index, body: `"${"x".repeat(100_000)}\n` })),
    after: [{ deep: [[]] }],
  };
  keeper.save(written);
  expect(await keeper.flush()).toBeNull();
  // The text itself, and not only what it means: pieces in between must leave no trace.
  expect(await readFile(join(folder, "s.json"), "utf8")).toBe(`${JSON.stringify(written)}\n`);
});

test("a killed process leaves a whole session that only its owner can read", async () => {
  const folder = emptyFolder();
  const script = join(emptyFolder(), "writer.mjs");
  // Writes states of very different sizes for ever, so that a write is under way whenever the process is killed.
  const contents = `
    import { Keeper } from ${JSON.stringify(join(ROOT, "src/sessions/store.ts"))};
    const keeper = new Keeper(${JSON.stringify(folder)});
    for (let round = 0; ; round += 1) {
      keeper.save({ opening: { id: "s" }, round, note: "x".repeat((round % 7) * 300_000) });
      await keeper.flush();
      process.stdout.write("written\\n");
    }`;
  await build({
    stdin: { contents, resolveDir: ROOT },
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: 'import{createRequire as _cr}from"node:module";const require=_cr(import.meta.url);' },
  });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await killedWhileWriting(spawn(process.execPath, [script]), 3 + attempt);
    expect(JSON.parse(await readFile(join(folder, "s.json"), "utf8")).round).toBeGreaterThan(0);
    expect((await stat(join(folder, "s.json"))).mode & 0o777).toBe(0o600);
  }
});

/** Waits for so many writes, and then kills the process in the middle of what it does. */
async function killedWhileWriting(child: ChildProcess, writes: number): Promise<void> {
  const ended = new Promise((resolve) => child.on("close", resolve));
  let seen = 0;
  child.stdout?.on("data", (text) => {
    seen += String(text).split("\n").length - 1;
    if (seen >= writes) child.kill("SIGKILL");
  });
  await ended;
}
