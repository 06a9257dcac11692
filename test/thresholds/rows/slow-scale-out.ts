import { at, episodes } from "../../signals/facts.ts";
import { rollouts } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/slow-scale-out/factor.ts");

interface Made {
  /** Seconds after the spike's beginning (it lasts ten minutes) at which the pod was made. */
  readonly made: number;
  /** Seconds from there until it was ready; null: never. */
  readonly took: number | null;
  /** What the pod itself says, seconds after it was made; null: it is gone. */
  readonly says?: { readonly scheduled: number; readonly started: number } | null;
}

const SPIKE = at(30);

const statement =
  (pods: readonly Made[], rolled: readonly number[] = []) =>
  (module: Module) =>
    module.default.find({
      ...episodes(),
      readiness: pods.map(({ made, took }, index) => ({
        pod: `shop-${index}`,
        created: SPIKE + made,
        firstReady: took === null ? null : SPIKE + made + took,
        ready: { start: at(0), step: 60, values: [] },
      })),
      rollouts: rolled.flatMap((seconds) => rollouts(30).rollouts.map((one) => ({ ...one, at: one.at + seconds }))),
      workload: {
        pods: pods.flatMap(({ made, says }, index) =>
          says
            ? [
                {
                  name: `shop-${index}`,
                  created: SPIKE + made,
                  scheduled: SPIKE + made + says.scheduled,
                  started: SPIKE + made + says.started,
                },
              ]
            : [],
        ),
      },
    } as never)?.statement ?? null;
const found = (pods: readonly Made[], rolled?: readonly number[]) => (module: Module) =>
  statement(pods, rolled)(module) !== null;

const LATE = { made: 60, took: 600 };
const IN_TIME = { made: 60, took: 60 };

export default {
  module: "playbooks/factors/slow-scale-out/factor.ts",
  rows: [
    [
      "a pod is made in the spike and ready after it",
      statement([LATE]),
      "1 of 1 pod added for a spike could serve only after it: created 60 s after it began, ready 10 min later",
    ],
    [
      "where its time went",
      statement([{ ...LATE, says: { scheduled: 240, started: 540 } }]),
      "1 of 1 pod added for a spike could serve only after it: created 60 s after it began, ready 10 min later (4 min without a node, 5 min until the container ran)",
    ],
    ["ready in the spike's last minute", found([{ made: 60, took: 539 }]), false],
    ["ready when the spike ends", found([{ made: 60, took: 540 }]), true],
    ["never ready", found([{ made: 60, took: null }]), true],
    ["3 of 5 come too late", found([LATE, LATE, LATE, IN_TIME, IN_TIME]), true],
    ["4 of 7 come too late", found([LATE, LATE, LATE, LATE, IN_TIME, IN_TIME, IN_TIME]), false],
    ["made 290 s after the spike", found([{ made: 890, took: 60 }]), true],
    ["made 310 s after the spike", found([{ made: 910, took: 60 }]), false],
    ["made before the spike", found([{ made: -10, took: 700 }]), false],
    ["made 890 s after a rollout: its surge", found([LATE], [60 - 890]), false],
    ["made 910 s after a rollout", found([LATE], [60 - 910]), true],
    ["no pod was added", found([]), false],
  ],
} satisfies Held<Module>;
