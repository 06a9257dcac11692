import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ActsWriter, keptActs } from "../../src/sessions/acts.ts";
import { smallLine } from "../../src/sessions/line.ts";
import { emptyFolder, sessionsIn } from "../cli/lbdoctor.ts";
import { FOUND, kept, read } from "./kept-by.ts";

/** The bytes of the only journal that is kept in a state folder, and where it lies. */
function journal(state: string): { path: string; bytes: Buffer } {
  const [name = ""] = readdirSync(sessionsIn(state)).filter((one) => /^s(\.[0-9a-f]{8})?\.jsonl$/.test(one));
  const path = join(sessionsIn(state), name);
  return { path, bytes: readFileSync(path) };
}

test("cut at any byte, a journal holds its records up to there and nothing else", async () => {
  const state = emptyFolder();
  await kept(state, "s", null, 4);
  const { path, bytes } = journal(state);
  const first = bytes.indexOf(0x0a) + 1;
  for (let length = bytes.length; length >= first; length -= 1) {
    truncateSync(path, length);
    const whole = bytes.subarray(0, length).toString("latin1").split("\n").length - 2;
    expect([length, (await read(state, "s")).exchanges.length]).toEqual([length, whole]);
  }
});

test("garbage behind the last record, as a lost machine leaves it, is passed over", async () => {
  const state = emptyFolder();
  await kept(state, "s", FOUND, 2);
  appendFileSync(journal(state).path, `${"\0".repeat(5000)}\n${"\0".repeat(700)}\n[{"type":"ans`);
  expect(await read(state, "s")).toMatchObject({ exchanges: { length: 2 }, conclusion: FOUND });
});

test("one changed byte before the last record is told with its line", async () => {
  const state = emptyFolder();
  await kept(state, "s", FOUND, 3);
  const { path, bytes } = journal(state);
  const changed = Buffer.from(bytes);
  const at = bytes.indexOf('"number":1');
  changed[at + '"number":'.length] = 0x37;
  writeFileSync(path, changed);
  await expect(read(state, "s")).rejects.toThrow(`${path}:3: this line is damaged (its checksum is wrong)`);
});

test.each([
  [{ type: "opened", format: 3 }, "format: this lbdoctor reads sessions of version 2, not 3"],
  [{ type: "answered" }, "type: "],
  [[[]], "expected object"],
])("a first record like %j is told in one sentence", async (record, words) => {
  const state = emptyFolder();
  await kept(state, "s", FOUND);
  const { path } = journal(state);
  writeFileSync(path, smallLine(record));
  await expect(read(state, "s")).rejects.toThrow(words);
});

test("a record that nests too deep is told, and not followed", async () => {
  const state = emptyFolder();
  await kept(state, "s", null);
  let page: unknown = 1;
  for (let level = 0; level < 1000; level += 1) page = [page];
  const question = { source: "kubernetes", operation: "get", input: {} };
  const { path } = journal(state);
  appendFileSync(path, smallLine({ type: "answered", question, answer: { status: "answered", pages: [page] } }));
  await expect(read(state, "s")).rejects.toThrow("nests deeper than 200 levels");
});

test("what another version asked, and this one cannot ask, is passed over", async () => {
  const state = emptyFolder();
  await kept(state, "s", null, 1);
  const answer = { status: "answered", pages: [1] };
  for (const question of [
    { source: "tea-leaves", operation: "read", input: {} },
    { source: "constructor", operation: "length", input: {} },
    { source: "kubernetes", operation: "divine", input: {} },
  ]) {
    appendFileSync(journal(state).path, smallLine({ type: "answered", question, answer }));
  }
  expect((await read(state, "s")).exchanges).toHaveLength(1);
});

const note = (text: string) => ({ at: "2026-03-04T12:00:00Z", type: "noted", finding: "a.b", text }) as const;

test("a person's acts outlive the runs, and half a line that a killed process left harms none", async () => {
  const state = emptyFolder();
  const environment = { XDG_STATE_HOME: state };
  await kept(state, "s", FOUND);
  const path = join(sessionsIn(state), "s.user.jsonl");
  const acts = [new ActsWriter(environment, "s"), new ActsWriter(environment, "s")];
  acts[0]?.keep(note("one"));
  acts[1]?.keep(note("two"));
  appendFileSync(path, '[{"type":"user","act":{"at":"2026');
  expect(await keptActs(environment, "s")).toEqual([note("one"), note("two")]);
  acts[0]?.keep(note("three"));
  await kept(state, "s", FOUND);
  expect((await read(state, "s")).user).toEqual([note("one"), note("two"), note("three")]);
  expect(acts.map(({ trouble }) => trouble)).toEqual([null, null]);
});
