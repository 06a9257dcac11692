import type { CauseDefinition } from "../model/playbook.ts";
import type { Signal } from "../model/signal.ts";
import type { FactToken } from "../model/token.ts";
import { listed } from "../model/words.ts";

/** What stays open while something is missing, from the titles of the steps not done and the causes undetermined. */
export function consequence(steps: readonly string[], causes: readonly string[]): string {
  const parts = [
    ...(steps.length > 0 ? [`not done: ${steps.join(", ")}`] : []),
    ...(causes.length > 0 ? [`still open: ${causes.join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : "no judgement depends on it";
}

/** "needs the pods' CPU, the number of workers and 3 more" */
export function needing(missing: readonly FactToken[]): string {
  const titles = missing.map(({ title }) => title);
  return `needs ${listed(titles.length > 3 ? [...titles.slice(0, 2), `${titles.length - 2} more`] : titles)}`;
}

/** What a unit that failed is called in its gap, where what stays open without it is looked up again. */
export const unitOf = {
  signal: ({ id }: Signal) => `the signal ${id}`,
  cause: ({ cause }: CauseDefinition) => `the cause ${cause}`,
} as const;

/** The id of the gap that a unit's failure makes. */
export function defectId(unit: string): string {
  return `defect ${unit}`;
}
