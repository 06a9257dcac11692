import type { Span } from "../src/model/time.ts";
import type { Scenario } from "./scenario.ts";

/** Shares of a window: its end alone, its beginning alone (asked while it went on), pieces of its middle. */
const PARTS = [
  [0.4, 1],
  [0.6, 1],
  [0.75, 1],
  [0, 0.3],
  [0, 0.5],
  [0.3, 0.6],
  [0.5, 0.8],
] as const;

/**
 * Parts of an incident's window. People choose --since and --window as the night goes; a window that holds a part of the
 * incident may leave the cause open, and must never name another.
 */
export function partsOf({ now, window }: Scenario): Span[] {
  const at = (share: number) => Math.floor((now - window + share * window) / 60) * 60;
  return PARTS.map(([from, to]) => ({ start: at(from), end: at(to) }));
}
