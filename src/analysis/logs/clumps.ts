import { bucketIn, secondsOfBucket } from "../../model/histogram.ts";
import type { ReadLog } from "../../model/logs.ts";
import { intraclass } from "../evenness.ts";
import { highest, lowest, sum } from "../series.ts";
import { episodesRead, namedRows, secondsOf, type Tallied, wholeLog } from "./rows.ts";

export interface Held {
  readonly target: string;
  readonly requests: number;
}

/** How the slow requests of a target group are spread over its targets. */
export interface Clumps {
  /** Seconds: nineteen of twenty requests of the quiet stretches take less. What takes longer is slow. */
  readonly usual: number;
  /** The share of the episodes' requests that are slow. */
  readonly slow: number;
  /** Of each episode that was read the largest and the smallest share of slow requests that a target has. */
  readonly byEpisode: readonly { readonly most: number; readonly least: number }[];
  /** The lowest share, of all episodes, of requests that are slow for their path; null where no path can be compared. */
  readonly slowForPath: number | null;
  /**
   * How many times as unevenly as chance would they are spread over the targets, episode by episode (index of dispersion:
   * Pearson's χ² by its degrees of freedom); null where no episode has enough of them.
   */
  readonly unevenness: number | null;
  /** The degrees of freedom: targets that were compared, less one, of all episodes. */
  readonly compared: number;
  /** How far it is the same targets in every episode: intraclass correlation of their slow shares; null below three episodes. */
  readonly same: number | null;
  /** The largest share of an episode's requests that a target got, as a multiple of an even one. */
  readonly load: number;
  /** Requests in flight on average at the busiest and the least busy target, of the episode in which they differ most. */
  readonly inFlight: { readonly most: Held; readonly least: Held };
}

/** Requests without which a target, a path or a minute says nothing. */
const ENOUGH = 20;
/** Slow requests, and others, that are expected of a target at least: below it χ² is not one (Cochran, 1954). */
const EXPECTED = 5;
/** What takes longer than this share of the quiet stretches' requests is slow. */
const USUAL = 0.95;

/**
 * Whether slow requests come in clumps, target by target. Where all targets are slow at the same times, or a request is slow
 * by itself, its target does not matter: the shares of slow requests differ as chance has it. Where requests queue behind
 * others at one target, whole queues of them are its. Null without a quiet stretch, or without two targets to compare.
 */
export function clumpsOf(log: ReadLog, group: string): Clumps | null {
  const quiet = wholeLog(log, "quiet", group);
  const usual = quiet && bucketIn(quiet.times, USUAL);
  const all = wholeLog(log, "episodes", group);
  if (!quiet || usual === null || !all || timed(quiet) < ENOUGH || timed(all) < ENOUGH) return null;
  const known = new Set(namedRows(log, "target", "quiet", group).map(({ key }) => key[0]));
  const read = episodesRead(log).flatMap((episode) => {
    const targets = namedRows(log, "target", episode, group).filter(({ key }) => key[0] !== "-");
    // One that was not there before is slow for another reason.
    const compared = targets.filter((row) => known.has(row.key[0]) && timed(row) >= ENOUGH);
    return compared.length < 2 ? [] : [{ episode, targets, compared }];
  });
  if (read.length === 0) return null;
  const tests = read.flatMap(({ compared }) => dispersion(compared, usual) ?? []);
  const freedom = sum(tests.map((one) => one.freedom));
  return {
    usual: secondsOfBucket(usual),
    slow: slower(all, usual) / timed(all),
    byEpisode: read.map(({ compared }) => {
      const shares = compared.map((row) => slower(row, usual) / timed(row));
      return { most: highest(shares) ?? 0, least: lowest(shares) ?? 0 };
    }),
    slowForPath: slowForPath(log, group),
    unevenness: freedom === 0 ? null : sum(tests.map(({ square }) => square)) / freedom,
    compared: freedom,
    same: sameTargets(
      read.map(({ compared }) => compared),
      usual,
    ),
    load: highest(read.map(({ targets }) => largestShare(targets))) ?? 1,
    inFlight: inFlight(log, read),
  };
}

/** Pearson's χ² of slow and other requests over targets, with its degrees of freedom; null where too few are expected. */
function dispersion(targets: readonly Tallied[], usual: number): { square: number; freedom: number } | null {
  const share = sum(targets.map((row) => slower(row, usual))) / sum(targets.map(timed));
  const tested = targets.filter((row) => timed(row) * Math.min(share, 1 - share) >= EXPECTED);
  if (tested.length < 2) return null;
  const each = tested.map((row) => (slower(row, usual) - timed(row) * share) ** 2 / (timed(row) * share * (1 - share)));
  return { square: sum(each), freedom: tested.length - 1 };
}

function slowForPath(log: ReadLog, group: string): number | null {
  const quiet = namedRows(log, "path", "quiet", group).filter((row) => timed(row) >= ENOUGH);
  const usualOf = new Map(quiet.map((row) => [row.key.join("\n"), bucketIn(row.times, USUAL)]));
  const shares = episodesRead(log).flatMap((episode) => {
    const paths = namedRows(log, "path", episode, group).flatMap((row) => {
      const usual = usualOf.get(row.key.join("\n")) ?? null;
      return usual === null ? [] : [{ slow: slower(row, usual), of: timed(row) }];
    });
    const of = sum(paths.map((one) => one.of));
    return of < ENOUGH ? [] : [sum(paths.map(({ slow }) => slow)) / of];
  });
  return lowest(shares);
}

/** Over the targets that stood side by side in most episodes: a rollout replaces all. Null below three episodes. */
function sameTargets(episodes: readonly (readonly Tallied[])[], usual: number): number | null {
  const groups = new Map<string, number[][]>();
  for (const targets of episodes) {
    const ordered = [...targets].sort((a, b) => ((a.key[0] ?? "") < (b.key[0] ?? "") ? -1 : 1));
    const names = ordered.map(({ key }) => key[0]).join(" ");
    groups.set(names, [...(groups.get(names) ?? []), ordered.map((row) => slower(row, usual) / timed(row))]);
  }
  const [largest = []] = [...groups.values()].sort((a, b) => b.length - a.length);
  const [first = []] = largest;
  return intraclass(first.map((_, target) => largest.map((shares) => shares[target] ?? 0)));
}

function largestShare(targets: readonly Tallied[]): number {
  const counts = targets.map(({ count }) => count);
  return ((highest(counts) ?? 0) / sum(counts)) * targets.length;
}

/** In flight on average: the time that a target's requests take together, by the time in which they came (Little's law). */
function inFlight(
  log: ReadLog,
  read: readonly { readonly episode: number; readonly compared: readonly Tallied[] }[],
): Clumps["inFlight"] {
  const each = read.map(({ episode, compared }) => {
    const held = compared
      .map((row) => ({ target: row.key[0] ?? "", requests: row.sum / 1000 / secondsOf(log, episode) }))
      .sort((a, b) => b.requests - a.requests);
    return { most: held[0] as Held, least: held.at(-1) as Held };
  });
  const apart = ({ most, least }: Clumps["inFlight"]) => most.requests - least.requests;
  return each.reduce((best, one) => (apart(one) > apart(best) ? one : best));
}

/** Requests that reached the target. */
function timed({ times }: Tallied): number {
  return sum(times);
}

/** Of those, the ones in the buckets above this one. */
function slower({ times }: Tallied, bucket: number): number {
  return sum(times.slice(bucket + 1));
}
