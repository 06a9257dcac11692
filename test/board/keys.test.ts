import type { Key } from "ink";
import { describe, expect, it } from "vitest";
import { keysOf } from "../../src/board/keys.ts";

const none = {} as Key;

describe("keysOf", () => {
  it("splits what was typed fast or pasted into its keys", () => {
    expect(keysOf("jjx", none)).toEqual(["j", "j", "x"]);
    expect(keysOf("a reason\r", none)).toEqual([..."a reason", "enter"]);
    expect(keysOf("ab\u007f\t\u0003", none)).toEqual(["a", "b", "backspace", "tab", "ctrl-c"]);
  });

  it("keeps characters beyond ASCII whole and drops controls that mean nothing", () => {
    expect(keysOf("é→🙂\u0000\u0007", none)).toEqual(["é", "→", "🙂"]);
  });

  it("names the keys that Ink knows", () => {
    expect(keysOf("", { ...none, downArrow: true })).toEqual(["down"]);
    expect(keysOf("", { ...none, tab: true, shift: true })).toEqual(["backtab"]);
    expect(keysOf("", { ...none, delete: true })).toEqual(["backspace"]);
    expect(keysOf("c", { ...none, ctrl: true })).toEqual(["ctrl-c"]);
    expect(keysOf("k", { ...none, ctrl: true })).toEqual([]);
  });
});
