import { line, wrapped } from "../drawing/lines.ts";
import { withoutCause } from "../model/outcome.ts";
import { epoch } from "../model/time.ts";
import { oneLine } from "../model/visible.ts";
import { dateAndClock, duration } from "../model/words.ts";
import { page, type Style } from "./layout.ts";

/** A kept session for the list; `about` is null where its file is damaged. Its `conclusion` is null where it was killed. */
export interface Listed {
  readonly id: string;
  /** When it was last written, milliseconds since the epoch. */
  readonly written: number;
  readonly about: {
    readonly alarmName: string;
    /** ISO 8601 */
    readonly now: string;
    readonly conclusion: {
      readonly outcome: string;
      readonly rootCause: string | null;
      readonly confidence: string | null;
      readonly headline: string | null;
    } | null;
  } | null;
  readonly damage: string | null;
}

/** Past investigations in the order given, each with its alarm and what came of it. `now` in milliseconds. */
export function sessionList(list: readonly Listed[], now: number, style: Style): string {
  if (list.length === 0) return "No investigations yet.\n";
  const lines = list.flatMap((one) => {
    const told = one.about
      ? [one.about.alarmName, outcomeOf(one.about), whenOf(one.about.now, one.written, now)]
      : [`damaged: ${one.damage}`];
    return [
      line(oneLine(one.id), "strong"),
      ...told.flatMap((words) => wrapped(oneLine(words), style.width, "plain", "  ")),
    ];
  });
  return page([lines], style);
}

/** What came of a session, in one line. */
function outcomeOf({ conclusion }: NonNullable<Listed["about"]>): string {
  const { outcome, confidence, rootCause, headline } = conclusion ?? { outcome: "interrupted", rootCause: null };
  if (outcome === "established" || outcome === "likely") return `${confidence}: ${rootCause} · ${headline}`;
  return withoutCause(outcome);
}

/** The moment that was looked at, and how long ago the session was last written. */
function whenOf(moment: string, written: number, now: number): string {
  const age = Math.max(0, now - written) / 1000;
  return `${at(moment)} · kept ${age < 90 ? "just now" : `${duration(age)} ago`}`;
}

function at(moment: string): string {
  try {
    return dateAndClock(epoch(moment));
  } catch {
    // A session that was kept by somebody else's tool; it is shown as it stands.
    return moment;
  }
}
