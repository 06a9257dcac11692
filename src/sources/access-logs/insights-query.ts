import { type Epoch, iso, type Span } from "../../model/time.ts";

/** Lines that a query gives at most, page after page (CloudWatch Logs API, StartQuery). */
export const QUERY_LIMIT = 100_000;
const MINUTE = 60;
/**
 * Seconds after a line's own time within which its event may be dated. That of a delivered line is not documented: it is
 * assumed that it is the line's time, or that of its delivery, which comes within ten minutes as that of a file does.
 */
const DELIVERY = 600;

/** Whole minutes: those that a query is about. */
export interface Stretch {
  readonly start: Epoch;
  readonly end: Epoch;
}

/** The minutes of a span; what of them is outside it is read and not counted. */
export function minutesOf({ start, end }: Span): Stretch {
  return { start: start - (start % MINUTE), end: Math.ceil(end / MINUTE) * MINUTE };
}

/** The two halves of a stretch; null where it is one minute. */
export function halved({ start, end }: Stretch): [Stretch, Stretch] | null {
  const minutes = (end - start) / MINUTE;
  if (minutes <= 1) return null;
  const middle = start + Math.floor(minutes / 2) * MINUTE;
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}

/** What stands before a line's time: nothing, its type, or the beginning of a JSON object. No client's text comes there. */
const BEFORE = String.raw`^(\S+ |\{.*"time": ?")?`;
const ANY_MINUTE = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:`;

/**
 * The query for the lines of these minutes, and the seconds in which their events lie. Lines without a time are asked for
 * too, so that a form that nobody can read is told and is not taken for silence. Nothing but times is in it.
 */
export function queryOf({ start, end }: Stretch): { queryString: string; startTime: Epoch; endTime: Epoch } {
  const minutes: string[] = [];
  for (let minute = start; minute < end; minute += MINUTE) minutes.push(iso(minute).slice(0, 17));
  const own = `@message like /${BEFORE}(${minutes.join("|")})/`;
  return {
    queryString: `fields @message | filter ${own} or @message not like /${BEFORE}${ANY_MINUTE}/`,
    startTime: start,
    endTime: end + DELIVERY,
  };
}
