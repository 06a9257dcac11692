import { describe, expect, test } from "vitest";
import { SIZE } from "../../src/sources/limits.ts";
import { parseJson, Size, TooLarge } from "../../src/sources/size.ts";

const nested = (depth: number): unknown => {
  let value: unknown = [];
  for (let level = 1; level < depth; level += 1) value = { inner: value };
  return value;
};
const values = (count: number) => Array(count - 1).fill(0);
const text = (length: number) => "x".repeat(length);

const LIMITS: [what: string, taken: unknown, refused: unknown, words: string][] = [
  ["depth", nested(SIZE.depth), [nested(SIZE.depth)], "nests deeper than 200 levels"],
  ["values", values(SIZE.values), [values(SIZE.values), 0], "contains more than 4 million values"],
  ["a text", [text(SIZE.text - 1)], [text(SIZE.text + 1)], "contains a text of more than 2 MB"],
  ["a name", { [text(SIZE.text - 1)]: 1 }, { [text(SIZE.text + 1)]: 1 }, "contains a text of more than 2 MB"],
];

describe.each(LIMITS)("%s", (_, taken, refused, words) => {
  test("is bounded before JSON is parsed", () => {
    expect(() => parseJson(JSON.stringify(taken))).not.toThrow();
    expect(() => parseJson(JSON.stringify(refused))).toThrow(new TooLarge(words));
  });

  test("is bounded in what a client has parsed", () => {
    expect(() => new Size().add(taken)).not.toThrow();
    expect(() => new Size().add(refused)).toThrow(new TooLarge(words));
  });
});

test("the pages of an answer are bounded together", () => {
  const size = new Size();
  const page = [text(SIZE.text)];
  for (let pages = 0; pages < SIZE.whole / SIZE.text; pages += 1) size.add(page);
  expect(() => size.add(["x"])).toThrow(new TooLarge("is larger than 64 MB"));
  const many = new Size();
  many.add(values(SIZE.values));
  expect(() => many.add([0, 0])).toThrow(new TooLarge("contains more than 4 million values"));
});

test("a quotation mark that is escaped ends no text, and brackets in a text nest nothing", () => {
  const odd = { a: `\\"${"[".repeat(300)}`, b: '\\\\"{', "c\\": "]" };
  expect(parseJson(JSON.stringify(odd))).toEqual(odd);
});
