import { describe, expect, it } from "vitest";
import { COLOURS, colourAt, STYLE } from "../../src/drawing/svg.ts";

/*
 * The colours of lines under normal vision and the three dichromacies: Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1; distances in OKLab.
 */
const VISIONS = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;
/** Below this two lines look alike at the width of a line; the palette before had 0.024. */
const APART = 0.07;
/** WCAG 2.1, 1.4.11: what has to be seen of a graphic against its ground. */
const CONTRAST = 3;

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

function seen(hex: string, matrix: readonly number[]): Triple {
  const rgb = linear(hex);
  const row = (at: number) =>
    Math.min(
      1,
      Math.max(
        0,
        rgb.reduce((sum, value, index) => sum + value * (matrix[at + index] ?? 0), 0),
      ),
    );
  const [r, g, b] = [row(0), row(3), row(6)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const luminance = (hex: string) => {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const [light = "", dark = ""] = STYLE.split("@media");
const inks = (style: string) =>
  Array.from({ length: COLOURS }, (_, at) => new RegExp(`\\.c${at}\\{stroke:(#[0-9a-f]{6})\\}`).exec(style)?.[1] ?? "");

describe.each([
  ["light", inks(light), "#ffffff"],
  ["dark", inks(dark), "#0d1117"],
] as const)("the colours of lines on %s ground", (_, colours, ground) => {
  it("are as many as the code counts on, and each can be seen", () => {
    expect(new Set(colours).size).toBe(COLOURS);
    for (const colour of colours) {
      const [low = 0, high = 0] = [luminance(colour), luminance(ground)].sort((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05), colour).toBeGreaterThan(CONTRAST);
    }
  });

  it.each(Object.entries(VISIONS))("are told apart with %s", (_, matrix) => {
    for (const [at, one] of colours.entries())
      for (const other of colours.slice(at + 1)) {
        const [a, b] = [seen(one, matrix), seen(other, matrix)];
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${one} ${other}`).toBeGreaterThan(APART);
      }
  });
});

it("no colour is used twice: what comes after them is grey", () => {
  const classes = Array.from({ length: COLOURS + 2 }, (_, at) => colourAt(at, "c"));
  expect(new Set(classes.slice(0, COLOURS)).size).toBe(COLOURS);
  expect(classes.slice(COLOURS)).toEqual(["other", "other"]);
  expect(colourAt(COLOURS, "f")).toBe("fother");
});
