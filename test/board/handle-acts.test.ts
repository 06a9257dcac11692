import { describe, expect, it } from "vitest";
import { rulingOn } from "../../src/model/user.ts";
import { session } from "./sample.ts";
import { Walk } from "./walk.ts";

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
    const wide = new Walk(walk.session, { columns: 110, rows: 30 });
    expect(wide.text).toMatch(/◆ ruled out by you: the database idled · needs the pods' CPU/);
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
    expect(walk.press("u").text).toContain("nothing to undo");
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
    expect(walk.state.message).toContain("cannot re-run here");
    expect(walk.press("E").state.message).toContain("--allow-exec");
    expect(walk.press("p").state.message).toContain("cannot be written");
    expect(walk.press("x").state.message).toContain("choose a hypothesis");
    expect(walk.press("down").state.message).toBeNull();
  });
});

describe("commands", () => {
  it("shows those behind the evidence, and copies those of the deciding finding", () => {
    const walk = new Walk().go("hypothesis:worker-concurrency-ceiling").press("c");
    expect(walk.text).toContain("--for pod-cpu.plateau");
    expect(walk.text).toContain("--for pod-cpu.evenness");
    expect(walk.press("y").effects).toMatchObject([
      { type: "copy", text: "aws cloudwatch get-metric-data --for pod-cpu.plateau", what: "the command behind [4]" },
    ]);
  });

  it("copies those of a fix", () => {
    expect(new Walk().press("f", "y").effects).toMatchObject([
      { type: "copy", text: "kubectl patch", what: "the command of the fix" },
    ]);
  });

  it("has those behind a picture, and says where there is none", () => {
    expect(new Walk().press("4", "c").text).toContain("--for pod-cpu.evenness");
    expect(new Walk().go("step:worker-quota").press("c").state.message).toContain("no commands");
  });
});

describe("copying", () => {
  const copied = (walk: Walk) => walk.effects.flatMap((one) => (one.type === "copy" ? [one.text] : []));

  it("takes the thing at hand: the verdict, a fix, what fills a gap, a finding of one's own", () => {
    expect(copied(new Walk().press("y"))[0]).toMatch(/^ALARM +api-response-time[\s\S]*\nCAUSE +data-service can/);
    expect(copied(new Walk().go("gap:worker-quota exec").press("y"))).toEqual(["ask for pods/exec"]);
    const own = new Walk().press("+").type("the mail went out").press("enter", "y");
    expect(copied(own)).toEqual(["the mail went out"]);
    expect(new Walk().go("step:worker-quota").press("y").state.message).toBe("nothing to copy in this row");
  });

  it("takes the summary with Y, wherever one is", () => {
    const [text = ""] = copied(new Walk().go("finding:pod-cpu.evenness").press("Y"));
    expect(text).toContain("*data-service can work on 4 requests at a time; the bursts bring 12.*");
    const running = { ...session, outcome: null, verdict: null };
    expect(new Walk(running).press("Y").state.message).toBe("the investigation is still running");
  });

  it("shows what was copied when it is copied again, with the command that prints it", () => {
    const walk = new Walk().press("f", "y");
    expect(walk.state.page).toBeNull();
    walk.press("y");
    expect(walk.text).toContain("COPIED  the command of the fix");
    expect(walk.text).toContain("In the shell: lbdoctor fix 2026-06-26-api-response-time-01234567");
    walk.press("escape", "down", "up", "y");
    expect(walk.state.page).toBeNull();
  });

  it("never hands on what a terminal or a shell would obey", () => {
    const hostile = "kubectl\u001b]52;c;ZXZpbA==\u0007 get\u202e pods\u0090";
    const [first, ...rest] = session.findings;
    if (!first) throw new Error("the sample has findings");
    const given = { ...session, findings: [{ ...first, reproduce: [hostile] }, ...rest] };
    const [text = ""] = copied(new Walk(given).go(`finding:${first.id}`).press("y"));
    expect(text).toContain("kubectl\\u{1b}]52;c;ZXZpbA==\\u{7} get");
    expect(text).toMatch(/^[\x20-\x7e]*$/);
  });
});
