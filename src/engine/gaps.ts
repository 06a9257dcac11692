import type { FactToken } from "../model/token.ts";
import { listed } from "../model/words.ts";

/** What is open without something, from the titles of the steps not done and the hypotheses undetermined. */
export function consequence(steps: readonly string[], hypotheses: readonly string[]): string {
  const parts = [
    ...(steps.length > 0 ? [`not done: ${steps.join(", ")}`] : []),
    ...(hypotheses.length > 0 ? [`still open: ${hypotheses.join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : "no judgement depends on it";
}

/** "needs the pods' CPU, the number of workers and 3 more" */
export function needing(missing: readonly FactToken[]): string {
  const titles = missing.map(({ title }) => title);
  return `needs ${listed(titles.length > 3 ? [...titles.slice(0, 2), `${titles.length - 2} more`] : titles)}`;
}
