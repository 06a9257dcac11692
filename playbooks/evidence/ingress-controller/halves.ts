import type { Episode } from "../../../src/playbook.ts";

/** An episode of so many seconds is long: each half holds ten minutes, and what is true of both is no chance. */
const LONG = 1_200;

/** The halves of the only episode, where it is long; null where there are several, or it is short. */
export function halvesOf([only, ...more]: readonly Episode[]): readonly Episode[] | null {
  if (!only || more.length > 0 || only.burst.end - only.burst.start < LONG) return null;
  const { start, end } = only.burst;
  const middle = start + Math.floor((end - start) / 120) * 60;
  return [
    { ...only, burst: { start, end: middle } },
    { ...only, id: only.id + 1, burst: { start: middle, end } },
  ];
}
