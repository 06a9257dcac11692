import {
  bucketIn,
  countFrom,
  defineSignal,
  logGroup,
  meanTime,
  no,
  percent,
  type ReadLog,
  seconds,
  secondsOf,
  secondsOfBucket,
  sum,
  type Tail,
  type Tallied,
  tailOf,
  unclear,
  unknown,
  uploadRows,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";
import { USUAL } from "./requests-fail.ts";

/** Seconds. No normal web request takes this long; a wait of this length is a wait by design, or a time-out. */
export const LONG = 10;
/** The histogram's bucket that such a wait lies in begins at most half an octave below it. */
export const ABOUT_LONG = LONG / Math.SQRT2;
/** Where at most this share of a path's requests is so long, they are answered, and some take long. */
export const ANSWERED = 0.2;
/** Of all requests that are so long at least this share is the path's: else it is the service that hangs. */
export const OWN = 0.8;
/** Some clients go away; where more than this share gives up (460), they may end the wait, and not the service. */
export const GIVEN_UP = 0.1;
/** Times that are at most so many half octaves apart (a factor of 1.4) are the same: the histogram shows no closer. */
export const STEPS_ALIKE = 1;
/** Fewer requests than this, in the episodes or in quiet stretches, say nothing. */
export const ENOUGH = 20;

/**
 * Does one path keep each of its requests for a fixed time, in the episodes and out of them, while all other paths are as
 * fast as ever (000 Elastic Fleet)? A held request ends at its time-out: median and p99 are the same. What costs work or
 * waits for something slow takes now more and now less, and has no such end. What ends when clients give up, or is an upload,
 * is no wait by design: its end may be theirs, and its time their lines'. Where the alarm is on at nearly all times, there is
 * no quiet stretch to compare with: then the others must be faster than its threshold.
 */
export default defineSignal({
  id: "one-path-held-open",
  question: "Does one path hold its requests open?",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ alarm: { threshold }, log, suspect: { group: suspected } }) {
    const evidence = ["access-logs.paths"];
    if (!suspected) return unknown("no target group stands out", evidence);
    const group = logGroup(suspected.arn);
    const tail = tailOf(log, "path", group, ABOUT_LONG);
    if (!tail) return unknown("the access log has no request for the target group in the episodes", evidence);
    const { name, inside } = tail;
    const always = secondsOf(log, "quiet") === 0;
    const quiet = always ? inside : tail.quiet;
    const now = heldOf(inside);
    const held = `${percent(now)} of the requests for ${name} take about ${seconds(LONG)} or longer, ${seconds(meanTime(inside) ?? 0)} on average`;
    if (now <= ANSWERED) return no(`no path holds its requests: ${held}`, evidence, now);
    if (!quiet || inside.count < ENOUGH || quiet.count < ENOUGH)
      return unknown(`the access log has too few requests for ${name} in the episodes or in quiet periods`, evidence);
    const before = heldOf(quiet);
    const figure = always
      ? held
      : `${held}; in quiet periods ${percent(before)}, ${seconds(meanTime(quiet) ?? 0)} on average`;
    const isHeld =
      Math.min(meanTime(inside) ?? 0, meanTime(quiet) ?? 0) >= LONG &&
      tail.own / tail.slow >= OWN &&
      stepsBetween([0.1, 0.9], inside, quiet) <= STEPS_ALIKE &&
      stepsBetween([0.5, 0.99], inside, quiet) === 0 &&
      (inside.failed + inside.made) / inside.count <= USUAL &&
      inside.gaveUp / inside.count <= GIVEN_UP &&
      longUploads(log, group) <= (1 - OWN) * tail.slow &&
      (always ? areBelow(tail.others, threshold) : areAsFast(tail.others));
    return isHeld
      ? yes(`${figure}, and the other paths are fast`, evidence, now)
      : unclear(`${figure}, but of no fixed length, or not it alone`, evidence, now);
  },
});

/** The share of the requests that reached a target and took long there. */
function heldOf({ times }: Tallied): number {
  const timed = countFrom(times, 0);
  return timed === 0 ? 0 : countFrom(times, ABOUT_LONG) / timed;
}

/** Of the requests that take so long how many are uploads. */
function longUploads(log: ReadLog, group: string): number {
  return sum(uploadRows(log, "episodes", group).map(({ times }) => countFrom(times, ABOUT_LONG)));
}

/** Half octaves between these quantiles, in and out of the episodes. */
function stepsBetween(shares: readonly number[], ...rows: readonly Tallied[]): number {
  const ends = rows.flatMap(({ times }) => shares.map((share) => bucketIn(times, share) ?? 0));
  return Math.max(...ends) - Math.min(...ends);
}

/** A path that is nearly all there is has no others to be compared with. */
function areAsFast({ inside, quiet }: Tail["others"]): boolean {
  if (!quiet || quiet.count < ENOUGH || inside.count < ENOUGH) return true;
  const [now, usual] = [bucketIn(inside.times, 0.95), bucketIn(quiet.times, 0.95)];
  return now !== null && usual !== null && now - usual <= STEPS_ALIKE;
}

function areBelow({ inside }: Tail["others"], threshold: number): boolean {
  const most = bucketIn(inside.times, 0.95);
  return most === null || secondsOfBucket(most) < threshold;
}
