import type { Epoch, Series, Span } from "../model/time.ts";
import { cells, highest, mean, quantile, sum, valueAt, within } from "./series.ts";

/**
 * Jain's fairness index: (Σx)² / (n·Σx²). 1 where all are alike, 1/n where one has it all; null without any load.
 * Source: Jain, Chiu, Hawe, "A Quantitative Measure of Fairness", DEC-TR-301, 1984.
 */
export function jain(values: readonly number[]): number | null {
  const squares = sum(values.map((value) => value * value));
  return squares === 0 ? null : sum(values) ** 2 / (values.length * squares);
}

/** A pod is hot from this share of the highest CPU that any pod reached in the bursts: it has little left to give. */
const HOT = 0.7;
/** A pod idles below this share of it: it could take as much again, and more. */
const IDLE = 0.35;

export interface Line {
  readonly pod: string;
  readonly cpu: Series;
}

export interface Evenness {
  readonly together: number;
  readonly jain: number | null;
  readonly clumpedShare: number | null;
  readonly plateau: number | null;
  readonly fleetInBursts: number | null;
  readonly fleetOutside: number | null;
}

/** How alike pods ran in the bursts, minute by minute. See PodCpuFact for what each figure means. */
export function evenness(lines: readonly Line[], bursts: readonly Span[]): Evenness {
  const times = [...new Set(lines.flatMap(({ cpu }) => cells(cpu).map(({ at }) => at)))].sort((a, b) => a - b);
  const minutes = times.map((at) => ({ at, cores: coresAt(lines, at) }));
  const inside = minutes.filter(({ at }) => within(bursts, at));
  const outside = minutes.filter(({ at }) => !within(bursts, at));
  const every = inside.flatMap(({ cores }) => cores);
  const peak = quantile(every, 0.98);
  const clumped = inside.filter(({ cores }) => peak !== null && isClumped(cores, peak)).length;
  const weights = sum(inside.map(({ cores }) => sum(cores)));
  const fairness = sum(inside.map(({ cores }) => (jain(cores) ?? 0) * sum(cores)));
  return {
    together: highest(inside.map(({ cores }) => cores.length)) ?? 0,
    jain: weights === 0 ? null : fairness / weights,
    clumpedShare: inside.length === 0 ? null : clumped / inside.length,
    plateau: quantile(every, 0.9),
    fleetInBursts: mean(inside.map(({ cores }) => sum(cores))),
    fleetOutside: mean(outside.map(({ cores }) => sum(cores))),
  };
}

function coresAt(lines: readonly Line[], at: Epoch): number[] {
  return lines.flatMap(({ cpu }) => valueAt(cpu, at) ?? []);
}

function isClumped(cores: readonly number[], peak: number): boolean {
  return cores.some((one) => one >= HOT * peak) && cores.some((one) => one <= IDLE * peak);
}

/** The pod that was hottest in the burst, by its mean; null where none ran. */
export function hottest(lines: readonly Line[], burst: Span): string | null {
  const means = lines.map(({ pod, cpu }) => ({ pod, cores: meanIn(cpu, [burst]) ?? -1 }));
  const best = highest(means.map(({ cores }) => cores));
  return best === null || best < 0 ? null : (means.find(({ cores }) => cores === best)?.pod ?? null);
}

/** Mean of the series in the spans; null without a value there. */
export function meanIn(series: Series, spans: readonly Span[]): number | null {
  return mean(cells(series).flatMap(({ at, value }) => (within(spans, at) ? [value] : [])));
}

/** Mean of the series outside the spans. */
export function meanOutside(series: Series, spans: readonly Span[]): number | null {
  return mean(cells(series).flatMap(({ at, value }) => (within(spans, at) ? [] : [value])));
}

/**
 * How far the differences between pods are the same in every burst: the intraclass correlation ICC(1) of the pods' mean
 * CPU, with pods as classes and bursts as raters (Shrout, Fleiss, "Intraclass Correlations", 1979). 1: the same pods are
 * always hot; about 0: who is hot is chance. Null with fewer than three bursts, fewer than two pods that ran in all of
 * them, or no differences at all.
 */
export function persistence(lines: readonly Line[], bursts: readonly Span[]): number | null {
  const rows = lines
    .map(({ cpu }) => bursts.flatMap((burst) => meanIn(cpu, [burst]) ?? []))
    .filter((row) => row.length === bursts.length);
  const pods = rows.length;
  if (bursts.length < 3 || pods < 2) return null;
  const means = rows.map((row) => sum(row) / row.length);
  const grand = sum(means) / pods;
  const between = (bursts.length * sum(means.map((one) => (one - grand) ** 2))) / (pods - 1);
  const residual =
    sum(rows.map((row, index) => sum(row.map((one) => (one - (means[index] ?? 0)) ** 2)))) /
    (pods * (bursts.length - 1));
  const all = between + (bursts.length - 1) * residual;
  return all === 0 ? null : (between - residual) / all;
}
