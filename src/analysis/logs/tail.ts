import { countFrom } from "../../model/histogram.ts";
import type { ReadLog } from "../../model/logs.ts";
import { namedRows, type Tallied, wholeLog, without } from "./rows.ts";

/** Which part of the requests of a target group owns those that are slower than the threshold. */
export interface Tail {
  /** "GET /v1/reports/*", or a class of sizes. */
  readonly name: string;
  /** Requests of the episodes that took longer than the threshold, of all and of this part. */
  readonly slow: number;
  readonly own: number;
  /** Its share of all requests of the episodes. */
  readonly ofRequests: number;
  readonly inside: Tallied;
  /** Null where the quiet stretches have none of it. */
  readonly quiet: Tallied | null;
  /** All others. */
  readonly others: { readonly inside: Tallied; readonly quiet: Tallied | null };
}

/** The path, or the class of sizes, with most of the slow requests; null where the log has none of the group. */
export function tailOf(log: ReadLog, cut: "path" | "size", group: string, threshold: number): Tail | null {
  const all = wholeLog(log, "episodes", group);
  if (all === null) return null;
  const slowOf = ({ times }: Tallied) => countFrom(times, threshold);
  const inside = namedRows(log, cut, "episodes", group).sort((a, b) => slowOf(b) - slowOf(a))[0];
  if (!inside) return null;
  const name = inside.key.join(" ");
  const quiet = namedRows(log, cut, "quiet", group).find(({ key }) => key.join(" ") === name) ?? null;
  const wholeQuiet = wholeLog(log, "quiet", group);
  return {
    name,
    slow: slowOf(all),
    own: slowOf(inside),
    ofRequests: inside.count / all.count,
    inside,
    quiet,
    others: {
      inside: without(all, inside),
      quiet: wholeQuiet && (quiet ? without(wholeQuiet, quiet) : wholeQuiet),
    },
  };
}
