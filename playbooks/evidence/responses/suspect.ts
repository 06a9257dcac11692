import { cells, type EpisodesFact, type Span, sum, valuesIn } from "../../../src/playbook.ts";
import type { GroupResponses } from "./fact.ts";

/** A group is in question where more than this share of the errors is its own: more than all others together, clearly. */
const MOST = 0.6;

/**
 * The target group to look into. The alarm's own; of 5xx by targets the group that gave most; of what the load balancer
 * made itself the one whose targets refuse, are not healthy, or alone get requests. Null where none stands out.
 */
export function suspectOf(
  groups: readonly GroupResponses[],
  { episodes }: EpisodesFact,
  { metric, dimension }: { readonly metric: string; readonly dimension: string | undefined },
): GroupResponses | null {
  const own = groups.find(({ arn }) => dimension !== undefined && arn.endsWith(`:${dimension}`));
  if (own) return own;
  const bursts = episodes.map(({ burst }) => burst);
  const most = (count: (group: GroupResponses) => number) => mostOf(groups, count);
  if (metric.startsWith("HTTPCode_Target_")) return most(({ failed }) => sum(valuesIn(failed, bursts)));
  return (
    most(({ refused }) => sum(valuesIn(refused, bursts))) ??
    most((group) => emptyPeriods(group, bursts)) ??
    most(({ requests }) => sum(cells(requests).map(({ value }) => value)))
  );
}

/** Periods of the bursts in which a group that at times has targets had none that was healthy, or none at all. */
function emptyPeriods({ healthy }: GroupResponses, bursts: readonly Span[]): number {
  if (cells(healthy).length === 0) return 0;
  const periods = sum(bursts.map(({ start, end }) => Math.ceil((end - start) / healthy.step)));
  return periods - valuesIn(healthy, bursts).filter((value) => value > 0).length;
}

function mostOf(groups: readonly GroupResponses[], count: (group: GroupResponses) => number): GroupResponses | null {
  const counts = groups.map((group) => ({ group, own: count(group) }));
  const all = sum(counts.map(({ own }) => own));
  return counts.find(({ own }) => all > 0 && own > MOST * all)?.group ?? null;
}
