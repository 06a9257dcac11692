import { longPoll } from "../families/waiting.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import type { WorldDraft } from "./kinds.ts";

const JUDGEMENT: Judgement = {
  truth: "long-poll-held-open",
  accept: [],
  never: [
    "alarm-too-sensitive",
    "low-traffic-artifact",
    "slow-dependency",
    "worker-concurrency-ceiling",
    "deploy-regression",
  ],
  why: "Requests are held open by design, and the metric counts the wait.",
};

/** Quick requests beside the polls pull the average down, now more and now less. */
export function mixedPolls(seed: number, random: Random): WorldDraft {
  const draft = longPoll(seed, random);
  const { focus } = draft.scenario;
  const poll = focus.longPoll;
  const polls = poll ? poll.clients / poll.ceiling : 0.05;
  const quick = polls * random.between(0.3, 2.5);
  return {
    ...draft,
    judgement: JUDGEMENT,
    scenario: {
      ...draft.scenario,
      description: "Long polls and quick requests of the same service in one target group.",
      focus: {
        ...focus,
        work: { ...focus.work, cv: 0.5, wait: 0.03, waitCv: 0.5 },
        traffic: { ...focus.traffic, base: quick, wobble: 0.3 },
      },
    },
  };
}

/** Two kinds of clients, with ceilings of one and of three minutes. */
export function twoCeilings(seed: number, random: Random): WorldDraft {
  const draft = longPoll(seed, random);
  const { focus, loadBalancer } = draft.scenario;
  return {
    ...draft,
    judgement: JUDGEMENT,
    scenario: {
      ...draft.scenario,
      description: "Half of the clients poll with a ceiling of 60 s, the others of 180 s.",
      loadBalancer: { ...loadBalancer, idleTimeout: 300 },
      focus: {
        ...focus,
        longPoll: focus.longPoll && {
          ...focus.longPoll,
          clients: random.integer(4, 14),
          ceiling: 60,
          otherCeiling: 180,
          jitter: 1.5,
        },
      },
    },
  };
}
