import { describe, expect, it } from "vitest";
import type { Typed } from "../../src/model/question.ts";
import { defineFactor, defineFix, defineSignal, defineStep } from "../../src/playbook.ts";
import { deploy, episodesFact, giver, low, run, table, tags, taker } from "./made-up.ts";

describe("where a unit of its own fails", () => {
  const broken = (): never => {
    throw new TypeError("x is undefined");
  };
  const defect = (unit: string) => ({
    source: "lbdoctor",
    kind: "defect",
    what: `${unit} failed (version 0): x is undefined`,
  });
  const sound = { rootCause: "deploy-regression", confidence: "confirmed" };
  const factor = { factor: "no-readiness-probe" as const, needs: {}, find: broken };

  it.each([
    ["the factor no-readiness-probe", { factors: [defineFactor(factor)] }],
    ["the fix mend", { fixes: [defineFix({ id: "mend", for: [], propose: broken })] }],
    ["the cause low-traffic-artifact", { causes: [deploy, { ...low, words: broken }] }],
    [
      "the evidence taker-two",
      {
        steps: [
          giver,
          taker,
          defineStep({ ...taker, needs: {}, id: "taker-two", gives: [], run: async () => broken() }),
        ],
      },
    ],
  ] as const)("%s is a gap, and everything else is judged", async (unit, change) => {
    const { session } = await run({}, change);
    expect(session.gaps).toMatchObject([defect(unit)]);
    expect(session.verdict).toMatchObject(sound);
    expect(session.outcome).toBe("defect");
  });

  it("a signal that fails leaves its causes open", async () => {
    const needs = { episodes: episodesFact };
    const signal = defineSignal({ id: "broken", question: "Is it?", needs, uses: {}, read: broken });
    const cause = table({ specific: [signal] });
    const { session } = await run({}, { causes: [deploy, cause] });
    expect(session.gaps).toMatchObject([defect("the signal broken")]);
    expect(session.hypotheses[1]).toMatchObject({
      status: "undetermined",
      because: "lbdoctor failed while it looked at this: Is it?",
    });
    expect(session.verdict).toMatchObject(sound);
  });

  it("a parser's own error is lbdoctor's, and what it says it cannot read is the vendor's", async () => {
    const typed: Typed<string> = { ...tags("one"), parse: broken };
    const step = defineStep({
      ...giver,
      needs: {},
      id: "reader",
      gives: [],
      run: async ({ ask }) => void (await ask(typed)),
    });
    const { session } = await run({}, { steps: [step], causes: [] });
    expect(session.gaps.map(({ source, kind }) => [source, kind])).toContainEqual(["lbdoctor", "defect"]);
  });
});
