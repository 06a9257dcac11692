import { describe, expect, it } from "vitest";
import { keptState, reduce } from "../../src/engine/reduce.ts";
import { nextOwnId, notesOn, ownFindings, rulingOn, type UserAct } from "../../src/model/user.ts";
import { session } from "./sample.ts";

const at = "2026-06-26T11:00:00.000Z";
const acts: readonly UserAct[] = [
  { type: "noted", finding: "pod-cpu.evenness", text: "one", at },
  { type: "added", id: "own.1", statement: "the mail went out", at },
  { type: "ruled", cause: "uneven-pod-load", ruling: "accepted", reason: "seen before", at },
  { type: "noted", finding: "pod-cpu.evenness", text: "two", at },
  { type: "ruled", cause: "uneven-pod-load", ruling: "withdrawn", reason: "", at },
];

describe("what a person did", () => {
  it("is appended to the session and changes nothing else of it", () => {
    const state = acts.reduce((before, act) => reduce(before, { type: "user", act }), keptState(session));
    expect(state.session).toEqual({ ...session, user: acts });
  });

  it("stays when the investigation is opened anew", () => {
    const state = reduce(keptState(session), { type: "user", act: acts[0] as UserAct });
    const opened = reduce(state, { type: "opened", opening: session.opening, plan: state.plan });
    expect(opened.session.user).toEqual([acts[0]]);
    expect(opened.session.findings).toEqual([]);
  });

  it("is read as notes, findings and the newest judgement", () => {
    expect(notesOn(acts, "pod-cpu.evenness").map(({ text }) => text)).toEqual(["one", "two"]);
    expect(ownFindings(acts).map(({ id }) => id)).toEqual(["own.1"]);
    expect(nextOwnId(acts)).toBe("own.2");
    expect(rulingOn(acts.slice(0, 3), "uneven-pod-load")?.reason).toBe("seen before");
    expect(rulingOn(acts, "uneven-pod-load")).toBeNull();
  });
});
