import { describe, expect, it } from "vitest";
import { agrees, evaluateExpression } from "../../src/analysis/metric-math/evaluate.ts";
import { readExpression } from "../../src/analysis/metric-math/judged.ts";
import { parseExpression } from "../../src/analysis/metric-math/parse.ts";
import type { Series } from "../../src/model/time.ts";

const line = (...values: (number | null)[]): Series => ({ start: 600, step: 60, values });
const metrics = new Map([
  ["m1", line(1, 2, null, 4)],
  ["m2", line(100, 300, 300, 0)],
  ["m3", line(8, null, null, 2)],
  ["none", line(null, null, null, null)],
]);
const values = (text: string) => evaluateExpression(parseExpression(text), metrics).values;

describe("evaluateExpression", () => {
  it.each([
    ["IF(m2 > 200, m1, 0)", [0, 2, null, 0]],
    ["IF(m2 > 200, m1)", [null, 2, null, null]],
    ["IF(m3 > 5, 1, 0)", [1, null, null, 0]],
    ["FILL(m1, 0)", [1, 2, 0, 4]],
    ["FILL(m1, m2)", [1, 2, 300, 4]],
    ["FILL(m1, REPEAT)", [1, 2, 2, 4]],
    ["FILL(m1, LINEAR)", [1, 2, 3, 4]],
    ["FILL(none, REPEAT)", [null, null, null, null]],
    ["m1 / m2 * 100", [1, (2 / 300) * 100, null, null]],
    ["IF(m2 >= 100, 100 * m1 / m2, 0)", [1, 200 / 300, null, 0]],
    ["MAX([m1, m3])", [8, 2, null, 4]],
    ["MAX(METRICS('m'))", [100, 300, 300, 4]],
    ["MIN(REMOVE_EMPTY([m1, none, m3]))", [1, 2, null, 2]],
    ["SUM([m1, m3])", [9, 2, null, 6]],
    ["AVG([m1, m3])", [4.5, 2, null, 3]],
    ["m1 * 1000", [1000, 2000, null, 4000]],
    ["-m1 + 2 ^ 3 ^ 0", [1, 0, null, -2]],
    ["1 + 2 * 3 == 7 AND m1 < 4", [1, 1, null, 0]],
    ["m1 == 1 || m2 != 0 && m1 > 3", [1, 0, null, 0]],
    ["ABS(m1 - 3) + CEIL(0.2) - FLOOR(1.8)", [2, 1, null, 1]],
    ["m2 / PERIOD(m2)", [100 / 60, 5, 5, 0]],
    ["1e3 * .5 - m2", [400, 200, 200, 500]],
  ])("%s", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    ["m1 +", /ends too early/],
    ["m1 m2", /"m2" at character 4 is unexpected/],
    ["IF(m1, 2", /"\)" is missing/],
    ["m1 # 2", /not metric math/],
    ["MAX(m1)", /one number of the whole range/],
    ["SEARCH('{AWS\\/EC2}', 'Average')", /SEARCH is not known/],
    ["toString(m1)", /TOSTRING is not known/],
    ["m9", /no query m9/],
    ["[m1, m2]", /a list of series/],
    ["(".repeat(1_000), /nested too deeply/],
    ["-".repeat(1_000), /nested too deeply/],
    ["m1+".repeat(1_000), /longer than/],
  ])("says why %s cannot be computed", (text, words) => {
    expect(() => values(text)).toThrow(words);
  });

  it("is checked against CloudWatch's own values", () => {
    expect(agrees(line(1, 2, null), line(1, 2.000001, 5))).toBe(true);
    expect(agrees(line(1, 2, null), line(1, 2.1, 5))).toBe(false);
    expect(agrees(line(1, null), line(null, 2))).toBeNull();
    expect(agrees(line(1, 2), { start: 660, step: 60, values: [2] })).toBe(true);
  });
});

describe("readExpression", () => {
  const read = (Expression: string, ...more: { Id: string; Expression?: string }[]) =>
    readExpression([{ Id: "e", Expression }, { Id: "m1" }, { Id: "m2" }, ...more], "e");
  const metric = (id: string, factor = 1) => ({ kind: "metric", id, factor });

  it.each([
    ["IF(m2 > 200, m1, 0)", ["m2", "m1"], [metric("m1"), { kind: "constant", value: 0 }]],
    ["IF(m2 > 200, m1)", ["m2", "m1"], [metric("m1")]],
    ["FILL(m1, 0)", ["m1"], [metric("m1"), { kind: "constant", value: 0 }]],
    ["FILL(m1, REPEAT)", ["m1"], [metric("m1")]],
    ["m1*1000", ["m1"], [metric("m1", 1000)]],
    ["1000 * FILL(m1, 1) / 2", ["m1"], [metric("m1", 500), { kind: "constant", value: 500 }]],
    ["m1/m2*100", ["m1", "m2"], [{ kind: "ratio", over: "m1", under: "m2", factor: 100 }]],
    [
      "IF(m2>=50, 100*m1/m2, 0)",
      ["m2", "m1"],
      [
        { kind: "ratio", over: "m1", under: "m2", factor: 100 },
        { kind: "constant", value: 0 },
      ],
    ],
    ["MAX([m1, m2])", ["m1", "m2"], [metric("m1"), metric("m2")]],
    ["MAX(METRICS())", ["m1", "m2"], [metric("m1"), metric("m2")]],
    ["m1 + m2", ["m1", "m2"], [{ kind: "other" }]],
    ["RATE(m1)", ["m1"], [{ kind: "other" }]],
  ])("%s", (text, reads, outcomes) => {
    expect(read(text)).toMatchObject({ reads, outcomes });
  });

  it("puts the expressions that it names in their places", () => {
    const answer = read("IF(m2 > 20, seconds, 0) * 1000", { Id: "seconds", Expression: "FILL(m1, 0)" });
    expect(answer).toMatchObject({
      reads: ["m2", "m1"],
      outcomes: [metric("m1", 1000), { kind: "constant", value: 0 }],
    });
  });

  it("says why an expression cannot be read", () => {
    expect(read("f + 1", { Id: "f", Expression: "e" })).toEqual({ unreadable: expect.stringMatching(/in a circle/) });
    expect(read("m1 +")).toEqual({ unreadable: expect.stringMatching(/ends too early/) });
  });
});
