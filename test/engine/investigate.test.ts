import { describe, expect, it } from "vitest";
import { investigate } from "../../src/engine/investigate.ts";
import type { Event } from "../../src/model/event.ts";
import type { EpisodesFact } from "../../src/model/facts.ts";
import type { Playbook } from "../../src/model/playbook.ts";
import type { Answer, Question, Typed } from "../../src/model/question.ts";
import type { Opening } from "../../src/model/session.ts";
import { confirmed, defineHypothesis, defineStep, rejected, undetermined } from "../../src/playbook.ts";

const opening: Opening = {
  id: "s",
  version: "0",
  playbook: "test",
  alarmName: "a",
  now: "2026-01-01T00:00:00Z",
  window: { start: 0, end: 3600 },
  allowExec: false,
  source: { kind: "fixture", fixture: "f", description: "" },
};
const tags = (arn: string): Typed<string> => ({
  question: { source: "elbv2", operation: "DescribeTags", input: { ResourceArns: [arn] } },
  parse: ([page]) => {
    if (typeof page !== "string") throw new Error("no text");
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
  needs: [],
  uses: [],
  gives: ["episodes"],
  async run({ ask, give, find }) {
    const answer = await ask(tags("one"));
    if (!answer.ok) return;
    give("episodes", episodes);
    find({ id: "it", statement: `it said ${answer.value}`, measures: {}, proof: [tags("one").question] });
  },
});
const taker = defineStep({
  id: "taker",
  title: "taker",
  needs: ["episodes"],
  uses: [],
  gives: ["rollouts"],
  async run({ ask, give }) {
    const [again] = await Promise.all([ask(tags("one")), ask(tags("two"))]);
    if (again.ok) give("rollouts", []);
  },
});
const deploy = defineHypothesis({
  cause: "deploy-regression",
  title: "the deploy",
  claim: "claim",
  needs: ["episodes", "rollouts"],
  uses: [],
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
  needs: ["episodes"],
  uses: [],
  judge: () => rejected("many", ["giver.it"]),
});

function run(answers: Record<string, Answer | "later">, change: Partial<Playbook> = {}) {
  const asked: string[] = [];
  const events: Event[] = [];
  const playbook: Playbook = {
    id: "test",
    steps: [giver, taker],
    hypotheses: [deploy, low],
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
    playbook,
    source,
    opening,
    commandFor: ({ input }) => `ask ${String(input.ResourceArns)}`,
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
    expect(session.outcome).toBe("cause");
  });

  it("gives the same session whatever the order in which answers come", async () => {
    const [straight, late] = [await run({}), await run({ one: "later" })];
    expect(late.session).toEqual(straight.session);
  });

  it("makes a failure a gap with its consequence, skips what needs it, and keeps the rest", async () => {
    const { session } = await run({ two: { status: "failed", failure: { kind: "forbidden", message: "no" } } });
    expect(session.verdict?.rootCause).toBe("deploy-regression");
    expect(session.gaps).toMatchObject([
      { kind: "forbidden", step: "taker", consequence: "nothing that was judged depends on it" },
    ]);

    const without = await run({ one: { status: "failed", failure: { kind: "timeout", message: "late" } } });
    expect(without.session.steps.map(({ id, state }) => [id, state])).toEqual([
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
    await run({}, { hypotheses: [nosy] });
    expect(seen).toEqual(["episodes"]);
  });

  it("chooses no cause between two that are only supported, and the one where it is alone", async () => {
    const maybe = {
      ...low,
      judge: () => ({ status: "supported" as const, because: "fits", evidence: [], explains: [1] }),
    };
    const other = { ...maybe, cause: "cold-start" as const };
    expect((await run({}, { hypotheses: [maybe, other] })).session.verdict?.rootCause).toBeNull();
    expect((await run({}, { hypotheses: [maybe] })).session.verdict).toMatchObject({
      rootCause: "low-traffic-artifact",
      confidence: "likely",
    });
  });

  it("takes a confirmed cause as likely only while one that comes before it is open", async () => {
    const open = { ...deploy, judge: () => undetermined("cannot be compared") };
    const ceiling = { ...low, judge: () => confirmed("shown", ["giver.it"], [1]) };
    const { session } = await run({}, { hypotheses: [open, ceiling] });
    expect(session.verdict).toMatchObject({ rootCause: "low-traffic-artifact", confidence: "likely" });
    expect((await run({}, { hypotheses: [ceiling, open] })).session.verdict?.confidence).toBe("confirmed");
  });

  it("does not take a cause that explains less than half of the episodes", async () => {
    const two = {
      ...episodes,
      episodes: [1, 2, 3].map((id) => ({ ...(episodes.episodes[0] as EpisodesFact["episodes"][number]), id })),
    };
    const step = {
      ...giver,
      run: async ({ give }: { give: (name: "episodes", value: EpisodesFact) => void }) => give("episodes", two),
    };
    const part = { ...low, judge: () => confirmed("part", [], [1]) };
    const { session } = await run({}, { steps: [step as typeof giver], hypotheses: [part] });
    expect(session.verdict).toMatchObject({ rootCause: null, explains: { episodes: 0, of: 3 } });
  });
});
