import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SessionWriter } from "../../src/sessions/writer.ts";
import { emptyFolder, sessionsIn } from "../cli/lbdoctor.ts";
import { FOUND, INTERRUPTED, kept, opening, question, read, saying } from "./kept-by.ts";

const begin = (state: string, id = "s") => SessionWriter.begin({ XDG_STATE_HOME: state }, opening(id));

test("what was asked and answered is read as it was, however large and whatever it holds", async () => {
  const state = emptyFolder();
  const answers = [
    { status: "answered", pages: [{ text: '\u001b[31m\u2028\u202e \ud800 \n\t"}],"00000000"]' }, null, 7] },
    { status: "answered", pages: Array.from({ length: 5 }, () => ({ body: "é".repeat(700_000) })) },
    { status: "answered", pages: [{}], cut: { kind: "throttled", message: "too many" } },
    { status: "answered", pages: [] },
    { status: "failed", failure: { kind: "timeout", message: "no answer in time" } },
  ] as const;
  const writer = begin(state);
  // All at once, so that a large one is written while the others come.
  await Promise.all(answers.map((answer, number) => writer.keeping(saying(answer)).ask(question(number))));
  writer.ended(FOUND);
  expect(await writer.close()).toBeNull();
  const session = await read(state, "s");
  expect(session.opening).toEqual(opening("s"));
  expect(session.conclusion).toEqual(FOUND);
  expect(session.exchanges).toEqual(answers.map((answer, number) => ({ question: question(number), answer })));
  // Nothing that a terminal obeys lies in the file.
  const text = readFileSync(join(sessionsIn(state), "s.jsonl"), "utf8");
  expect(["\u001b", "\u202e"].filter((obeyed) => text.includes(obeyed))).toEqual([]);
});

test("an answer is kept by the time it is given on", async () => {
  const state = emptyFolder();
  const source = begin(state).keeping(saying({ status: "answered", pages: [{ body: "x".repeat(1_500_000) }, 2] }));
  for (let number = 0; number < 3; number += 1) {
    await source.ask(question(number));
    expect((await read(state, "s")).exchanges).toHaveLength(number + 1);
  }
});

test("what is answered after the end changes nothing any more", async () => {
  const state = emptyFolder();
  const writer = begin(state);
  const source = writer.keeping(saying({ status: "answered", pages: [1] }));
  await source.ask(question(1));
  writer.ended(INTERRUPTED);
  await source.ask(question(2));
  await writer.close();
  const session = await read(state, "s");
  expect(session.exchanges.map(({ question: asked }) => asked)).toEqual([question(1)]);
  expect(session.conclusion).toEqual(INTERRUPTED);
});

describe("the same session twice", () => {
  test("two runs at once never mix: each is whole, and the later end is what is kept", async () => {
    const state = emptyFolder();
    const runs = ["a", "b"].map((name) => {
      const writer = begin(state);
      return {
        name,
        writer,
        source: writer.keeping(saying({ status: "answered", pages: [name.repeat(2_000_000), name] })),
      };
    });
    const ask = (number: number) => Promise.all(runs.map(({ source }) => source.ask(question(number))));
    for (let number = 0; number < 3; number += 1) await ask(number);
    for (const { name, writer } of runs) {
      writer.ended({ ...FOUND, headline: name });
      expect(await writer.close()).toBeNull();
      const { conclusion, exchanges } = await read(state, "s");
      expect(conclusion?.headline).toBe(name);
      expect(exchanges).toHaveLength(3);
      for (const { answer } of exchanges) expect(answer).toMatchObject({ pages: [expect.any(String), name] });
    }
    expect(readdirSync(sessionsIn(state))).toEqual(["s.jsonl"]);
  });

  test("a run that is killed or interrupted takes nothing from one that came to its end", async () => {
    const state = emptyFolder();
    await kept(state, "s", FOUND, 5);
    await kept(state, "s", null, 2);
    expect(await read(state, "s")).toMatchObject({ conclusion: FOUND, exchanges: { length: 5 } });
    await kept(state, "s", INTERRUPTED, 2);
    expect(await read(state, "s")).toMatchObject({ conclusion: FOUND, exchanges: { length: 5 } });
  });

  test("of two that were killed the later one is what the screen has shown last", async () => {
    const state = emptyFolder();
    await kept(state, "s", null, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await kept(state, "s", null, 3);
    expect((await read(state, "s")).exchanges).toHaveLength(3);
  });
});

describe("files and folders", () => {
  test("only their owner can read them, whatever the umask and whatever was there", async () => {
    const state = emptyFolder();
    mkdirSync(sessionsIn(state), { recursive: true });
    chmodSync(sessionsIn(state), 0o777);
    const umask = process.umask(0);
    await kept(state, "s", null);
    process.umask(0o777);
    await kept(state, "t", FOUND);
    process.umask(umask);
    expect(statSync(sessionsIn(state)).mode & 0o777).toBe(0o700);
    const files = readdirSync(sessionsIn(state));
    expect(files).toHaveLength(2);
    for (const name of files) expect(statSync(join(sessionsIn(state), name)).mode & 0o777).toBe(0o600);
  });

  test("a link in the folder's place is not followed", async () => {
    const [state, elsewhere] = [emptyFolder(), emptyFolder()];
    chmodSync(elsewhere, 0o755);
    mkdirSync(join(state, "lbdoctor"));
    symlinkSync(elsewhere, sessionsIn(state));
    const writer = begin(state);
    writer.ended(FOUND);
    expect(await writer.close()).toBe(`${sessionsIn(state)}: is a symbolic link, and nothing is written through one`);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(statSync(elsewhere).mode & 0o777).toBe(0o755);
  });

  test("a link in a session's place is replaced, and what it leads to stays", async () => {
    const [state, elsewhere] = [emptyFolder(), emptyFolder()];
    const precious = join(elsewhere, "precious");
    writeFileSync(precious, "as it was");
    mkdirSync(sessionsIn(state), { recursive: true });
    symlinkSync(precious, join(sessionsIn(state), "s.jsonl"));
    linkSync(precious, join(sessionsIn(state), "t.jsonl"));
    for (const id of ["s", "t"]) await kept(state, id, FOUND);
    expect(readFileSync(precious, "utf8")).toBe("as it was");
    for (const id of ["s", "t"]) expect((await read(state, id)).conclusion).toEqual(FOUND);
  });

  test.each([
    [
      "a file where the folder should be",
      (state: string) => writeFileSync(join(state, "lbdoctor"), ""),
      /is a file, or is inside one/,
    ],
    ["no place for folders at all", () => {}, /cannot be (made|written)/],
  ])("%s is told, and what is asked is answered", async (what, make, words) => {
    const state = what.startsWith("no place") ? "/proc/lbdoctor" : emptyFolder();
    make(state);
    const writer = begin(state);
    const source = writer.keeping(saying({ status: "answered", pages: [1] }));
    expect(await source.ask(question(1))).toEqual({ status: "answered", pages: [1] });
    writer.ended(FOUND);
    expect(await writer.close()).toMatch(words);
  });
});

test("an answer that cannot be written costs the session, and not the investigation", async () => {
  const state = emptyFolder();
  let page: unknown = 1;
  for (let level = 0; level < 200_000; level += 1) page = [page];
  const writer = begin(state);
  const answer = await writer.keeping(saying({ status: "answered", pages: [page] })).ask(question(1));
  expect(answer.status).toBe("answered");
  writer.ended(FOUND);
  expect(await writer.close()).toMatch(/^\S+s\.[0-9a-f]{8}\.jsonl: cannot be written \(RangeError/);
  expect(readdirSync(sessionsIn(state))).toEqual([]);
});
