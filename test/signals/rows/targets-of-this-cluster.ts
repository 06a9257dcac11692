import { cluster } from "../facts.ts";
import type { Row } from "../row.ts";

export default [
  ["every target is a node of this cluster", cluster("same", 2), "yes"],
  ["no target is a node of this cluster", cluster("other", 0), "no"],
  ["one of two targets is a node of this cluster", cluster("part"), "unclear"],
  ["nothing could be compared", cluster("unknown", 0, 0), "unknown"],
] satisfies readonly Row[];
