import { blame, group, loadBalancer } from "../balancer.ts";
import { always, at, episodes, level, metric } from "../facts.ts";
import type { Row } from "../row.ts";

const canary = (inside: number | null) => blame([group("canary", 0.1, inside), group("stable", 0.1, 0.1)]);
const weights = (own: number) => ({ ...loadBalancer({ canary: own, stable: 100 - own }), ...canary(1) });
/** A rollout in minute 40 of 120, since when requests of the same load take ten times as long. */
const rolledOut = {
  rollouts: [{ at: at(40), replicaSet: "canary-2", revision: 2, image: "canary:2", version: "2" }],
  ...episodes([[45, 60]], {}, 120),
  ...metric({ average: level(0.1, 1, [[40, 120]], 120), requests: always(100, 120) }),
};

export default [
  ["45 % of its rule", weights(45), "yes"],
  ["45 % of its rule, slower since its rollout", { ...weights(45), ...rolledOut }, "yes"],
  ["55 % of its rule, and no rollout is known", weights(55), "unclear"],
  ["55 % of its rule, slower since its rollout", { ...weights(55), ...rolledOut }, "no"],
  ["half of its rule", weights(50), "yes"],
  ["as fast as the one beside it", { ...loadBalancer({ canary: 5, stable: 95 }), ...canary(0.1) }, "no"],
  [
    "a little slower than the one beside it",
    { ...loadBalancer({ canary: 5, stable: 95 }), ...canary(0.13) },
    "unclear",
  ],
  ["no weighted rule", { ...loadBalancer(), ...canary(1) }, "no"],
  ["no requests on it", { ...loadBalancer({ canary: 5, stable: 95 }), ...canary(null) }, "unknown"],
] satisfies readonly Row[];
