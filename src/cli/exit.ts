import type { Outcome } from "../model/session.ts";

/** The exit code of an investigation's outcome; see the README. */
export const EXIT: Record<Outcome, number> = {
  cause: 0,
  "no-cause": 3,
  "no-such-alarm": 4,
  "aws-unreadable": 5,
  interrupted: 130,
};
