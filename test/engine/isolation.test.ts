import { describe, expect, it } from "vitest";
import type { Step } from "../../src/model/playbook.ts";
import type { Typed } from "../../src/model/question.ts";
import { defineFactor, defineFix, defineSignal, defineStep } from "../../src/playbook.ts";
import { deploy, episodesFact, giver, low, run, says, table, tags, taker } from "./made-up.ts";

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
    ["the words of the cause low-traffic-artifact", { causes: [deploy, { ...low, words: broken }] }],
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

  it("a cause whose words fail keeps its judgement, and is told by its title", async () => {
    const { session } = await run({}, { causes: [{ ...deploy, words: broken }, low] });
    expect(session.gaps).toMatchObject([defect("the words of the cause deploy-regression")]);
    expect(session.gaps[0]?.consequence).toBe("no judgement depends on it");
    expect(session.verdict).toMatchObject({ ...sound, headline: "the deploy", summary: "because" });
  });

  it("a cause that does not say what it explains is open, and what it may have brought about is only likely", async () => {
    const rollout = { ...deploy, explains: broken, bringsAbout: true };
    const ceiling = table({ cause: "worker-concurrency-ceiling", specific: [says("taken", "yes")] });
    const { session } = await run({}, { causes: [rollout, ceiling] });
    expect(session.gaps).toMatchObject([
      { ...defect("the cause deploy-regression"), consequence: "still open: the deploy" },
    ]);
    expect(session.hypotheses[0]).toMatchObject({
      title: "the deploy",
      status: "undetermined",
      because: "lbdoctor failed while judging it",
    });
    expect(session.verdict).toMatchObject({ rootCause: "worker-concurrency-ceiling", confidence: "likely" });
  });

  it("a signal that fails leaves its causes open", async () => {
    const needs = { episodes: episodesFact };
    const signal = defineSignal({ id: "broken", question: "Is it?", needs, uses: {}, read: broken });
    const cause = table({ specific: [signal] });
    const { session } = await run({}, { causes: [deploy, cause] });
    expect(session.gaps).toMatchObject([{ ...defect("the signal broken"), consequence: "still open: it" }]);
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

  it("a source that throws costs the evidence that asked it", async () => {
    const { session } = await run({ two: new TypeError("x is undefined") });
    expect(session.gaps).toMatchObject([{ ...defect("the evidence taker"), consequence: "still open: the deploy" }]);
    expect(session.hypotheses.map(({ status }) => status)).toEqual(["undetermined", "rejected"]);
  });

  it("a step that waits for a fact and does not say so fails for itself", async () => {
    const collect: Step["run"] = async ({ use }) => void (await use(episodesFact));
    const step: Step = { id: "silent", title: "silent", needs: {}, uses: [], gives: [], run: collect };
    const { session } = await run({}, { steps: [giver, taker, step] });
    const what = "the evidence silent failed (version 0): it uses the fact episodes and does not declare it";
    expect(session.gaps).toMatchObject([{ kind: "defect", what }]);
    expect(session.verdict).toMatchObject(sound);
  });

  it("a fact that no step gives is missing, and waited for by nobody", async () => {
    const { session } = await run({}, { steps: [giver] });
    expect(session.hypotheses.map(({ status, because }) => [status, because])).toEqual([
      ["undetermined", "needs the rollouts"],
      ["rejected", "many"],
    ]);
    const { session: without } = await run({}, { steps: [taker] });
    expect(without.steps.at(-1)).toMatchObject({ state: "skipped", note: "needs the episodes" });
  });
});
