import type { BlameFact, Episode, GroupLoad } from "../model/facts.ts";
import type { Epoch, Series } from "../model/time.ts";
import { cells, highest, sum, valueAt, valuesIn, valuesWhere, weightedAverage, within } from "./series.ts";

/** One target group's metric, on the grid of the alarm's period. */
export interface GroupSeries {
  readonly arn: string;
  readonly name: string;
  readonly average: Series;
  readonly maximum: Series;
  readonly requests: Series;
}

/** A group carries the excess where more than this share of it is its own: more than all others together, clearly. */
const MOST = 0.6;
/** A group has risen where its latency in the bursts is at least this much of its own outside them. */
const RISEN = 1.5;
/** Fewer requests than this in all bursts are no basis for saying that a group rose or did not. */
const ENOUGH_REQUESTS = 10;

/**
 * Who made the latency of the load balancer. The load balancer's average is the request-weighted mean of its groups', so
 * a group's part in a burst is its requests × (its average there − its own average outside the bursts); shares are of the
 * sum of these parts. A group that is slow always, in and out of the bursts alike, explains the level and not the burst;
 * where there is nothing outside the bursts (an alarm that never ends), its whole latency counts. An alarm that watches
 * one target group (its ARN in `watched`) is about that one, unless all rose together.
 */
export function blame(
  groups: readonly GroupSeries[],
  episodes: readonly Episode[],
  whole: { average: Series; requests: Series } | null,
  watched: string | null = null,
): BlameFact {
  const bursts = episodes.map(({ burst }) => burst);
  const inBurst = (at: Epoch) => within(bursts, at);
  const bases = new Map(
    groups.map((group) => [group.arn, weightedAverage(group.average, group.requests, (at) => !inBurst(at))]),
  );
  const parts = groups.map((group) => excessOf(group, bases.get(group.arn) ?? 0));
  const own = parts.map((part) => sum(valuesIn(part, bursts)));
  const total = sum(own);
  const byEpisode = episodes.map(({ id, burst }) => {
    const here = parts.map((part) => sum(valuesIn(part, [burst])));
    return { id, here, all: sum(here) };
  });
  const loads = groups.map((group, index): GroupLoad => {
    const shareByEpisode = byEpisode.map(({ id, here, all }) => ({
      episode: id,
      share: all === 0 ? 0 : (here[index] ?? 0) / all,
    }));
    return {
      arn: group.arn,
      name: group.name,
      requests: sum(cells(group.requests).map(({ value }) => value)),
      outside: bases.get(group.arn) ?? null,
      inside: weightedAverage(group.average, group.requests, inBurst),
      worstAverage: highest(valuesIn(group.average, bursts)),
      maximum: highest(valuesIn(group.maximum, bursts)),
      shareByEpisode,
      share: total === 0 ? 0 : (own[index] ?? 0) / total,
    };
  });
  return { groups: loads, ...conclude(loads, groups, inBurst, watched), residual: residual(groups, whole, inBurst) };
}

/** Requests × (average − base) of each period: the seconds that its requests took beyond the group's usual. */
function excessOf({ average, requests }: GroupSeries, base: number): Series {
  const values = average.values.map((value, index) =>
    value === null ? null : (valueAt(requests, average.start + index * average.step) ?? 0) * Math.max(0, value - base),
  );
  return { ...average, values };
}

function conclude(
  loads: readonly GroupLoad[],
  groups: readonly GroupSeries[],
  inBurst: (at: Epoch) => boolean,
  watched: string | null,
): Pick<BlameFact, "verdict" | "guilty" | "alsoRose"> {
  const busy = loads.filter((load) => {
    const requests = groups.find(({ arn }) => arn === load.arn)?.requests;
    return requests !== undefined && sum(valuesWhere(requests, inBurst)) >= ENOUGH_REQUESTS;
  });
  const rose = busy.filter(
    (load) => load.inside !== null && load.outside !== null && load.inside >= RISEN * load.outside,
  );
  if (busy.length > 1 && rose.length === busy.length)
    return { verdict: "alike", guilty: null, alsoRose: rose.map(({ name }) => name) };
  const own = loads.find(({ arn }) => arn === watched);
  if (own)
    return { verdict: "one", guilty: own, alsoRose: rose.filter((load) => load !== own).map(({ name }) => name) };
  const guilty = loads.reduce<GroupLoad | null>((best, load) => (load.share > (best?.share ?? 0) ? load : best), null);
  const alsoRose = rose.filter((load) => load.arn !== guilty?.arn).map(({ name }) => name);
  return { verdict: guilty !== null && guilty.share >= MOST ? "one" : "unclear", guilty, alsoRose };
}

function residual(
  groups: readonly GroupSeries[],
  whole: { average: Series; requests: Series } | null,
  inBurst: (at: Epoch) => boolean,
): number | null {
  const own = whole ? weightedAverage(whole.average, whole.requests, inBurst) : null;
  let total = 0;
  let requests = 0;
  for (const group of groups) {
    for (const { at, value } of cells(group.average)) {
      const count = inBurst(at) ? (valueAt(group.requests, at) ?? 0) : 0;
      total += value * count;
      requests += count;
    }
  }
  return own === null || own === 0 || requests === 0 ? null : (total / requests - own) / own;
}
