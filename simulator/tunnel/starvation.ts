import type { Measurement } from "./measurement.ts";

/** Share of a model minute in which the proxies, who have no limit, were kept waiting for a CPU: beyond it a minute is lost. */
const LOST = 0.35;
/** Share of lost minutes beyond which a run tells more of the machine than of the scenario. */
const TOO_MANY = 0.05;
/** Real milliseconds by which one request in a hundred may leave late: half a model second. */
const LATE = 50;

/** Whether others had the machine while a run went on; its figures are then not to be believed. */
export function isStarved({ starved, client }: Pick<Measurement, "starved" | "client">): boolean {
  return client.lateness > LATE || starved.filter((share) => share > LOST).length > TOO_MANY * starved.length;
}
