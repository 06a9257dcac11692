import { nodes } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["91 % busy", nodes(0.91), "yes"],
  ["89 % busy", nodes(0.89), "unclear"],
  ["81 % busy", nodes(0.81), "unclear"],
  ["79 % busy", nodes(0.79), "no"],
  ["one of three is full", nodes(0.95, 0.5, 0.5), "no"],
  ["no node has a figure", nodes(null, null), "unknown"],
  ["no node is known", nodes(), "unknown"],
] satisfies readonly Row[];
