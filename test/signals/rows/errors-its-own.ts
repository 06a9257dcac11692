import { suspect } from "../groups.ts";
import type { Row } from "../row.ts";

export default [
  ["they are known to be its own", suspect("shop"), "yes"],
  ["it only gets most of the requests", suspect("shop", false), "unclear"],
  ["no target group stands out", suspect(null), "unknown"],
] satisfies readonly Row[];
