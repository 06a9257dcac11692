import type { ChangeFact } from "../../../src/playbook.ts";

/** What stands in one row of the timeline. */
export type Lane = "change" | "rollout" | "scaling" | "event";

/** The rows of the timeline, from above, with the names that they have at the edge. */
export const LANES: readonly { readonly lane: Lane; readonly name: string }[] = [
  { lane: "change", name: "change" },
  { lane: "rollout", name: "rollout" },
  { lane: "scaling", name: "scaling" },
  { lane: "event", name: "event" },
];

export function laneOf({ kind }: ChangeFact): Lane {
  if (kind === "rollout" || kind === "event") return kind;
  return kind === "scaling" || kind === "targets" ? "scaling" : "change";
}
