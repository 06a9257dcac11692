import { episodes } from "../facts.ts";
import type { Row } from "../row.ts";

export default [["nothing is compared yet", episodes(), "unknown"]] satisfies readonly Row[];
