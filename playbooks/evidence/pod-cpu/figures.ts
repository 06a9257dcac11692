import {
  type Episode,
  evenness,
  evennessIn,
  highest,
  hottest,
  type Line,
  lowest,
  mean,
  meanIn,
  meanOutside,
  type PodCpuFact,
  type PodSeries,
  persistence,
  type RangeLine,
  type Span,
  sum,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { minuteBefore } from "./lines.ts";

/** The figures of the pods' CPU that the series alone give. */
export function figuresOf(lines: readonly Line[], episodes: readonly Episode[], bursts: readonly Span[]) {
  return {
    pods: lines.map((line) => toPod(line, bursts)),
    byEpisode: episodes.map((episode) => inEpisode(lines, episode)),
    ...evenness(lines, bursts),
    spread: spreadOf(lines, bursts),
    samePods: persistence(lines, bursts),
  };
}

function toPod({ pod, cpu }: Line, bursts: readonly Span[]): PodSeries {
  const inside = valuesIn(cpu, bursts);
  return { pod, cpu, inBursts: mean(inside), peak: highest(inside), outside: meanOutside(cpu, bursts) };
}

function inEpisode(lines: readonly Line[], { id, burst }: Episode): PodCpuFact["byEpisode"][number] {
  return {
    episode: id,
    cores: lines.map(({ cpu }) => meanIn(cpu, [burst])),
    jain: evennessIn(lines, burst),
    hottest: hottest(lines, burst),
  };
}

function spreadOf(lines: readonly Line[], bursts: readonly Span[]): number | null {
  const means = lines.flatMap(({ cpu }) => meanIn(cpu, bursts) ?? []);
  const high = highest(means);
  const low = lowest(means);
  return high === null || low === null ? null : high - low;
}

/** Throttled periods over all periods, in the bursts or outside them; all pods together. */
export type ThrottledShare = (bursts: readonly Span[], inside: boolean) => number | null;

/** Throttled periods over all periods, in the bursts or outside them, of the pods that are named. */
export function shareOf(
  throttled: readonly RangeLine[],
  periods: readonly RangeLine[],
  pods: ReadonlySet<string>,
): ThrottledShare {
  return (bursts, inside) => {
    const counted = inside ? valuesIn : valuesOutside;
    const count = (lines: readonly RangeLine[]) =>
      sum(
        lines.flatMap(({ labels, series }) =>
          pods.has(labels.pod ?? "?") ? counted(minuteBefore(series), bursts) : [],
        ),
      );
    const all = count(periods);
    return all === 0 ? null : count(throttled) / all;
  };
}
