import { describe, expect, it } from "vitest";
import { defineSignal, defineStep, is, no, sharedFact, yes } from "../../src/playbook.ts";
import { episodesFact, giver, low, run, says, table, tags } from "./made-up.ts";

describe("investigate", () => {
  it("asks each question once, hands facts on, and reaches the verdict", async () => {
    const { session, asked } = await run({});
    expect(asked).toEqual(["one", "two"]);
    expect(session.findings).toEqual([
      { id: "giver.it", step: "giver", statement: "it said answer one", measures: {}, reproduce: ["ask one"] },
    ]);
    expect(session.verdict).toMatchObject({
      rootCause: "deploy-regression",
      confidence: "confirmed",
      explains: { episodes: 1, of: 1 },
    });
    expect(session.outcome).toBe("established");
  });

  it("gives the same session whatever the order in which answers come", async () => {
    const [straight, late] = [await run({}), await run({ one: "later" })];
    expect(late.session).toEqual(straight.session);
  });

  it("makes a failure a gap with its consequence, skips what needs it, and keeps the rest", async () => {
    const { session } = await run({ two: { status: "failed", failure: { kind: "forbidden", message: "no" } } });
    expect(session.verdict?.rootCause).toBe("deploy-regression");
    expect(session.gaps).toMatchObject([
      { kind: "forbidden", step: "taker", consequence: "no judgement depends on it" },
    ]);

    const without = await run({ one: { status: "failed", failure: { kind: "timeout", message: "late" } } });
    expect(without.session.steps.map(({ id, state }) => [id, state])).toEqual([
      ["alarm", "done"],
      ["giver", "done"],
      ["taker", "skipped"],
    ]);
    expect(without.session.hypotheses.map(({ status }) => status)).toEqual(["undetermined", "undetermined"]);
    expect(without.session.gaps[0]?.consequence).toBe("not done: taker; still open: the deploy, few requests");
    expect(without.session.verdict).toMatchObject({ rootCause: null, confidence: "none" });
  });

  it("tells of an answer that several steps lack what all of them leave open", async () => {
    const failed = { status: "failed", failure: { kind: "timeout", message: "late" } } as const;
    const none = sharedFact("podCpu", "the pods' CPU");
    const other = defineStep({
      id: "other",
      title: "other",
      needs: {},
      uses: [],
      gives: [none],
      async run({ ask }) {
        await ask(tags("two"));
        await ask(tags("one"));
      },
    });
    const cpu = defineSignal({ id: "cpu", question: "?", needs: { none }, uses: {}, read: () => yes("", []) });
    const busy = table({ title: "busy", specific: [cpu] });
    const { session } = await run({ one: failed }, { steps: [giver, other], causes: [low, busy] });
    expect(session.gaps).toMatchObject([{ step: "giver", consequence: "still open: few requests, busy" }]);
  });

  it("takes an answer that cannot be parsed as malformed, not as empty", async () => {
    const { session } = await run({ one: { status: "answered", pages: [{}] } });
    expect(session.gaps).toMatchObject([{ kind: "malformed" }]);
  });

  it("says where an answer was cut, and still uses what came", async () => {
    const { session } = await run({
      one: { status: "answered", pages: ["part"], cut: { kind: "throttled", message: "slow down" } },
    });
    expect(session.findings[0]?.statement).toBe("it said part");
    expect(session.gaps).toMatchObject([{ kind: "throttled" }]);
  });

  it("shows control characters in answers instead of passing them on", async () => {
    const { session } = await run({ one: { status: "answered", pages: ["\u001b[31mred\u009b\u202e"] } });
    expect(session.findings[0]?.statement).toBe("it said \\u{1b}[31mred\\u{9b}\\u{202e}");
  });

  it("hands a cause only the facts that it declares", async () => {
    let seen: string[] = [];
    const nosy = table({
      uses: { episodes: episodesFact },
      words: (facts) => {
        seen = Object.keys(facts);
        return {};
      },
    });
    await run({}, { causes: [nosy] });
    expect(seen).toEqual(["episodes"]);
  });

  it("says in one sentence that no playbook takes an alarm, and lists nothing", async () => {
    const { session } = await run({}, { takes: () => false });
    expect(session).toMatchObject({ outcome: "unsupported-alarm", playbook: null, hypotheses: [], gaps: [] });
    expect(session.verdict?.headline).toBe(
      "a watches Made (Up) of LoadBalancer app/x/1: lbdoctor judges made-up alarms.",
    );
  });

  describe("a cause and its signals", () => {
    it("is kept with the signal that tells it from each neighbour, before and after it is judged", async () => {
      const [mine, shared] = [says("mine", "yes"), says("shared", "yes")];
      const one = table({ specific: [mine, shared] });
      const other = table({ cause: "cold-start", specific: [says("theirs", "no")], rejects: [is(shared, "yes")] });
      const { session, events } = await run({}, { causes: [one, other, low] });
      const apart = [{ "cold-start": "shared" }, { [one.cause]: "shared" }];
      expect(session.hypotheses.map(({ apartFrom }) => apartFrom)).toEqual([...apart, {}]);
      const selected = events.find((event) => event.type === "selected");
      expect(selected?.plan.hypotheses.map(({ apartFrom }) => apartFrom)).toEqual([...apart, {}]);
    });

    it("is judged once the episodes are known, however little its signals read", async () => {
      const { session } = await run({ one: "later" }, { causes: [table({ specific: [says("shown", "yes")] })] });
      expect(session.hypotheses[0]).toMatchObject({ status: "confirmed", explains: [1] });
    });

    it("hands a signal only the facts that it declares, and reads it once for all causes", async () => {
      const seen: string[][] = [];
      const signal = defineSignal({
        id: "counted",
        question: "?",
        needs: { episodes: episodesFact },
        uses: {},
        read: (facts) => {
          seen.push(Object.keys(facts));
          return no("no", []);
        },
      });
      await run({}, { causes: [table({ specific: [signal] }), table({ specific: [signal], cause: "cold-start" })] });
      expect(seen).toEqual([["episodes"]]);
    });

    it("stays undecided for a fact that is missing, in its own words", async () => {
      const missing = sharedFact("podCpu", "the pods' CPU");
      const signal = defineSignal({ id: "cpu", question: "?", needs: { missing }, uses: {}, read: () => yes("", []) });
      const step = defineStep({ ...giver, needs: {}, id: "none", gives: [missing], run: async () => {} });
      const { session } = await run({}, { steps: [giver, step], causes: [table({ specific: [signal] })] });
      expect(session.hypotheses[0]).toMatchObject({ status: "undetermined", because: "needs the pods' CPU" });
    });
  });
});
