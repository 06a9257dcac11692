import type { Row } from "../row.ts";
import stalls from "./one-pod-stalls.ts";
import worse from "./one-target-worse.ts";

const facts = (rows: readonly Row[], answer: string) => {
  const found = rows.find(([, , said]) => said === answer);
  if (!found) throw new RangeError(`no row says ${answer}`);
  return found[1];
};
/** The access log tells of single targets, and a node waits for its disk or does not. */
const both = (log: string, node: string) => ({ ...facts(stalls, node), ...facts(worse, log) });

export default [
  ["the access log shows it", facts(worse, "yes"), "yes"],
  ["the access log shows that no target stands out", both("no", "yes"), "no"],
  ["the access log is not clear, and one node's pods are held up", both("unclear", "yes"), "yes"],
  ["the access log is not clear, and no node waits", both("unclear", "no"), "unclear"],
  ["there is no access log, and one node's pods are held up", facts(stalls, "yes"), "yes"],
  ["there is no access log, and no node waits", facts(stalls, "no"), "unknown"],
  ["nothing is known", {}, "unknown"],
] satisfies readonly Row[];
