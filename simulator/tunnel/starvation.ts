import type { Measurement } from "./measurement.ts";

/** Model seconds by which the machine may delay a request on average: small beside any response time worth an alarm. */
const DELAY = 0.1;
/** Real milliseconds by which one request in a hundred may leave late: half a model second. */
const LATE = 50;

type Seen = Pick<Measurement, "starved" | "client">;

/** Whether others had the machine while a run went on; its figures are then to be taken with care. */
export function isStarved(seen: Seen): boolean {
  return seen.client.lateness > LATE || delayOf(seen) > DELAY;
}

/**
 * Model seconds that a request lost on average in the two proxies because the machine had no CPU for them; they have no
 * limit of their own.
 */
export function delayOf({ starved, client }: Seen): number {
  const waited = starved.reduce((all, share) => all + share * 60, 0);
  return waited / Math.max(1, client.sent + client.retried);
}
