import { describe, expect, it } from "vitest";
import { judgeTable, signalsOf } from "../../src/engine/judge.ts";
import type { CauseDefinition } from "../../src/model/playbook.ts";
import { is } from "../../src/playbook.ts";
import { says, table } from "./made-up.ts";

/** What the table says where each of its signals says what it always says, in a window of two episodes. */
function judged(change: Partial<CauseDefinition>) {
  const cause = table({ specific: [says("shown", "yes")], ...change });
  const readings = new Map(signalsOf(cause).map((signal) => [signal.id, signal.read({})]));
  return judgeTable(cause, readings, {}, [1, 2]);
}

describe("a cause's table", () => {
  it.each([
    ["confirmed by what only it shows", {}, "confirmed", "shown yes"],
    [
      "ruled out by the first of its rejecting answers",
      { rejects: [is(says("calm", "no"), "no"), is(says("other", "yes"), "yes")] },
      "rejected",
      "calm no",
    ],
    ["never ruled out by what is unclear", { rejects: [is(says("calm", "unclear"), "no")] }, "confirmed", "shown yes"],
    [
      "open where what was read is of something else, whatever shows it",
      { elsewhere: says("behind", "yes") },
      "undetermined",
      "behind yes",
    ],
    [
      "open where what was read is of something else, whatever rules it out",
      { elsewhere: says("behind", "yes"), rejects: [is(says("calm", "no"), "no")] },
      "undetermined",
      "behind yes",
    ],
    [
      "not ruled out where what was read may be of something else",
      { elsewhere: says("behind", "unclear"), rejects: [is(says("calm", "no"), "no")] },
      "undetermined",
      "behind unclear",
    ],
    [
      "confirmed by what only it shows where what was read may be of something else",
      { elsewhere: says("behind", "unclear") },
      "confirmed",
      "shown yes",
    ],
    [
      "ruled out where what was read is of nothing else",
      { elsewhere: says("behind", "no"), rejects: [is(says("calm", "no"), "no")] },
      "rejected",
      "calm no",
    ],
    [
      "open while something that it needs is not known",
      { needs: [is(says("nodes", "unknown"), "no")] },
      "undetermined",
      "shown yes; nodes unknown",
    ],
    [
      "supported by what points to it without showing it",
      { specific: [says("shown", "unclear")], supports: [is(says("hint", "yes"), "yes")] },
      "supported",
      "hint yes",
    ],
    [
      "not supported where what it needs, known or not, is clearly something else's",
      {
        specific: [says("shown", "unclear")],
        needs: [is(says("restarts", "yes"), "no", "unclear", "unknown")],
        supports: [is(says("hint", "yes"), "yes")],
      },
      "undetermined",
      "shown unclear",
    ],
    ["open where nothing shows it", { specific: [says("shown", "no")] }, "undetermined", "shown no"],
    [
      "never confirmed without anything specific",
      { specific: [], supports: [is(says("hint", "yes"), "yes")] },
      "supported",
      "hint yes",
    ],
  ] as const)("is %s", (_, change, status, because) => {
    expect(judged(change)).toMatchObject({ status, because });
  });

  it("takes the findings of what shows it and of what it needs for its evidence, each once", () => {
    const [shown, nodes] = [says("shown", "yes"), says("nodes", "no")];
    expect(judged({ needs: [is(nodes, "no"), is(shown, "yes")] }).evidence).toEqual(["giver.shown", "giver.nodes"]);
  });

  it("names no reason that would hold with nothing known", () => {
    const supports = [is(says("hint", "yes"), "yes"), is(says("calm", "unknown"), "no", "unknown")];
    expect(judged({ specific: [], supports }).because).toBe("hint yes");
  });

  it.each([
    ["all episodes where it is shown", {}, [1, 2]],
    ["those that it names", { explains: () => [2] }, [2]],
    ["none where it is ruled out", { rejects: [is(says("calm", "no"), "no")] }, []],
    ["none while it is open", { specific: [says("shown", "unclear")] }, []],
    [
      "those that it would, while it is open and speaks for itself",
      { specific: [says("shown", "unclear")], blocks: [is(says("shown", "unclear"), "unclear")] },
      [1, 2],
    ],
  ] as const)("explains %s", (_, change, explains) => {
    expect(judged(change).explains).toEqual(explains);
  });

  it.each([
    ["left over", says("shown", "unclear"), true],
    ["partly shown", says("shown", "yes"), false],
  ])("says whether what supports it is that it is %s", (_, shown, byElimination) => {
    const change = { specific: [shown, says("also", "unclear")], supports: [is(says("hint", "yes"), "yes")] };
    expect(judged(change)).toMatchObject({ status: "supported", byElimination });
  });

  it.each([
    ["unclear", true, true],
    ["unknown", true, true],
    ["no", true, false],
    ["unclear", false, false],
  ] as const)(
    "where what shows it is %s, and it brings others about: %s, it casts doubt: %s",
    (answer, bringsAbout, doubts) => {
      expect(judged({ specific: [says("shown", answer)], bringsAbout })).toMatchObject({
        status: "undetermined",
        doubts,
      });
    },
  );
});
