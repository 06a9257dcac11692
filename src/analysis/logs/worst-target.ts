import type { ReadLog } from "../../model/logs.ts";
import { episodesRead, meanTime, namedRows, type Tallied, together } from "./rows.ts";

/** How one target stands to the others of its group in one episode. */
export interface WorstTarget {
  readonly episode: number;
  readonly target: string;
  /** Its mean time as a multiple of the others', request for request of the same path; null where none is comparable. */
  readonly slower: number | null;
  /** Its share of the errors; null where there are none. */
  readonly ofErrors: number | null;
  /** Its share of the requests, as a multiple of an even one. */
  readonly load: number;
  /** Requests of it, and errors of all. */
  readonly requests: number;
  readonly errors: number;
  readonly targets: number;
}

/** Of each episode the target that is slowest, or fails most; an episode in which fewer than two have requests is left out. */
export function worstTargets(log: ReadLog, group: string, by: "time" | "errors"): WorstTarget[] {
  return episodesRead(log).flatMap((episode) => {
    const targets = namedRows(log, "target", episode, group).filter(({ key }) => key[0] !== "-");
    if (targets.length < 2) return [];
    const all = together(targets);
    const paths = namedRows(log, "target-path", episode, group);
    const stands = targets.map((row): WorstTarget => {
      const target = row.key[0] ?? "";
      return {
        episode,
        target,
        slower: slowerThanOthers(target, paths),
        ofErrors: all.failed === 0 ? null : row.failed / all.failed,
        load: (row.count / all.count) * targets.length,
        requests: row.count,
        errors: all.failed,
        targets: targets.length,
      };
    });
    const measure = (one: WorstTarget) => (by === "time" ? one.slower : one.ofErrors) ?? 0;
    return stands.sort((a, b) => measure(b) - measure(a)).slice(0, 1);
  });
}

/**
 * What the target takes for its requests as a multiple of what the others take for as many of the same paths: a target
 * that happens to get the slow paths is not slow. Null where no path is served by it and by others.
 */
function slowerThanOthers(target: string, paths: readonly Tallied[]): number | null {
  let [own, others] = [0, 0];
  for (const row of paths) {
    if (row.key[0] !== target) continue;
    const same = paths.filter(({ key }) => key[0] !== target && key[1] === row.key[1] && key[2] === row.key[2]);
    const [mine, theirs] = [meanTime(row), same.length === 0 ? null : meanTime(together(same))];
    if (mine === null || theirs === null) continue;
    own += mine * row.count;
    others += theirs * row.count;
  }
  return others === 0 ? null : own / others;
}
