import { describe, expect, it } from "vitest";
import { allowed, differential, separators } from "../../src/engine/differential.ts";
import { is } from "../../src/playbook.ts";
import { says, table } from "./made-up.ts";

const [hot, idle, calm] = [says("hot", "yes"), says("idle", "yes"), says("calm", "yes")];
const pinned = table({ cause: "sticky-session-skew", specific: [hot], needs: [is(idle, "no", "unclear")] });
const waiting = table({ cause: "slow-dependency", specific: [idle], rejects: [is(hot, "yes")] });

describe("what tells causes apart", () => {
  it("is every signal with no answer that lets both be named, with what each of them allows", () => {
    const { apart, alike } = differential([pinned, waiting]);
    expect(apart.get("sticky-session-skew")).toEqual([
      { from: "slow-dependency", signal: hot, here: ["yes"], there: ["no", "unclear", "unknown"] },
      { from: "slow-dependency", signal: idle, here: ["no", "unclear"], there: ["yes"] },
    ]);
    expect(alike).toEqual([]);
  });

  it("is told by the first signal alone, what the cause shows before what it needs", () => {
    const first = [...separators([pinned, waiting])].map(([cause, [one]]) => [cause, one?.signal.id]);
    expect(first).toEqual([
      ["sticky-session-skew", "hot"],
      ["slow-dependency", "idle"],
    ]);
  });

  it("is nothing between causes that read no signal in common, or allow the same answer of it", () => {
    const other = table({ cause: "cold-start", specific: [calm] });
    const restarting = table({ cause: "restarting-pods", specific: [calm], needs: [is(idle, "yes", "no")] });
    expect(differential([pinned, other, restarting]).alike).toEqual([
      { causes: ["sticky-session-skew", "cold-start"], declared: null },
      { causes: ["sticky-session-skew", "restarting-pods"], declared: null },
      { causes: ["cold-start", "restarting-pods"], declared: null },
    ]);
  });

  it("may be declared missing by either of the two", () => {
    const declares = { indistinguishable: { "sticky-session-skew": "access logs" } };
    const other = table({ cause: "cold-start", specific: [calm], ...declares });
    expect(differential([pinned, other]).alike.map(({ declared }) => declared)).toEqual(["access logs"]);
    expect(differential([other, pinned]).alike.map(({ declared }) => declared)).toEqual(["access logs"]);
  });

  it("counts for a cause with nothing of its own what supports it, not what it needs", () => {
    const left = table({
      specific: [],
      needs: [is(hot, "no")],
      supports: [is(idle, "yes")],
      rejects: [is(calm, "no")],
    });
    expect([hot, idle, calm].map((signal) => allowed(left, signal))).toEqual([
      ["yes", "no", "unclear", "unknown"],
      ["yes"],
      ["yes", "unclear", "unknown"],
    ]);
  });
});
