import { describe, expect, it } from "vitest";
import { COMMANDS, candidatesFor, completed } from "../../src/board/commands.ts";
import { rulingOn } from "../../src/model/user.ts";
import { session } from "./sample.ts";
import { Walk } from "./walk.ts";

const run = (typed: string, walk = new Walk()) => walk.press(":").type(typed).press("enter");

describe("the command line", () => {
  it("does what the keys do", () => {
    expect(run("q").effects).toEqual([{ type: "quit", how: "quit" }]);
    expect(run("quit").effects).toEqual([{ type: "quit", how: "quit" }]);
    expect(run("fix").state).toEqual(new Walk().press("f").state);
    expect(run("postmortem").effects).toEqual([{ type: "postmortem" }]);
    expect(run("help").state.page).toEqual({ kind: "help" });
    expect(run("summary markdown").effects).toMatchObject([{ type: "copy", what: "the summary as markdown" }]);
    // Every key by itself, too.
    expect(run("f").state).toEqual(new Walk().press("f").state);
  });

  it("shows a finding by its number, and everything by its id, out of a search too", () => {
    expect(run("show 3").scene.chosen?.id).toBe("finding:pod-cpu.evenness");
    expect(run("4").scene.chosen?.id).toBe("finding:pod-cpu.plateau");
    const walk = run("show uneven-pod-load", new Walk().press("/").type("zzz").press("enter"));
    expect(walk.scene.chosen?.id).toBe("hypothesis:uneven-pod-load");
    expect(walk.text).toContain("ROUND ROBIN CLUMPS REQUESTS");
    expect(run("show 99").state.message).toContain("there is no 99 here; findings are 1 to 4");
    expect(run("show").state.message).toContain(":show 7");
  });

  it("takes a text with it, and asks for it where there is none", () => {
    const walk = run("rule-out the database idled", new Walk().go("hypothesis:slow-dependency"));
    expect(rulingOn(walk.session.user ?? [], "slow-dependency")?.reason).toBe("the database idled");
    run("note agreed", walk.go("finding:pod-cpu.evenness"));
    run("add the mail went out", walk);
    expect(walk.session.user?.map(({ type }) => type)).toEqual(["ruled", "noted", "added"]);
    expect(run("note", walk.go("finding:pod-cpu.evenness")).state.typing?.purpose.kind).toBe("note");
    expect(run("rule-out", walk.press("escape").go("verdict")).state.message).toContain("choose a hypothesis");
  });

  it("says one sentence to what it does not know, with what may have been meant", () => {
    expect(run("fxi").state.message).toBe("there is no command “fxi”; did you mean fix?");
    expect(run("frobnicate").state.message).toBe("there is no command “frobnicate”; Tab lists them");
    expect(run("re").state.message).toBe("“re” could be re-run or redraw");
    expect(run("verify").state.message).toBe("verify is for the shell: q, then lbdoctor verify");
    expect(run("explain LOR").state.message).toContain("lbdoctor explain LOR");
    expect(run("").state.message).toBeNull();
  });

  it("completes commands and ids with Tab", () => {
    const { scene } = new Walk();
    expect(completed("po", scene)).toBe("postmortem");
    expect(completed("sh", scene)).toBe("show ");
    expect(completed("show wor", scene)).toBe("show worker-");
    expect(candidatesFor("show wor", scene)).toEqual([
      "worker-concurrency-ceiling",
      "worker-quota",
      "worker-quota exec",
    ]);
    expect(completed("show pod-cpu.e", scene)).toBe("show pod-cpu.evenness");
    expect(completed("zzz", scene)).toBe("zzz");
    const walk = new Walk().press(":").type("fi").press("tab");
    expect(walk.state.typing?.text).toBe("fix");
    expect(new Walk().press(":").text).toContain("Tab: fix  show  explain  postmortem");
  });

  it("is left with Esc, and by going back beyond its beginning", () => {
    expect(new Walk().press(":", "escape").state.typing).toBeNull();
    expect(new Walk().press(":", "q", "backspace").state.typing?.text).toBe("");
    expect(new Walk().press(":", "q", "backspace", "backspace").state.typing).toBeNull();
  });

  it("has a line in the help for each of its commands", () => {
    const walk = new Walk(session, { columns: 120, rows: 90 }).press("?");
    for (const { name } of COMMANDS) expect(walk.text).toMatch(new RegExp(`  :${name}`));
  });
});
