import type { Outcome } from "../model/session.ts";

/** The exit code of an investigation's outcome; see the README. */
export const EXIT: Record<Outcome, number> = {
  established: 0,
  likely: 0,
  open: 3,
  "unsupported-alarm": 3,
  "no-alarm": 4,
  unread: 5,
  // A unit failed: what the others found is printed, and whoever runs this in a script is told.
  defect: 1,
  interrupted: 130,
};
