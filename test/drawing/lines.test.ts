import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { asItIs } from "../../src/drawing/as-it-is.ts";
import { columns, cut, cutMiddle, filled, parts, textOf, widthOf, wrapped } from "../../src/drawing/lines.ts";
import { LEVELS, SIGN, TURNING } from "../../src/drawing/signs.ts";
import { visible } from "../../src/model/visible.ts";

describe("columns", () => {
  it("agrees with the exact measure for what names and pictures are made of", () => {
    // Latin and its marks, Greek, Cyrillic; punctuation and arrows; lines, blocks and signs. What is drawn as nothing never
    // gets here.
    const ranges = [
      [0x20, 0x600],
      [0x2010, 0x2200],
      [0x2500, 0x25fd],
      [0x2713, 0x2714],
      [0x2800, 0x2900],
    ] as const;
    const codes = ranges.flatMap(([first, end]) => Array.from({ length: end - first }, (_, index) => first + index));
    for (const code of codes) {
      const character = String.fromCharCode(code);
      if (visible(character) !== character) continue;
      expect(columns(character), code.toString(16)).toBe(stringWidth(character));
    }
    for (const sign of [...Object.values(SIGN), ...LEVELS, ...TURNING]) expect(columns(sign)).toBe(1);
    expect(columns("日本🙂")).toBe(6);
  });
});

describe("cut", () => {
  it("says with an ellipsis that something is gone, and never takes half a wide character", () => {
    expect(cut("round robin", 20)).toBe("round robin");
    expect(cut("round robin", 8)).toBe("round r…");
    expect(cut("日本語", 4)).toBe("日…");
    expect(cut("x", 0)).toBe("");
    expect(cutMiddle("data-service-7db0cc-x7k2p", 11)).toBe("data-…x7k2p");
  });
});

describe("lines", () => {
  it("are filled or cut to exactly their width", () => {
    const spans = [
      { text: "round ", tone: "strong" as const },
      { text: "robin", tone: "dim" as const },
    ];
    for (const width of [0, 3, 6, 8, 11, 20]) expect(widthOf(filled(spans, width))).toBe(width);
  });

  it("wrap at blanks, and patches stay as they are", () => {
    expect(wrapped("one two three", 8).map(textOf)).toEqual(["one two", "three"]);
    expect(asItIs("  a: 1\n    b: 2", 20, () => "plain").map(textOf)).toEqual(["  a: 1", "    b: 2"]);
  });

  it("stand apart in parts, without empty ones", () => {
    const one = [[{ text: "a", tone: "plain" as const }]];
    expect(parts(one, [], one).map(textOf)).toEqual(["a", "", "a"]);
  });
});
