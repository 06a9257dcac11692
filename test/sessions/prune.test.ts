import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ActsWriter } from "../../src/sessions/acts.ts";
import { prune, tidyQuietly } from "../../src/sessions/prune.ts";
import { ruleInWords, standingRule } from "../../src/sessions/rule.ts";
import { emptyFolder, sessionsIn } from "../cli/lbdoctor.ts";
import { FOUND, kept } from "./kept-by.ts";

const DAY = 86_400;
const NONE = Number.POSITIVE_INFINITY;
/** Sessions so many days old, each named by its age. */
async function aged(...days: readonly number[]): Promise<string> {
  const state = emptyFolder();
  for (const age of days) await kept(state, `d${age}`, FOUND);
  for (const name of readdirSync(sessionsIn(state))) age(state, name, Number(/^d(\d+)/.exec(name)?.[1]) * DAY);
  return state;
}

function age(state: string, name: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(join(sessionsIn(state), name), then, then);
}

const left = (state: string) => readdirSync(sessionsIn(state)).sort();

test.each([
  [{ newest: 2, age: NONE }, ["d0.jsonl", "d10.jsonl"]],
  [{ newest: NONE, age: 15 * DAY }, ["d0.jsonl", "d10.jsonl"]],
  [{ newest: 3, age: 5 * DAY }, ["d0.jsonl"]],
  [{ newest: 0, age: NONE }, []],
  [{ newest: NONE, age: NONE }, ["d0.jsonl", "d10.jsonl", "d20.jsonl", "d30.jsonl"]],
])("%j leaves %j", async (rule, names) => {
  const state = await aged(0, 10, 20, 30);
  const { removed, kept: count } = prune(sessionsIn(state), rule, Date.now());
  expect(left(state)).toEqual(names);
  expect([removed.length, count]).toEqual([4 - names.length, names.length]);
});

test("what is none of ours stays, whatever its age", async () => {
  const state = await aged(30);
  const foreign = ["notes.txt", "d30.jsonl.bak", "d30.tar.json.gz", ".hidden.json"];
  for (const name of foreign) {
    writeFileSync(join(sessionsIn(state), name), "");
    age(state, name, 400 * DAY);
  }
  prune(sessionsIn(state), { newest: 0, age: 0 }, Date.now());
  expect(left(state)).toEqual([...foreign].sort());
});

describe("beside an investigation", () => {
  test("old sessions go, but for those that a person has written in", async () => {
    const state = await aged(0, 80, 100, 120);
    new ActsWriter({ XDG_STATE_HOME: state }, "d120").keep({ at: "2026-03-04T12:00:00Z", type: "allowed-exec" });
    age(state, "d120.user.jsonl", 120 * DAY);
    await kept(state, "new", FOUND);
    expect(left(state)).toEqual(["d0.jsonl", "d120.jsonl", "d120.user.jsonl", "d80.jsonl", "new.jsonl"]);
    // Asked for, it goes whole.
    prune(sessionsIn(state), { newest: NONE, age: 90 * DAY }, Date.now());
    expect(left(state)).toEqual(["d0.jsonl", "d80.jsonl", "new.jsonl"]);
  });

  test("the rule is the user's; one that cannot be understood removes nothing", async () => {
    const state = await aged(0, 80, 400);
    for (const [rule, count] of [
      ["everything", 3],
      ["all", 3],
      ["100d", 2],
      ["1", 1],
    ] as const) {
      await tidyQuietly(sessionsIn(state), { LBDOCTOR_KEEP: rule }, "running");
      expect([rule, left(state).length]).toEqual([rule, count]);
    }
  });

  test("what is under way stays, whatever the rule and whoever has ended since", async () => {
    const state = await aged(0, 5);
    await tidyQuietly(sessionsIn(state), { LBDOCTOR_KEEP: "1" }, "d5");
    expect(left(state)).toEqual(["d0.jsonl", "d5.jsonl"]);
    // A run whose process may live: the same session has come to its end in another one.
    await kept(state, "d0", null);
    await tidyQuietly(sessionsIn(state), { LBDOCTOR_KEEP: "all" }, "d5");
    expect(left(state)).toEqual([expect.stringMatching(/^d0\.[0-9a-f]{8}\.jsonl$/), "d0.jsonl", "d5.jsonl"]);
  });

  test("what another process is investigating stays, until nobody has written to it for an hour", async () => {
    const state = await aged(0);
    await kept(state, "other", null);
    const [, run = ""] = left(state);
    expect(run).toMatch(/^other\.[0-9a-f]{8}\.jsonl$/);
    for (const [seconds, there] of [
      [3500, true],
      [3700, false],
    ] as const) {
      age(state, run, seconds);
      await tidyQuietly(sessionsIn(state), { LBDOCTOR_KEEP: "1" }, "new");
      expect(left(state).includes(run)).toBe(there);
    }
  });

  test("what a killed process left half made goes at once, what is being made stays", async () => {
    const state = await aged(0);
    // Process numbers end at 2^22.
    const [dead, alive] = ["x.0a1b2c3d.jsonl.4194305.part", `y.0a1b2c3d.jsonl.${process.pid}.part`];
    for (const name of [dead, alive]) writeFileSync(join(sessionsIn(state), name), "");
    await kept(state, "new", FOUND);
    expect(left(state)).toEqual(["d0.jsonl", "new.jsonl", alive].sort());
    age(state, alive, 2 * 3600);
    await kept(state, "new", FOUND);
    expect(left(state)).toEqual(["d0.jsonl", "new.jsonl"]);
  });

  test("a run that was killed goes once its session has come to an end, and not before", async () => {
    const state = emptyFolder();
    await kept(state, "s", null);
    const [run = ""] = left(state);
    age(state, run, 2 * 3600);
    await kept(state, "other", FOUND);
    expect(left(state)).toContain(run);
    await kept(state, "s", FOUND);
    await kept(state, "other", FOUND);
    expect(left(state)).toEqual(["other.jsonl", "s.jsonl"]);
  });
});

test.each([
  [undefined, "the newest 200, for 90 days"],
  ["", "the newest 200, for 90 days"],
  ["50", "the newest 50"],
  ["30d", "for 30 days"],
  ["50,1d", "the newest 50, for 1 day"],
  [" all ", "all, forever"],
])("LBDOCTOR_KEEP=%j is told as %j", (given, words) => {
  expect(ruleInWords(standingRule({ LBDOCTOR_KEEP: given }))).toBe(words);
});

test.each(["0", "-1", "1e9", "30 days", "50;30d", "all,50", "9999999"])("LBDOCTOR_KEEP=%j is refused", (given) => {
  expect(() => standingRule({ LBDOCTOR_KEEP: given })).toThrow(/^LBDOCTOR_KEEP .*: expected a number like 200/);
});
