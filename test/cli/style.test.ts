import { expect, test } from "vitest";
import type { Terminal } from "../../src/app/terminal.ts";
import { styleOf } from "../../src/cli/style.ts";

function terminal(out: object, environment: NodeJS.ProcessEnv = {}): Terminal {
  return { environment, out: out as Terminal["out"], err: process.stderr };
}

const screen = { isTTY: true, columns: 90 };

test("a terminal gets colours and its own width", () => {
  const where = terminal(screen, { LANG: "C.UTF-8" });
  expect(styleOf(where, {})).toEqual({ color: true, unicode: true, links: false, width: 90 });
});

test.each([
  ["NO_COLOR", terminal(screen, { NO_COLOR: "1" }), {}],
  ["--no-color", terminal(screen), { color: false }],
  ["a dumb terminal", terminal(screen, { TERM: "dumb" }), {}],
  ["a file or a pipe", terminal({ isTTY: undefined }), {}],
])("no colours with %s", (_what, where, options) => {
  expect(styleOf(where, options).color).toBe(false);
});

test("pictures are drawn in ASCII only on a terminal that shows no more", () => {
  expect(styleOf(terminal(screen, { LANG: "C" }), {}).unicode).toBe(false);
  expect(styleOf(terminal({}, { LANG: "C" }), {}).unicode).toBe(true);
});

test("an empty NO_COLOR counts as unset", () => {
  expect(styleOf(terminal(screen, { NO_COLOR: "" }), {}).color).toBe(true);
});

test.each([
  ["a narrow terminal", { isTTY: true, columns: 20 }, 60],
  ["a very wide terminal", { isTTY: true, columns: 300 }, 120],
  ["a file or a pipe", {}, 100],
])("%s", (_what, out, width) => {
  expect(styleOf(terminal(out), {}).width).toBe(width);
});
