import { describe, expect, it } from "vitest";
import type { Onward } from "../../src/model/playbook.ts";
import { defineSignal, defineStep, no, sharedFact, yes } from "../../src/playbook.ts";
import { giver, run, table, tags } from "./made-up.ts";

const whereFact = sharedFact("podCpu", "where it was read");
const beyondFact = sharedFact("service", "what is behind");
const frontFact = sharedFact("topology", "what only the pods in front have");

/** Tells where it was read: in front, or of what is behind. */
const where = defineStep({
  id: "where",
  title: "where",
  needs: {},
  uses: [beyondFact],
  gives: [whereFact],
  async run({ ask, use, give, find }) {
    const behind = (await use(beyondFact)) as unknown as string | undefined;
    const name = behind === "behind" ? "two" : "one";
    const answer = await ask(tags(name));
    give(whereFact, name as never);
    find({ id: "it", statement: answer.ok ? answer.value : "nothing", measures: {}, proof: [tags(name).question] });
  },
});
const beyond = defineStep({
  id: "beyond",
  title: "beyond",
  needs: {},
  uses: [],
  gives: [beyondFact],
  run: async ({ give }) => give(beyondFact, "behind" as never),
});
/** Finds, or does not find, that the pods only pass requests on. */
const front = (passes: boolean) =>
  defineStep({
    id: "front",
    title: "front",
    needs: {},
    uses: [],
    gives: [beyondFact, frontFact],
    async run({ give }) {
      if (passes) give(beyondFact, "in front" as never);
      give(frontFact, "front" as never);
    },
  });

const readsWhere = defineSignal({
  id: "reads-where",
  question: "?",
  needs: { where: whereFact },
  uses: { front: frontFact },
  read: ({ where: at, front: own }) =>
    (at as unknown) === "two" ? yes(`of two${own ? " with the front" : ""}`, ["where.it"]) : no("of one", ["where.it"]),
});
const ofPods = table({ cause: "cpu-throttling", title: "of the pods", specific: [readsWhere] });
const ofFront = table({ cause: "shared-load-balancer", title: "of the front", specific: [readsWhere] });

const onward: Onward = {
  when: beyondFact,
  steps: [beyond, where],
  causes: [ofPods],
  leaves: [frontFact],
  keeps: [],
  inPlaceOf: {},
};
const go = (passes: boolean, answers: Parameters<typeof run>[0] = {}) =>
  run(answers, { steps: [giver, front(passes), where], causes: [ofPods, ofFront], onward });

describe("an investigation that goes one hop on", () => {
  it("judges what is behind by what was read of it, and the rest by what is in front", async () => {
    const { session } = await go(true);
    expect(session.hypotheses.map(({ cause, status, because }) => [cause, status, because])).toEqual([
      ["cpu-throttling", "confirmed", "of two"],
      ["shared-load-balancer", "undetermined", "of one"],
    ]);
    expect(session.verdict?.rootCause).toBe("cpu-throttling");
    expect(session.facts).toMatchObject({ podCpu: "two", service: "behind", topology: "front" });
  });

  it("cites the findings of each under names of their own", async () => {
    const { session } = await go(true);
    expect(session.findings.map(({ id, step, statement }) => [id, step, statement])).toEqual([
      ["giver.it", "giver", "it said answer one"],
      ["front-where.it", "front-where", "answer one"],
      ["where.it", "where", "answer two"],
    ]);
    expect(session.hypotheses.map(({ evidence }) => evidence)).toEqual([["where.it"], ["front-where.it"]]);
    expect(session.steps.map(({ id, title, state }) => [id, title, state])).toEqual([
      ["alarm", "alarm", "done"],
      ["giver", "giver", "done"],
      ["front", "front", "done"],
      ["front-where", "where, in front", "done"],
      ["beyond", "beyond", "done"],
      ["where", "where", "done"],
    ]);
  });

  it("stays where it is without anything behind", async () => {
    const { session } = await go(false);
    expect(session.findings.map(({ id }) => id)).toEqual(["giver.it", "where.it"]);
    expect(session.hypotheses.map(({ because }) => because)).toEqual(["of one", "of one"]);
    expect(session.steps.map(({ id }) => id)).toEqual(["alarm", "giver", "front", "where"]);
    expect(session.facts.podCpu).toBe("one");
  });

  it("is the same whatever the order in which answers come", async () => {
    const [straight, late, other] = [
      await go(true),
      await go(true, { one: "later" }),
      await go(true, { two: "later" }),
    ];
    expect(late.session).toEqual(straight.session);
    expect(other.session).toEqual(straight.session);
  });

  it("tells of an answer that fails whose it is, and what it leaves open", async () => {
    const failed = { status: "failed", failure: { kind: "timeout", message: "late" } } as const;
    const [inFront, behind] = [await go(true, { one: failed }), await go(true, { two: failed })];
    expect(inFront.session.gaps.map(({ step }) => step)).toEqual(["giver"]);
    expect(behind.session.gaps.map(({ step }) => step)).toEqual(["where"]);
  });
});
