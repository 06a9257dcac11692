import { describe, expect, it } from "vitest";
import { rulingOn } from "../../src/model/user.ts";
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

describe("leaving", () => {
  it("quits on q, and on Ctrl-C wherever one is", () => {
    expect(new Walk().press("q").effects).toEqual([{ type: "quit", how: "quit" }]);
    for (const before of [[], ["/"], ["?"], ["+"], ["enter", "enter"]])
      expect(new Walk().press(...before, "ctrl-c").effects).toEqual([{ type: "quit", how: "interrupt" }]);
  });
});
