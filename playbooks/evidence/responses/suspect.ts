import {
  cells,
  type EpisodesFact,
  logGroup,
  madeByGroup,
  noneHealthy,
  type ReadLog,
  sum,
  valuesIn,
} from "../../../src/playbook.ts";
import type { GroupResponses } from "./fact.ts";

/** A group is in question where more than this share of the errors is its own: more than all others together, clearly. */
const MOST = 0.6;
/** Fewer 5xx than this in the log may be anybody's. */
const ENOUGH = 5;
/** From this share of the requests on a group is alone: hardly an error can be another's. */
const ALONE = 0.95;

/** The target group to look into, and whether the errors are known to be its own; see SuspectFact. */
export interface Suspect {
  readonly group: GroupResponses;
  readonly isOwn: boolean;
}

/**
 * The target group to look into. The alarm's own; of 5xx by targets the group that gave most; of what the load balancer
 * made itself the one whose targets refuse, or are not healthy, else the one that gets most of the requests. Null where
 * none stands out.
 */
export function suspectOf(
  groups: readonly GroupResponses[],
  fact: EpisodesFact,
  { metric, dimension }: { readonly metric: string; readonly dimension: string | undefined },
): Suspect | null {
  const watched = groups.find(({ arn }) => dimension !== undefined && arn.endsWith(`:${dimension}`));
  if (watched) return { group: watched, isOwn: true };
  const bursts = fact.episodes.map(({ burst }) => burst);
  const most = (count: (group: GroupResponses) => number, share = MOST) => mostOf(groups, count, share);
  const requestsOf = ({ requests }: GroupResponses) => sum(cells(requests).map(({ value }) => value));
  const own = metric.startsWith("HTTPCode_Target_")
    ? most(({ failed }) => sum(valuesIn(failed, bursts)))
    : (most(({ refused }) => sum(valuesIn(refused, bursts))) ??
      most(({ healthy }) => noneHealthy(healthy, fact) ?? 0) ??
      most(requestsOf, ALONE));
  if (own) return { group: own, isOwn: true };
  const largest = metric.startsWith("HTTPCode_ELB_") ? most(requestsOf) : null;
  return largest && { group: largest, isOwn: false };
}

/**
 * The target group for which the load balancer made most of its 5xx in the episodes, as its access log has it. Null where
 * none stands out, or where the log shows too few of them to say it of all.
 */
export function suspectIn(groups: readonly GroupResponses[], log: ReadLog): Suspect | null {
  const [most] = madeByGroup(log);
  if (!most || most.share <= MOST || most.made < ENOUGH) return null;
  const group = groups.find(({ arn }) => logGroup(arn) === most.group);
  return group ? { group, isOwn: true } : null;
}

function mostOf(
  groups: readonly GroupResponses[],
  count: (group: GroupResponses) => number,
  share: number,
): GroupResponses | null {
  const counts = groups.map((group) => ({ group, own: count(group) }));
  const all = sum(counts.map(({ own }) => own));
  return counts.find(({ own }) => all > 0 && own > share * all)?.group ?? null;
}
