import { investigate } from "../../src/engine/investigate.ts";
import type { Event } from "../../src/model/event.ts";
import type { AlarmFact, EpisodesFact } from "../../src/model/facts.ts";
import { Malformed } from "../../src/model/malformed.ts";
import type { Playbook } from "../../src/model/playbook.ts";
import type { Answer, Question, Typed } from "../../src/model/question.ts";
import type { Opening } from "../../src/model/session.ts";
import type { SignalAnswer } from "../../src/model/signal.ts";
import { defineCause, defineSignal, defineStep, is, no, sharedFact, yes } from "../../src/playbook.ts";
import { sourceWords } from "../../src/sources/words.ts";

/*
 * A made-up playbook: two steps that ask about "one" and "two", and a cause of each kind. What the engine does with them
 * is not hidden behind what real units know.
 */

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
export const episodesFact = sharedFact("episodes", "the episodes");
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

export const tags = (arn: string): Typed<string> => ({
  question: { source: "elbv2", operation: "DescribeTags", input: { ResourceArns: [arn] } },
  parse: ([page]) => {
    if (typeof page !== "string") throw new Malformed("no text");
    return { value: page };
  },
});

/** This many episodes, numbered from 1. */
export const episodes = (count: number): EpisodesFact => ({
  window: opening.window,
  transitions: [],
  earlier: [],
  historyFrom: null,
  episodes: Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    alarmAt: 60,
    okAt: 120,
    burst: { start: 0, end: 60 },
    breaching: 1,
    worst: 2,
    requests: 5,
    fewestRequests: 5,
  })),
  from: "metric",
  cycles: 1,
  cyclesPerHour: 1,
  flappingFor: 0,
  longest: 60,
});

/** Asks about "one", and gives an episode. */
export const giver = defineStep({
  id: "giver",
  title: "giver",
  needs: {},
  uses: [],
  gives: [episodesFact],
  async run({ ask, give, find }) {
    const answer = await ask(tags("one"));
    if (!answer.ok) return;
    give(episodesFact, episodes(1));
    find({ id: "it", statement: `it said ${answer.value}`, measures: {}, proof: [tags("one").question] });
  },
});

/** Asks about "one" again and about "two", once there are episodes, and gives the rollouts. */
export const taker = defineStep({
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

/** A signal that always says this. */
export function says(id: string, answer: SignalAnswer) {
  return defineSignal({
    id,
    question: `${id}?`,
    needs: {},
    uses: {},
    read: () => ({ answer, statement: `${id} ${answer}`, evidence: [`giver.${id}`], figure: null }),
  });
}

/** A cause by its table, of which only the parts that matter are given. */
export function table(change: Partial<Parameters<typeof defineCause>[0]>) {
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

const slower = defineSignal({
  id: "slower",
  question: "Is it slower?",
  needs: { episodes: episodesFact, rollouts: rolloutsFact },
  uses: {},
  read: () => yes("because", ["giver.it"]),
});
const few = defineSignal({
  id: "few",
  question: "Are they few?",
  needs: { episodes: episodesFact },
  uses: {},
  read: () => no("many", ["giver.it"]),
});

/** Confirmed where both steps gave their facts. */
export const deploy = table({ cause: "deploy-regression", title: "the deploy", specific: [slower] });
/** Ruled out where there are episodes. */
export const low = table({ cause: "low-traffic-artifact", title: "few requests", rejects: [is(few, "no")] });

/** Investigates with the made-up playbook, changed, and with these answers; what is not given is answered at once, an error is thrown. */
export function run(answers: Record<string, Answer | Error | "later">, change: Partial<Playbook> = {}) {
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
      if (answer instanceof Error) throw answer;
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
