import { blame, group } from "../balancer.ts";
import type { Row } from "../row.ts";

const service = (outside: number | null, inside: number | null) => blame([group("shop", outside, inside)]);

export default [
  ["2.1 times its usual", service(0.1, 0.21), "yes"],
  ["1.9 times its usual", service(0.1, 0.19), "unclear"],
  ["1.7 times its usual", service(0.1, 0.17), "unclear"],
  ["1.5 times its usual", service(0.1, 0.15), "no"],
  ["all rose alike", blame([group("shop", 0.1, 0.5)], "alike"), "no"],
  ["no requests in the episodes", service(0.1, null), "unknown"],
  ["no requests outside them", service(null, 0.2), "unknown"],
  ["no time outside them", service(0, 0.2), "unknown"],
] satisfies readonly Row[];
