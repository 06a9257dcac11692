import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listSessions } from "../../src/sessions/listing.ts";
import { emptyFolder, sessionsIn } from "../cli/lbdoctor.ts";
import { FOUND, INTERRUPTED, kept } from "./kept-by.ts";

/** Three sessions: one that came to its end, one that was interrupted, one whose process was killed. */
async function three(): Promise<{ state: string; folder: string; index: string }> {
  const state = emptyFolder();
  await kept(state, "whole", FOUND, 3);
  await kept(state, "stopped", INTERRUPTED);
  await kept(state, "killed", null);
  const folder = sessionsIn(state);
  return { state, folder, index: join(folder, ".index.json") };
}

const said = async (folder: string) =>
  Object.fromEntries((await listSessions(folder)).map(({ id, about, damage }) => [id, damage ?? about?.conclusion]));

test("each session is listed with what came of it, and a killed one has no end", async () => {
  const { folder } = await three();
  expect(await said(folder)).toEqual({ whole: FOUND, stopped: INTERRUPTED, killed: null });
});

test("without an index, or with one that is damaged or of another kind, the list is the same", async () => {
  const { folder, index } = await three();
  const list = await listSessions(folder);
  const written = readFileSync(index, "utf8");
  for (const text of ["", "{", "[]", '{"version":2,"files":{}}', '{"version":1,"files":{"whole.jsonl":7}}', written]) {
    writeFileSync(index, text);
    expect([text, await listSessions(folder)]).toEqual([text, list]);
    expect(readFileSync(index, "utf8")).toBe(written);
  }
  rmSync(index);
  expect(await listSessions(folder)).toEqual(list);
  expect(existsSync(index)).toBe(true);
});

test("the index answers for a file that has not changed, and for no other", async () => {
  const { folder, index } = await three();
  const path = join(folder, "whole.jsonl");
  utimesSync(path, 1, 1);
  /** What the list says once the index, and it alone, says something else. */
  const afterwards = async (change: () => void) => {
    await listSessions(folder);
    const other = readFileSync(index, "utf8").replaceAll("The quota throttles", "The index says: the quota throttles");
    writeFileSync(index, other);
    change();
    return (await said(folder)).whole;
  };
  expect(await afterwards(() => {})).toMatchObject({ headline: "The index says: the quota throttles the pods." });
  rmSync(index);
  expect(await afterwards(() => utimesSync(path, 2, 2))).toEqual(FOUND);
  const longer = () => {
    appendFileSync(path, "half a reco");
    // As some file systems and copies have it: another file of the same time.
    utimesSync(path, 2, 2);
  };
  expect(await afterwards(longer)).toEqual(FOUND);
});

test("a session that is gone leaves the list and the index", async () => {
  const { folder, index } = await three();
  await listSessions(folder);
  rmSync(join(folder, "whole.jsonl"));
  expect(Object.keys(await said(folder)).sort()).toEqual(["killed", "stopped"]);
  expect(readFileSync(index, "utf8")).not.toContain("whole.jsonl");
});

test("a damaged session is listed with its damage, and costs the others nothing", async () => {
  const { folder } = await three();
  const path = join(folder, "whole.jsonl");
  writeFileSync(path, readFileSync(path, "utf8").replace("alarm of whole", "alarm of hole"));
  expect(await said(folder)).toEqual({
    whole: `${path}: its first line is damaged (its checksum is wrong)`,
    stopped: INTERRUPTED,
    killed: null,
  });
});

test("only the ends of a session are looked at: one too large to be read is listed like any other", async () => {
  const { folder } = await three();
  const path = join(folder, "whole.jsonl");
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, `${lines[0]}\n`);
  // A hole: it takes no space, and reading all of it would take that much memory.
  truncateSync(path, 2 ** 30);
  appendFileSync(path, `\n${lines.at(-1)}\n`);
  expect((await said(folder)).whole).toEqual(FOUND);
});
