import {
  COMPARABLE,
  cells,
  defineSignal,
  duration,
  type Episode,
  HEALTHY_AFTER,
  median,
  no,
  percent,
  plural,
  type Reading,
  sum,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type GroupResponses, responsesFact } from "../evidence/responses/fact.ts";
import { rolloutsFact } from "../evidence/rollouts/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";
import { MOSTLY_OLDER, QUIET_BEFORE, rolloutInWords, suspectRollout } from "./slower-since-rollout.ts";

/** A rollout replaces its pods in so many seconds; errors that stay within it are the replacing's, not the version's. */
export const SETTLED = 600;
/** The share of failing requests grew at least so many times ... */
export const GREW = 3;
/** ... and up to so many times it is what it was. */
export const SAME = 1.5;
/** Fewer requests than this on one side show no share. */
export const ENOUGH = 200;

/** Do more of the requests fail since a rollout, and not only while it replaced the pods (000 C5)? */
export default defineSignal({
  id: "errors-since-rollout",
  question: "Do more of the requests fail since a rollout?",
  needs: { rollouts: rolloutsFact, episodes: episodesFact, responses: responsesFact, suspect: suspectFact },
  uses: {},
  read({ rollouts, episodes, responses, suspect }): Reading {
    const evidence = ["rollouts.latest", "responses.errors"];
    const group = responses.groups.find(({ arn }) => arn === suspect.group?.arn);
    if (!group) return unknown("no target group stands out", ["responses.errors"]);
    const last = rollouts.at(-1);
    if (!last) return unknown("no rollout is known");
    const rollout = suspectRollout(rollouts, episodes) ?? last;
    const all = episodes.episodes;
    const older = all.filter(({ burst, since }) => (since ?? burst.start) + 60 < rollout.at).length;
    if (all.length === 0) return unknown("there is no episode to explain", ["alarm-history.flapping"]);
    if (older > MOSTLY_OLDER * all.length)
      return no(`${older} of ${plural(all.length, "episode is older", "episodes are older")} than it`, evidence);
    const share = (chosen: (at: number) => boolean) => shareOf(group, chosen);
    const [then, now] = [share((at) => at < rollout.at), share((at) => at >= rollout.at + SETTLED)];
    const first = all.find(({ burst }) => burst.end > rollout.at)?.burst.start ?? rollout.at;
    // Where too little before it is known, only minutes without any error are well.
    const usual = then.of < ENOUGH ? 0 : then.share;
    const well = wellFor(group, all, usual, (at) => at >= rollout.at && at < first);
    const isWell = `the service ran without trouble for ${duration(well)} at the load of the episodes after it`;
    if (well >= HEALTHY_AFTER && then.of < ENOUGH) return no(isWell, evidence);
    const before = Math.max(0, rollout.at - episodes.window.start);
    if (before < QUIET_BEFORE)
      return unclear(
        before === 0
          ? "it came before the window, which has too little time without trouble to compare with"
          : `it came just before the trouble, and the window has only ${duration(before)} before it to compare with`,
        evidence,
      );
    if (then.of < ENOUGH || now.of < ENOUGH)
      return unclear(
        `${plural(Math.min(then.of, now.of), "request")} on one side of it are too few to compare shares`,
        evidence,
      );
    const figures = `${percent(then.share)} of the requests failed before ${rolloutInWords(rollout)}, ${percent(now.share)} since`;
    // One error more than there were, so that none before does not make any share after it endless.
    const ratio = now.share / ((then.failed + 1) / then.of);
    if (well >= HEALTHY_AFTER) return no(isWell, evidence, ratio);
    if (now.share <= SAME * then.share) return no(figures, evidence, ratio);
    if (ratio < GREW) return unclear(figures, evidence, ratio);
    const between = wellFor(group, all, then.share, (at) => at >= first);
    // What comes and goes under the same version may be the version's, or something's that it meets.
    return between >= HEALTHY_AFTER
      ? unclear(`${figures}, and it ran without trouble for ${duration(between)} in between`, evidence, ratio)
      : yes(figures, evidence, ratio);
  },
});

/** Seconds of the chosen time outside the episodes in which it had their load, and failed no more of it than is usual. */
function wellFor(
  { requests, failed }: GroupResponses,
  episodes: readonly Episode[],
  usualShare: number,
  chosen: (at: number) => boolean,
): number {
  const bursts = episodes.map(({ burst }) => burst);
  const usual = median(valuesIn(requests, bursts)) ?? 0;
  const well = cells(requests).filter(
    ({ at, value }) =>
      chosen(at) &&
      !within(bursts, at) &&
      value >= COMPARABLE * usual &&
      (valueAt(failed, at) ?? 0) <= SAME * usualShare * value,
  );
  return well.length * requests.step;
}

function shareOf({ failed, requests }: GroupResponses, chosen: (at: number) => boolean) {
  const there = cells(requests).filter(({ at }) => chosen(at));
  const of = sum(there.map(({ value }) => value));
  const bad = sum(there.map(({ at }) => valueAt(failed, at) ?? 0));
  return { of, failed: bad, share: of === 0 ? 0 : bad / of };
}
