import { autoscaler } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["at its maximum in 51 % of the episodes", autoscaler(0.51), "yes"],
  ["at its maximum in 49 % of the episodes", autoscaler(0.49), "no"],
  ["no autoscaler", autoscaler("absent"), "no"],
  ["its replicas over time are not known", autoscaler(null), "unknown"],
] satisfies readonly Row[];
