import { describe, expect, it } from "vitest";
import { largeSession, session } from "./sample.ts";
import { Walk } from "./walk.ts";

const place = ({ scene }: Walk) => scene.rows.findIndex(({ id }) => id === scene.chosen?.id);

describe("choosing", () => {
  it("walks the list and stops at its ends", () => {
    const walk = new Walk().press("up");
    expect(walk.scene.chosen?.id).toBe("verdict");
    walk.press("down", "j");
    expect(walk.scene.chosen?.id).toBe("hypothesis:uneven-pod-load");
    walk.press("end", "down");
    expect(walk.scene.chosen?.id).toBe("step:worker-quota");
  });

  it("goes from part to part, round and round", () => {
    const walk = new Walk();
    const sections = Array.from({ length: 9 }, () => walk.press("tab").scene.chosen?.section);
    expect(sections).toEqual([
      "HYPOTHESES",
      "EVIDENCE",
      "ALSO",
      "FINDINGS",
      "NOT READ",
      "FIXES",
      "STEPS",
      "",
      "HYPOTHESES",
    ]);
    expect(walk.press("backtab").scene.chosen?.id).toBe("verdict");
  });

  it("keeps the chosen row where it stands on the screen when rows come in above it", () => {
    const before = { ...session, findings: session.findings.slice(2) };
    const walk = new Walk(before).go("finding:pod-cpu.plateau");
    const line = walk.lines.findIndex((text) => text.includes("flatten at"));
    walk.session = session;
    expect(walk.scene.chosen?.id).toBe("finding:pod-cpu.plateau");
    expect(walk.lines.findIndex((text) => text.includes("flatten at"))).toBe(line);
  });

  it("keeps the place in a text when the session changes under it", () => {
    const walk = new Walk(session, { columns: 80, rows: 16 });
    walk.go("hypothesis:uneven-pod-load").press("enter", "enter", "down", "down");
    const { scroll } = walk.state;
    walk.session = { ...session, outcome: "open" };
    walk.press("ctrl-l");
    expect(scroll).toBe(2);
    expect(walk.state.scroll).toBe(2);
  });

  it("opens with Enter, widens with another, and goes back step by step", () => {
    const walk = new Walk().press("down", "enter");
    expect(walk.state.depth).toBe("open");
    expect(walk.press("enter").state.depth).toBe("full");
    expect(walk.press("escape").state.depth).toBe("open");
    expect(walk.press("escape").state.depth).toBe("list");
  });

  it("opens a picture with its number", () => {
    const walk = new Walk().press("4");
    expect(walk.scene.chosen?.id).toBe("picture:pod-cpu");
    expect(walk.text).toContain("THE PODS' CPU");
  });
});

describe("vim's keys", () => {
  it("do what the arrows do", () => {
    const pairs = [
      ["j", "down"],
      ["k", "up"],
      ["l", "right"],
      ["h", "left"],
    ] as const;
    for (const [letter, arrow] of pairs)
      for (const before of [[], ["down", "enter"], ["down", "enter", "enter"], ["?"]]) {
        const of = (key: string) => new Walk().press("down", "down", ...before, key).state;
        expect(of(letter), `${letter} after ${before}`).toEqual(of(arrow));
      }
  });

  it("go by half pages in the list and in a text", () => {
    const size = { columns: 80, rows: 24 };
    const walk = new Walk(largeSession(60, 4), size).press("ctrl-d");
    const half = Math.floor(walk.scene.geometry.body / 2);
    expect(place(walk)).toBe(half);
    expect(walk.press("ctrl-d", "ctrl-u", "ctrl-u").scene.chosen?.id).toBe("verdict");
    walk.press("?", "ctrl-d");
    expect(walk.state.pageScroll).toBe(Math.floor((walk.scene.geometry.body - 2) / 2));
    expect(walk.press("ctrl-u", "ctrl-u").state.pageScroll).toBe(0);
  });

  it("turn the list by pages where no text stands beside it", () => {
    const walk = new Walk(largeSession(60, 4)).press("pagedown");
    expect(place(walk)).toBe(walk.scene.geometry.body - 2);
    expect(walk.press("pageup").scene.chosen?.id).toBe("verdict");
  });
});

describe("leaving", () => {
  it("quits on q, and on Ctrl-C wherever one is", () => {
    expect(new Walk().press("q").effects).toEqual([{ type: "quit", how: "quit" }]);
    for (const before of [[], ["/"], ["?"], ["+"], ["enter", "enter"]])
      expect(new Walk().press(...before, "ctrl-c").effects).toEqual([{ type: "quit", how: "interrupt" }]);
  });
});
