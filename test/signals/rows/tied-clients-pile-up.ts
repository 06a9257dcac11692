import { topology } from "../balancer.ts";
import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const on = topology({ stickiness: { enabled: true, type: "lb_cookie" } });
const off = topology({ stickiness: { enabled: false, type: null } });
/** How alike the hot pods are from episode to episode, and in which share of the minutes some are hot beside idle ones. */
const hot = (samePods: number | null, clumpedShare = 0.5) => podCpu({ samePods, clumpedShare, jain: 0.7 });

export default [
  ["a cookie ties clients, and the same pods are hot beside idle ones", { ...on, ...hot(0.9) }, "yes"],
  ["a cookie ties clients, and no pod is hot beside idle ones", { ...on, ...hot(0.9, 0.02) }, "no"],
  ["a cookie ties clients, and the hot pods change", { ...on, ...hot(0.1) }, "no"],
  ["a cookie ties clients, and whether the hot pods change is not clear", { ...on, ...hot(0.5) }, "unclear"],
  ["a cookie ties clients, and there is one episode", { ...on, ...hot(null) }, "unknown"],
  ["nothing ties clients", { ...off, ...hot(0.9) }, "no"],
  ["whether anything ties clients is not known", { ...topology(), ...hot(0.9) }, "unknown"],
] satisfies readonly Row[];
