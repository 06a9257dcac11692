import { describe, expect, it } from "vitest";
import { investigate } from "../../src/engine/investigate.ts";
import type { Event } from "../../src/model/event.ts";
import type { AlarmFact, EpisodesFact } from "../../src/model/facts.ts";
import { Malformed } from "../../src/model/malformed.ts";
import type { Playbook } from "../../src/model/playbook.ts";
import type { Answer, Question, Typed } from "../../src/model/question.ts";
import type { Opening } from "../../src/model/session.ts";
import {
  confirmed,
  defineCause,
  defineFactor,
  defineFix,
  defineHypothesis,
  defineSignal,
  defineStep,
  is,
  no,
  rejected,
  sharedFact,
  undetermined,
  yes,
} from "../../src/playbook.ts";
import { sourceWords } from "../../src/sources/words.ts";

const opening: Opening = {
  id: "s",
  version: "0",
  alarmName: "a",
  now: "2026-01-01T00:00:00Z",
  window: { start: 0, end: 3600 },
  allowExec: false,
  source: { kind: "fixture", fixture: "f", description: "" },
};
const alarmFact = sharedFact("alarm", "the alarm");
const episodesFact = sharedFact("episodes", "the episodes");
const rolloutsFact = sharedFact("rollouts", "the rollouts");
const alarm = {
  name: "a",
  metric: "Made",
  namespace: "Up",
  dimensions: { LoadBalancer: "app/x/1" },
} as unknown as AlarmFact;
const identify = defineStep({
  id: "alarm",
  title: "alarm",
  needs: {},
  uses: [],
  gives: [alarmFact],
  run: async ({ give }) => give(alarmFact, alarm),
});
const tags = (arn: string): Typed<string> => ({
  question: { source: "elbv2", operation: "DescribeTags", input: { ResourceArns: [arn] } },
  parse: ([page]) => {
    if (typeof page !== "string") throw new Malformed("no text");
    return { value: page };
  },
});
const episodes: EpisodesFact = {
  window: opening.window,
  transitions: [],
  earlier: [],
  historyFrom: null,
  episodes: [
    {
      id: 1,
      alarmAt: 60,
      okAt: 120,
      burst: { start: 0, end: 60 },
      breaching: 1,
      worst: 2,
      requests: 5,
      fewestRequests: 5,
    },
  ],
  from: "metric",
  cycles: 1,
  cyclesPerHour: 1,
  flappingFor: 0,
  longest: 60,
};
const giver = defineStep({
  id: "giver",
  title: "giver",
  needs: {},
  uses: [],
  gives: [episodesFact],
  async run({ ask, give, find }) {
    const answer = await ask(tags("one"));
    if (!answer.ok) return;
    give(episodesFact, episodes);
    find({ id: "it", statement: `it said ${answer.value}`, measures: {}, proof: [tags("one").question] });
  },
});
const taker = defineStep({
  id: "taker",
  title: "taker",
  needs: { episodes: episodesFact },
  uses: [],
  gives: [rolloutsFact],
  async run({ ask, give }) {
    const [again] = await Promise.all([ask(tags("one")), ask(tags("two"))]);
    if (again.ok) give(rolloutsFact, []);
  },
});
const deploy = defineHypothesis({
  cause: "deploy-regression",
  title: "the deploy",
  claim: "claim",
  needs: { episodes: episodesFact, rollouts: rolloutsFact },
  uses: {},
  judge: ({ episodes: fact }) =>
    confirmed(
      "because",
      ["giver.it"],
      fact.episodes.map(({ id }) => id),
      { headline: "headline", summary: "summary" },
    ),
});
const low = defineHypothesis({
  cause: "low-traffic-artifact",
  title: "few requests",
  claim: "claim",
  needs: { episodes: episodesFact },
  uses: {},
  judge: () => rejected("many", ["giver.it"]),
});

function run(answers: Record<string, Answer | "later">, change: Partial<Playbook> = {}) {
  const asked: string[] = [];
  const events: Event[] = [];
  const playbook: Playbook = {
    id: "test",
    judges: "made-up",
    takes: () => true,
    steps: [giver, taker],
    causes: [deploy, low],
    factors: [],
    fixes: [],
    ...change,
  };
  const source = {
    async ask(question: Question): Promise<Answer> {
      const name = (question.input.ResourceArns as string[]).join();
      asked.push(name);
      const answer = answers[name];
      if (answer === "later") await new Promise((resolve) => setImmediate(resolve));
      return answer === undefined || answer === "later" ? { status: "answered", pages: [`answer ${name}`] } : answer;
    },
  };
  const session = investigate({
    identify,
    playbooks: [playbook],
    source,
    opening,
    commandFor: ({ input }) => `ask ${String(input.ResourceArns)}`,
    sourceWords,
    watch: (event) => events.push(event),
  });
  return session.then((done) => ({ session: done, asked, events }));
}

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

  it("hands a hypothesis only the facts that it declares", async () => {
    let seen: string[] = [];
    const judge = (facts: object) => {
      seen = Object.keys(facts);
      return rejected("x", []);
    };
    const nosy = { ...low, judge };
    await run({}, { causes: [nosy] });
    expect(seen).toEqual(["episodes"]);
  });

  it("chooses no cause between two that are only supported, and the one where it is alone", async () => {
    const maybe = {
      ...low,
      judge: () => ({ status: "supported" as const, because: "fits", evidence: [], explains: [1] }),
    };
    const other = { ...maybe, cause: "cold-start" as const };
    expect((await run({}, { causes: [maybe, other] })).session.verdict?.rootCause).toBeNull();
    expect((await run({}, { causes: [maybe] })).session.verdict).toMatchObject({
      rootCause: "low-traffic-artifact",
      confidence: "likely",
    });
  });

  it("takes a confirmed cause as likely only while one that comes before it is open", async () => {
    const open = { ...deploy, judge: () => ({ ...undetermined("cannot be compared"), doubts: true }) };
    const ceiling = { ...low, judge: () => confirmed("shown", ["giver.it"], [1]) };
    const { session } = await run({}, { causes: [open, ceiling] });
    expect(session.verdict).toMatchObject({ rootCause: "low-traffic-artifact", confidence: "likely" });
    expect((await run({}, { causes: [ceiling, open] })).session.verdict?.confidence).toBe("confirmed");
  });

  it("does not take a cause that explains less than half of the episodes", async () => {
    const two = {
      ...episodes,
      episodes: [1, 2, 3].map((id) => ({ ...(episodes.episodes[0] as EpisodesFact["episodes"][number]), id })),
    };
    const step = defineStep({ ...giver, needs: {}, run: async ({ give }) => give(episodesFact, two) });
    const part = { ...low, judge: () => confirmed("part", [], [1]) };
    const { session } = await run({}, { steps: [step], causes: [part] });
    expect(session.verdict).toMatchObject({ rootCause: null, explains: { episodes: 0, of: 3 } });
  });

  it("says in one sentence that no playbook takes an alarm, and lists nothing", async () => {
    const { session } = await run({}, { takes: () => false });
    expect(session).toMatchObject({ outcome: "unsupported-alarm", playbook: null, hypotheses: [], gaps: [] });
    expect(session.verdict?.headline).toBe(
      "a watches Made (Up) of LoadBalancer app/x/1: lbdoctor judges made-up alarms.",
    );
  });

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
      ["the cause low-traffic-artifact", { causes: [deploy, { ...low, judge: broken }] }],
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

  describe("a cause's table", () => {
    const says = (id: string, answer: "yes" | "no" | "unclear" | "unknown") =>
      defineSignal({
        id,
        question: `${id}?`,
        needs: {},
        uses: {},
        read: () => ({ answer, statement: `${id} ${answer}`, evidence: [`giver.${id}`], figure: null }),
      });

    it.each([
      ["confirmed by what only it shows", {}, "confirmed", "shown yes"],
      [
        "ruled out by the first of its rejecting answers",
        { rejects: [is(says("calm", "no"), "no"), is(says("other", "yes"), "yes")] },
        "rejected",
        "calm no",
      ],
      [
        "never ruled out by what is unclear",
        { rejects: [is(says("calm", "unclear"), "no")] },
        "confirmed",
        "shown yes",
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
      ["open where nothing shows it", { specific: [says("shown", "no")] }, "undetermined", "shown no"],
      [
        "never confirmed without anything specific",
        { specific: [], supports: [is(says("hint", "yes"), "yes")] },
        "supported",
        "hint yes",
      ],
    ] as const)("is %s", async (_, change, status, because) => {
      const cause = table({ specific: [says("shown", "yes")], ...change });
      const { session } = await run({}, { causes: [cause] });
      expect(session.hypotheses[0]).toMatchObject({ status, because });
    });

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

/** A cause by its table, of which only the parts that matter are given. */
function table(change: Partial<Parameters<typeof defineCause>[0]>) {
  return defineCause({
    cause: "cpu-throttling",
    title: "it",
    claim: "claim",
    rejects: [],
    specific: [],
    needs: [],
    supports: [],
    uses: {},
    words: () => ({ headline: "headline", summary: "summary" }),
    ...change,
  });
}
