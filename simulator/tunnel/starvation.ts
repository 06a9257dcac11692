/** Share of a model minute in which the proxies, who have no limit, were kept waiting for a CPU: beyond it a minute is lost. */
const LOST = 0.25;
/** Share of lost minutes beyond which a run tells more of the machine than of the scenario. */
const TOO_MANY = 0.05;

/** Whether others had the machine while a run went on; its figures are then not to be believed. */
export function isStarved(starved: readonly number[]): boolean {
  return starved.filter((share) => share > LOST).length > TOO_MANY * starved.length;
}

export function worstMinute(starved: readonly number[]): number {
  return Math.max(0, ...starved);
}
