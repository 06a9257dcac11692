import { describe, expect, it } from "vitest";
import { inShort } from "../../src/output/in-short.ts";
import { session } from "../board/sample.ts";

const style = { width: 80, color: false };

describe("what stays when the board is left", () => {
  it("is the alarm, the cause, the fix and the commands that go on, whole", () => {
    expect(inShort(session, true, style)).toBe(
      [
        "ALARM     api-response-time",
        "          OK now · 3 × ALARM in 1 h 20 min",
        "CAUSE     data-service can work on 4 requests at a time; the bursts bring 12.",
        "          confirmed · worker-concurrency-ceiling · explains 3 of 3 episodes",
        "FIX       2 workers",
        "",
        "NEXT      lbdoctor fix 2026-06-26-api-response-time-01234567",
        "          lbdoctor resume 2026-06-26-api-response-time-01234567",
        "",
      ].join("\n"),
    );
  });

  it("names no command of a session that could not be kept", () => {
    expect(inShort(session, false, style)).not.toContain("NEXT");
  });

  it("says without a cause what is missing and what gets it, and goes on where it was interrupted", () => {
    const open = { ...session, outcome: "open", verdict: null, fixes: [] } as const;
    expect(inShort(open, true, style)).toMatch(
      /CAUSE {5}not established\.\nMISSING {3}cpu.max could not be read\n {10}ask for pods\/exec\n/,
    );
    expect(inShort(open, true, style)).toContain("NEXT      lbdoctor show");
    const stopped = inShort({ ...open, outcome: "interrupted" }, true, style);
    expect(stopped).toMatch(/interrupted before there was a verdict/);
    expect(stopped).toMatch(/NEXT {6}lbdoctor resume \S+\n$/);
  });

  it("says what the person said of the cause", () => {
    const user = [
      {
        type: "ruled",
        cause: "worker-concurrency-ceiling",
        ruling: "rejected",
        reason: "no",
        at: "2026-06-26T11:00:00Z",
      },
    ] as const;
    expect(inShort({ ...session, user }, true, style)).toContain(
      "explains 3 of 3 episodes\n          you ruled it out: no",
    );
  });

  it("is never a command to the terminal", () => {
    const hostile = "data\u001b]0;evil\u0007-service";
    const { verdict } = session;
    if (!verdict) throw new Error("the sample has a verdict");
    const text = inShort({ ...session, verdict: { ...verdict, headline: hostile } }, true, style);
    expect(text).toContain("data\\u{1b}]0;evil\\u{7}-service");
  });
});
