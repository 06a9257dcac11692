import { describe, expect, it } from "vitest";
import { rulingOn } from "../../src/model/user.ts";
import { session } from "./sample.ts";
import { Walk } from "./walk.ts";

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

describe("the person's part", () => {
  it("rules a hypothesis out with a reason; lbdoctor's own judgement stays", () => {
    const walk = new Walk().go("hypothesis:slow-dependency").press("x").type("the database idled").press("enter");
    expect(rulingOn(walk.session.user ?? [], "slow-dependency")).toMatchObject({
      ruling: "rejected",
      reason: "the database idled",
    });
    expect(walk.text).toContain("◆ ruled out by you: the database idled");
    walk.press("enter");
    expect(walk.text).toContain("undetermined");
    expect(walk.text).toContain("open: needs the pods' CPU");
    expect(walk.session.hypotheses).toEqual(session.hypotheses);
  });

  it("wants a reason", () => {
    const walk = new Walk().go("hypothesis:slow-dependency").press("x", "enter");
    expect(walk.effects).toEqual([]);
    expect(walk.text).toContain("a reason is needed");
  });

  it("takes a judgement back", () => {
    const walk = new Walk().go("hypothesis:slow-dependency").press("a").type("seen before").press("enter", "u");
    expect(rulingOn(walk.session.user ?? [], "slow-dependency")).toBeNull();
    expect(walk.session.user).toHaveLength(2);
    expect(walk.press("u").text).toContain("no judgement of yours");
  });

  it("notes on a finding, and adds findings of one's own", () => {
    const walk = new Walk().go("finding:pod-cpu.evenness").press("n").type("agreed with the graph").press("enter");
    walk.press("+").type("the marketing mail went out at 08:20").press("enter");
    expect(walk.session.user?.map(({ type }) => type)).toEqual(["noted", "added"]);
    expect(walk.scene.chosen?.id).toBe("finding:own.1");
    expect(walk.text).toContain("the marketing mail went out at 08:20");
    expect(walk.text).toContain("agreed with the graph");
  });

  it("edits what is typed", () => {
    const walk = new Walk().press("+").type("on thrse").press("left", "left", "backspace", "e", "home").type("x ");
    expect(walk.state.typing?.text).toBe("x on these");
    expect(walk.press("end", "ctrl-w").state.typing?.text).toBe("x on ");
    expect(walk.press("ctrl-u").state.typing?.text).toBe("");
    expect(walk.press("enter").effects).toEqual([]);
  });

  it("asks before it re-runs a step or execs, and only y means yes", () => {
    const walk = new Walk().go("step:pod-cpu").press("r");
    expect(walk.text).toContain("Re-run “pod CPU” and judge again");
    walk.press("q");
    expect(walk.effects).toEqual([]);
    walk.press("r", "y");
    expect(walk.effects.map(({ type }) => type)).toEqual(["act", "again"]);
    walk.press("E", "y");
    expect(walk.effects.at(-1)).toEqual({ type: "exec" });
  });

  it("says what it cannot do", () => {
    const none = { copy: false, again: false, exec: false, postmortem: false };
    const walk = new Walk(session, { columns: 80, rows: 24 }, none).go("step:pod-cpu").press("r");
    expect(walk.state.message).toContain("source is not known");
    expect(walk.press("E").state.message).toContain("--allow-exec");
    expect(walk.press("p").state.message).toContain("not in this version");
    expect(walk.press("x").state.message).toContain("choose a hypothesis");
    expect(walk.press("down").state.message).toBeNull();
  });
});

describe("commands", () => {
  it("shows those behind the evidence, and copies those of the deciding finding", () => {
    const walk = new Walk().go("hypothesis:worker-concurrency-ceiling").press("c");
    expect(walk.text).toContain("--for pod-cpu.plateau");
    expect(walk.text).toContain("--for pod-cpu.evenness");
    expect(walk.press("y").effects).toEqual([
      { type: "copy", text: "aws cloudwatch get-metric-data --for pod-cpu.plateau" },
    ]);
  });

  it("copies those of a fix", () => {
    expect(new Walk().press("f", "y").effects).toEqual([{ type: "copy", text: "kubectl patch" }]);
  });

  it("has those behind a picture, and says where there is none", () => {
    expect(new Walk().press("4", "c").text).toContain("--for pod-cpu.evenness");
    expect(new Walk().go("step:worker-quota").press("c").state.message).toContain("no commands");
  });
});

describe("leaving", () => {
  it("quits on q, and on Ctrl-C wherever one is", () => {
    expect(new Walk().press("q").effects).toEqual([{ type: "quit", how: "quit" }]);
    for (const before of [[], ["/"], ["?"], ["+"], ["enter", "enter"]])
      expect(new Walk().press(...before, "ctrl-c").effects).toEqual([{ type: "quit", how: "interrupt" }]);
  });
});
