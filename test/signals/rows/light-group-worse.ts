import { blame, group, loadBalancer } from "../balancer.ts";
import type { Row } from "../row.ts";

const both = loadBalancer({ canary: 5, stable: 95 });
const canary = (inside: number | null, stable: number | null = 0.1) =>
  blame([group("canary", 0.1, inside), group("stable", 0.1, stable)]);

export default [
  ["1.55 times as slow as the one beside it", { ...both, ...canary(0.155) }, "yes"],
  ["1.45 times as slow", { ...both, ...canary(0.145) }, "unclear"],
  ["1.25 times as slow", { ...both, ...canary(0.125) }, "unclear"],
  ["1.15 times as slow", { ...both, ...canary(0.115) }, "no"],
  [
    "nearly as slow as the slowest of the two beside it",
    {
      ...loadBalancer({ canary: 5, stable: 60, old: 35 }),
      ...blame([group("canary", 0.1, 0.155), group("stable", 0.1, 0.14), group("old", 0.1, 0.05)]),
    },
    "no",
  ],
  ["the one beside it has weight 0", { ...loadBalancer({ canary: 100, stable: 0 }), ...canary(0.155) }, "no"],
  ["it has weight 0 itself", { ...loadBalancer({ canary: 0, stable: 60, old: 40 }), ...canary(0.155) }, "no"],
  ["no rule names it", { ...loadBalancer({ stable: 60, old: 40 }), ...canary(0.155) }, "no"],
  ["no target group stands out", { ...both, ...blame([], "alike") }, "unknown"],
  ["no requests on the one beside it", { ...both, ...canary(0.155, null) }, "unknown"],
  ["no time on the one beside it", { ...both, ...canary(0.155, 0) }, "unknown"],
  ["no requests on it", { ...both, ...canary(null) }, "unknown"],
] satisfies readonly Row[];
