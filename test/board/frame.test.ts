import { describe, expect, it } from "vitest";
import { columns } from "../../src/drawing/lines.ts";
import { painted, shown } from "../../src/drawing/theme.ts";
import type { Session } from "../../src/model/session.ts";
import { largeSession, session } from "./sample.ts";
import { Walk } from "./walk.ts";

const SIZES = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 50 },
];
const running: Session = {
  ...session,
  outcome: null,
  verdict: null,
  fixes: [],
  exchanges: [
    {
      key: "k",
      step: "pod-cpu",
      question: { source: "prometheus", operation: "query_range", input: { query: "sum(rate(cpu[1m]))" } },
      answer: null,
    },
  ],
};

describe("the frame", () => {
  it("fills the screen exactly, at every size and in every place", () => {
    const places = [[], ["enter"], ["4", "enter"], ["?"], ["/", "x"], ["+"], ["end"], ["3"]];
    for (const size of SIZES)
      for (const one of [session, running, largeSession(200, 40)])
        for (const keys of places) {
          const { lines } = new Walk(one, size).press(...keys);
          expect(lines).toHaveLength(size.rows);
          for (const line of lines) expect(columns(line), line).toBe(size.columns);
        }
  });

  it("says the verdict first, then what it is not with the reason in the same line", () => {
    const { lines } = new Walk();
    expect(lines[0]).toMatch(/^ api-response-time .* OK now · 3 × ALARM in 1 h 20 min/);
    expect(lines[1]).toContain("CAUSE  data-service can work on 4 requests at a time");
    expect(lines.join("\n")).toMatch(/confirmed · worker-concurrency-ceiling · explains 3 of 3 episodes/);
    expect(lines.join("\n")).toMatch(/✗ round robin clumps requests {2,}all 4 pods ran alike .*\[3\]/);
    expect(lines.join("\n")).toMatch(/· something behind the pods is slow {2,}needs the pods' CPU/);
  });

  it("says how sure it is and what is missing also where the headline takes two lines", () => {
    const headline = "data-service can work on 4 requests at a time, and in the spikes up to 46 of them are in flight";
    const { verdict, gaps } = session;
    const likely: Session = { ...session, verdict: verdict && { ...verdict, headline, confidence: "likely" } };
    const { lines } = new Walk(likely, { columns: 80, rows: 24 });
    expect(gaps).toHaveLength(1);
    expect(lines[2]).toContain("in flight");
    expect(lines[3]).toMatch(/^ FIX {4}.* {2}likely · 1 gap *$/);
  });

  it("says without a cause what gets the evidence that is missing for most, on the first screen", () => {
    const [gap] = session.gaps;
    if (!gap) throw new Error("the sample has a gap");
    const down = (id: string) => ({ ...gap, id, remedy: "start Prometheus" });
    const headline =
      "not established. 9 explanations are still open; see what each of them needs, and what is missing.";
    const { verdict } = session;
    const open: Session = {
      ...session,
      outcome: "open",
      fixes: [],
      verdict: verdict && { ...verdict, rootCause: null, confidence: "none", headline },
      gaps: [gap, down("a"), down("b")],
    };
    for (const size of SIZES) expect(new Walk(open, size).lines[3]?.trimEnd()).toBe(" TRY    start Prometheus");
    // Without a gap nothing is made up.
    expect(new Walk({ ...open, gaps: [] }).text).not.toContain("TRY");
  });

  it("tells while it runs what is waited for and since when", () => {
    const walk = new Walk(running);
    const text = walk.text;
    expect(text).toContain("waiting for Prometheus: PromQL sum(rate(cpu[1m]))");
    expect(text).toContain("5 of 5 steps");
    expect(text).toContain("not reached yet");
    // Numbers of findings can still change, so none is told.
    expect(text).not.toMatch(/\[\d\]/);
  });

  it("tells instead what a service makes one wait for, and since when", () => {
    const walk = new Walk(running);
    walk.told = "CloudWatch limits the rate: waiting, 3 of 6 questions done";
    expect(walk.text).toMatch(/CloudWatch limits the rate: waiting, 3 of 6 questions done +\d+\.\d s/);
    expect(walk.text).not.toContain("waiting for");
  });

  it("does not move its parts when the verdict comes", () => {
    const at = (text: string) => text.split("\n").findIndex((line) => line.includes("HYPOTHESES"));
    for (const size of SIZES) expect(at(new Walk(running, size).text)).toBe(at(new Walk(session, size).text));
  });

  it("shows a hypothesis with claim, decision, evidence and its picture", () => {
    const text = new Walk().go("hypothesis:uneven-pod-load").press("enter", "enter").text;
    expect(text).toContain("The claim of round robin clumps requests.");
    expect(text).toContain("✗ ruled out: all 4 pods ran alike in the bursts (0.84–0.9 cores) [3]");
    expect(text).toMatch(/…x7k2p [▁-█ ]+ +0\.90 +0\.90/);
  });

  it("calls a factor contributing only where it did something to the incident", () => {
    const kind = (one: Session) => new Walk(one).go("factor:alarm-on-average").press("enter", "enter").text;
    expect(kind(session)).toContain("contributing factor: alarm-on-average");
    const harmless = { ...session, factors: session.factors.map((one) => ({ ...one, harmless: true })) };
    expect(kind(harmless)).toContain("harmless in this incident: alarm-on-average");
    expect(kind(harmless)).not.toContain("contributing");
  });

  it("stands the path and the alarm's metric beside it on a wide screen, whatever is chosen", () => {
    for (const keys of [[], ["end"], ["tab"]]) {
      const { text } = new Walk(session, { columns: 200, rows: 50 }).press(...keys);
      expect(text).toContain("THE ALARM'S METRIC");
      expect(text).toContain("THE PATH OF A REQUEST");
    }
  });

  it("shows the fix with its patch as a proposal", () => {
    const { text } = new Walk().press("f", "enter");
    expect(text).toContain("+workers: 2");
    expect(text).toContain("lbdoctor changes nothing");
  });

  it("tells of a gap what stays open and what to do", () => {
    const { text } = new Walk().go("gap:worker-quota exec").press("enter", "enter");
    expect(text).toContain("cpu.max could not be read");
    expect(text).toContain("try  ask for pods/exec");
  });

  it("says why there is no verdict", () => {
    for (const outcome of ["interrupted", "no-alarm", "unread"] as const)
      expect(new Walk({ ...session, verdict: null, outcome }).text).toContain("CAUSE  not established");
  });
});

describe("the look", () => {
  const look = (color: boolean, unicode: boolean) => ({ color, unicode });

  it("sets a colour only where colours are wanted, and says the same by weight elsewhere", () => {
    const line = [{ text: "x", tone: "bad" as const }];
    expect(painted(line, look(false, true))).toBe("\u001b[1mx\u001b[0m");
    expect(painted(line, look(true, true))).toBe("\u001b[31mx\u001b[0m");
  });

  it("replaces every character beyond ASCII by one of the same width", () => {
    for (const keys of [[], ["4"], ["5"], ["1"], ["3"], ["?"]])
      for (const line of new Walk(session, { columns: 200, rows: 50 }).press(...keys).lines) {
        const ascii = shown(line, look(true, false));
        expect(ascii).toMatch(/^[\x20-\x7e]*$/);
        expect(ascii).toHaveLength(columns(line));
        expect(ascii, line).not.toContain("?".repeat(2));
      }
  });
});
