import { expect, test } from "vitest";
import { judge, kindOf } from "./cases.ts";

/** Judged at each run of the tests; `npm run fuzz` judges as many as wanted. */
const CASES = 400;
const SEED = 20_261;

test("what strangers, servers, programs and people may hand over is answered or told, and leaks nothing", {
  timeout: 300_000,
}, async () => {
  const faults: string[] = [];
  for (let index = 0; index < CASES; index += 1) {
    const fault = await judge(SEED, index);
    if (fault !== null) faults.push(`case ${index} (${kindOf(SEED, index)}): ${fault.slice(0, 600)}`);
  }
  expect(faults).toEqual([]);
});

test("a case is the same whenever it is drawn", () => {
  const kinds = Array.from({ length: 500 }, (_, index) => kindOf(SEED, index));
  expect(Array.from({ length: 500 }, (_, index) => kindOf(SEED, index))).toEqual(kinds);
  expect([...new Set(kinds)].sort()).toEqual(["event", "kubeconfig", "live", "recording", "session"]);
});
