import { describe, expect, it } from "vitest";
import { session } from "./sample.ts";
import { Walk } from "./walk.ts";

describe("search", () => {
  it("lists only rows with the words while they are typed, and all again on Esc", () => {
    const walk = new Walk().press("/").type("clumps");
    expect(walk.scene.rows.map(({ id }) => id)).toEqual(["hypothesis:uneven-pod-load"]);
    walk.press("enter", "enter");
    expect(walk.text).toContain("ROUND ROBIN CLUMPS REQUESTS");
    walk.press("escape", "escape");
    expect(walk.state.query).toBe("");
    expect(walk.scene.chosen?.id).toBe("hypothesis:uneven-pod-load");
  });

  it("leaves the search as it was with Esc while typing", () => {
    const walk = new Walk().press("/").type("zzz");
    expect(walk.text).toContain("nothing matches");
    expect(walk.press("escape").state.query).toBe("");
  });

  it("takes letters that are keys elsewhere as letters", () => {
    const walk = new Walk().press("/").type("q?x");
    expect(walk.state.typing?.text).toBe("q?x");
    expect(walk.effects).toEqual([]);
  });
});

describe("hits", () => {
  it("are walked with n and N, round and round, and counted", () => {
    const walk = new Walk().press("/").type("pods").press("enter");
    const { rows } = walk.scene;
    expect(rows.length).toBeGreaterThan(2);
    walk.press("home");
    expect(walk.text).toContain(`“pods”: 1 of ${rows.length} hits`);
    expect(walk.press("n").scene.chosen?.id).toBe(rows[1]?.id);
    expect(walk.press("N", "N").scene.chosen?.id).toBe(rows.at(-1)?.id);
    expect(walk.press("n").scene.chosen?.id).toBe(rows[0]?.id);
    expect(walk.effects).toEqual([]);
  });

  it("are underlined where they stand, whatever their case, in the list and in the text", () => {
    const walk = new Walk().press("/").type("CLUMPS").press("enter");
    const hits = () => walk.frame.flat().filter(({ tone }) => tone === "hit" || tone === "chosenHit");
    expect(hits().map(({ text, tone }) => [text, tone])).toEqual([["clumps", "chosenHit"]]);
    walk.press("enter", "enter");
    expect(hits().map(({ text }) => text)).toEqual(["CLUMPS", "clumps"]);
    walk.press("escape", "escape", "escape");
    expect(walk.scene.rows.length).toBeGreaterThan(10);
    expect(hits()).toEqual([]);
  });

  it("are gone to further down in a text that is read, then in the next row", () => {
    const walk = new Walk(session, { columns: 80, rows: 12 })
      .press("/")
      .type("pod-cpu")
      .press("enter", "home", "enter", "enter");
    const at = () => [walk.scene.chosen?.id, walk.state.scroll];
    const seen = Array.from({ length: 8 }, () => {
      walk.press("n");
      return at();
    });
    const further = seen.some(([row, scroll], index) => row === seen[index - 1]?.[0] && Number(scroll) > 0);
    expect(further).toBe(true);
    expect(new Set(seen.map(([row]) => row)).size).toBeGreaterThan(1);
  });

  it("leave n what it is without a search", () => {
    expect(new Walk().go("finding:pod-cpu.evenness").press("n").state.typing?.purpose.kind).toBe("note");
  });

  it("take signs of patterns as they are", () => {
    expect(new Walk().press("/").type("a.*(").press("enter", "n").state.message).toBe("nothing matches “a.*(”");
  });
});
