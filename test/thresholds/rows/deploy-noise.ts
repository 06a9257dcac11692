import { alarmMetric, always, at, episodes, level } from "../../signals/facts.ts";
import { autoscaler, rollouts } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/deploy-noise/factor.ts");

const STARTS = [20, 60, 100, 140, 180, 220, 260] as const;
const MINUTES = 300;

interface Case {
  /** So many episodes of ten minutes, of which so many begin so many seconds after a rollout. */
  readonly of: number;
  readonly after?: number;
  readonly seconds?: number;
  /** Of 10,000 requests in each minute of them. */
  readonly failed?: number;
  /** The minutes in which the autoscaler takes a pod away. */
  readonly scaleIns?: readonly number[];
  readonly requests?: number;
}

const statement =
  ({ of, after = 0, seconds = 60, failed = 0, scaleIns = [], requests = 10_000 }: Case) =>
  (module: Module) => {
    const spikes = STARTS.slice(0, of).map((start) => [start, start + 10] as const);
    const rolled = rollouts(...STARTS.slice(0, after)).rollouts.map((one) => ({ ...one, at: one.at - seconds }));
    const replicas = {
      start: at(0),
      step: 60,
      values: always(9, MINUTES).map((count, minute) => (count ?? 0) - scaleIns.filter((one) => one <= minute).length),
    };
    return (
      module.default.find({
        ...episodes(spikes, {}, MINUTES),
        metric: alarmMetric({ requests: always(requests, MINUTES), target5xx: level(null, failed, spikes, MINUTES) })
          .alarmMetric,
        rollouts: rolled,
        autoscaler: { ...autoscaler(0).autoscaler, replicas },
      } as never)?.statement ?? null
    );
  };
const found = (one: Case) => (module: Module) => statement(one)(module) !== null;

export default {
  module: "playbooks/factors/deploy-noise/factor.ts",
  rows: [
    [
      "3 of 5 episodes begin a minute after a rollout",
      statement({ of: 5, after: 3 }),
      "3 of 5 episodes begin within 10 min after a rollout, and no request failed in them",
    ],
    ["4 of 7 episodes", found({ of: 7, after: 4 }), false],
    ["one episode of one", found({ of: 1, after: 1 }), false],
    ["590 s after the rollout", found({ of: 2, after: 2, seconds: 590 }), true],
    ["610 s after the rollout", found({ of: 2, after: 2, seconds: 610 }), false],
    ["the minute that holds the rollout began 58 s before it", found({ of: 2, after: 2, seconds: -58 }), true],
    ["63 s before the rollout", found({ of: 2, after: 2, seconds: -63 }), false],
    ["10 of 10,000 requests fail", found({ of: 2, after: 2, failed: 10 }), true],
    ["10.5 of 10,000 requests fail", found({ of: 2, after: 2, failed: 10.5 }), false],
    ["9.5 of 10,000 requests fail", found({ of: 2, after: 2, failed: 9.5 }), true],
    ["no requests", found({ of: 2, after: 2, requests: 0 }), false],
    [
      "a rollout and a scale-in",
      statement({ of: 2, after: 1, scaleIns: [59] }),
      "2 of 2 episodes begin within 10 min after a rollout or a scale-in, and no request failed in them",
    ],
  ],
} satisfies Held<Module>;
