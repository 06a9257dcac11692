import type { Key } from "ink";
import { describe, expect, it } from "vitest";
import { keysOf } from "../../src/board/keys.ts";
import { largeSession, session } from "./sample.ts";
import { Walk } from "./walk.ts";

const none = {} as Key;
const place = ({ scene }: Walk) => scene.rows.findIndex(({ id }) => id === scene.chosen?.id);
const lineOf = (walk: Walk, text: string) => walk.lines.findIndex((line) => line.includes(text));

describe("reports of the mouse", () => {
  it("become keys with the place, counted from 0", () => {
    expect(keysOf("[<0;12;7M", none)).toEqual(["click:11:6"]);
    expect(keysOf("[<64;1;1M", none)).toEqual(["wheel-up:0:0"]);
    expect(keysOf("[<65;200;50M", none)).toEqual(["wheel-down:199:49"]);
  });

  it("mean the same with Shift or Ctrl held", () => {
    expect(keysOf("[<16;1;1M", none)).toEqual(["click:0:0"]);
    expect(keysOf("[<69;1;1M", none)).toEqual(["wheel-down:0:0"]);
  });

  it("mean nothing when a button is let go, or for other buttons, and are never letters", () => {
    for (const report of ["[<0;12;7m", "[<2;12;7M", "[<1;12;7M", "[<66;12;7M"])
      expect(keysOf(report, none)).toEqual([]);
  });
});

describe("a click", () => {
  it("chooses the row under it, and opens the one that is chosen", () => {
    const walk = new Walk();
    const line = lineOf(walk, "round robin clumps");
    walk.press(`click:5:${line}`);
    expect(walk.scene.chosen?.id).toBe("hypothesis:uneven-pod-load");
    expect(lineOf(walk, "› ✗ round robin clumps")).toBe(line);
    expect(walk.press(`click:5:${line}`).state.depth).toBe("open");
  });

  it("finds the row in a list that is scrolled", () => {
    const walk = new Walk(largeSession(60, 4)).press("end");
    const line = lineOf(walk, "target groups");
    walk.press(`click:5:${line}`);
    expect(walk.scene.chosen?.id).toBe("step:target-groups");
  });

  it("does nothing on headings, rules, the header and the text", () => {
    const walk = new Walk(session, { columns: 120, rows: 40 }).press("down");
    const before = walk.state;
    const heading = lineOf(walk, "HYPOTHESES");
    for (const place of ["0:0", "3:1", `5:${heading}`, "90:12", "0:39", "500:500"]) walk.press(`click:${place}`);
    expect(walk.state).toEqual(before);
  });

  it("answers no question and ends no line of text", () => {
    const walk = new Walk().go("step:pod-cpu").press("r", "click:5:8", "wheel-down:5:8");
    expect(walk.state.asking).not.toBeNull();
    walk.press("y", "+").type("half").press("click:5:8");
    expect(walk.state.typing?.text).toBe("half");
  });
});

describe("the wheel", () => {
  it("moves the list, the text beside it, or a page, whatever is under it, and stops at the ends", () => {
    const walk = new Walk(session, { columns: 120, rows: 16 }).press("down");
    walk.press("wheel-down:5:8");
    expect(place(walk)).toBe(4);
    walk.press("wheel-up:5:8", "wheel-up:5:8", "wheel-up:5:8");
    expect(walk.scene.chosen?.id).toBe("verdict");
    walk.press("down", "wheel-down:100:8");
    expect(walk.state.scroll).toBe(3);
    walk.press("wheel-up:100:8", "wheel-up:100:8");
    expect(walk.state.scroll).toBe(0);
    walk.press("?", "wheel-down:5:8");
    expect(walk.state.pageScroll).toBe(3);
    for (let left = 60; left > 0; left -= 1) walk.press("wheel-down:5:8");
    expect(walk.state.pageScroll).toBe(walk.scene.page.length - (walk.scene.geometry.body - 2));
  });
});
