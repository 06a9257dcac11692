import { describe, expect, test } from "vitest";
import { windowOf } from "../../src/app/window.ts";
import { epoch, iso } from "../../src/model/time.ts";

const NOW = epoch("2026-06-26T12:00:00Z");
const RECORDED = { start: epoch("2026-06-26T06:00:00Z"), end: epoch("2026-06-26T11:00:00Z") };

function windowed(options: { window?: string; since?: string }): [string, string] {
  const { start, end } = windowOf(options, NOW, RECORDED);
  return [iso(start).slice(0, 16), iso(end).slice(0, 16)];
}

describe("the stretch of time to look at", () => {
  test.each([
    ["neither: the given one", {}, "2026-06-26T06:00", "2026-06-26T11:00"],
    ["a length ends now", { window: "2h" }, "2026-06-26T10:00", "2026-06-26T12:00"],
    ["a length of several units", { window: "1d1h30m" }, "2026-06-25T10:30", "2026-06-26T12:00"],
    ["a start reaches until now", { since: "2026-06-26T08:30Z" }, "2026-06-26T08:30", "2026-06-26T12:00"],
    ["a start in another zone", { since: "2026-06-26T10:30+02:00" }, "2026-06-26T08:30", "2026-06-26T12:00"],
    ["a start before now", { since: "90m" }, "2026-06-26T10:30", "2026-06-26T12:00"],
    ["both: a stretch in the past", { since: "6h", window: "2h" }, "2026-06-26T06:00", "2026-06-26T08:00"],
    ["both, beyond now: until now", { since: "1h", window: "2h" }, "2026-06-26T11:00", "2026-06-26T12:00"],
  ])("%s", (_what, options, start, end) => {
    expect(windowed(options)).toEqual([start, end]);
  });
});

test.each(["", "h", "2", "2x", "-2h", "2h ", "2h30", "1.5h"])("%j is no duration", (window) => {
  expect(() => windowed({ window })).toThrow(/expected a duration like 90m/);
});

test.each(["2026-06-26", "2026-06-26T25:00Z", "yesterday", "2026-06-26T08:00", "1782460800"])(
  "%j is no start",
  (since) => {
    expect(() => windowed({ since })).toThrow(/^--since .*expected a/);
  },
);
