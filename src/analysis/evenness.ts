import type { Epoch, Series, Span } from "../model/time.ts";
import { cells, highest, mean, meanIn, median, quantile, sum, valueAt, within } from "./series.ts";

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

/**
 * Where the busiest pods flatten is read at this quantile of the pods' minutes in the bursts: in a burst of three minutes
 * two are only partly in it, so that full minutes are the upper part; the very highest may be a single one by chance.
 */
const PLATEAU = 0.95;

/** The highest CPU that any pod reached, which HOT and IDLE are shares of, is read here: the very highest may be chance. */
const PEAK = 0.98;

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
  const inside = times.filter((at) => within(bursts, at)).map((at) => coresAt(lines, at));
  const outside = times.filter((at) => !within(bursts, at)).map((at) => sum(coresAt(lines, at)));
  const every = inside.flat();
  const peak = quantile(every, PEAK);
  const clumped = inside.filter((cores) => peak !== null && isClumped(cores, peak)).length;
  return {
    together: Math.round(median(inside.map((cores) => cores.length)) ?? 0),
    jain: jainOf(inside),
    clumpedShare: inside.length === 0 ? null : clumped / inside.length,
    plateau: quantile(every, PLATEAU),
    fleetInBursts: mean(inside.map(sum)),
    fleetOutside: mean(outside),
  };
}

/** Jain's index of the pods in one burst: the mean of its minutes, weighted by the CPU used in each. */
export function evennessIn(lines: readonly Line[], burst: Span): number | null {
  const times = new Set(lines.flatMap(({ cpu }) => cells(cpu).flatMap(({ at }) => (within([burst], at) ? [at] : []))));
  return jainOf([...times].map((at) => coresAt(lines, at)));
}

function jainOf(minutes: readonly (readonly number[])[]): number | null {
  const weights = sum(minutes.map(sum));
  return weights === 0 ? null : sum(minutes.map((cores) => (jain(cores) ?? 0) * sum(cores))) / weights;
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

/**
 * How far the differences between pods are the same in every burst: the intraclass correlation ICC(1) of the pods' mean
 * CPU, with pods as classes and bursts as raters (Shrout, Fleiss, "Intraclass Correlations", 1979). 1: the same pods are
 * always hot; about 0: who is hot is chance. Taken over the pods that ran side by side in most bursts; null where those
 * are fewer than three bursts or two pods, or show no differences at all.
 */
export function persistence(lines: readonly Line[], bursts: readonly Span[]): number | null {
  return intraclass(largestTable(lines, bursts));
}

/** ICC(1) of values by class and rater; null of fewer than three raters or two classes, or where nothing differs. */
export function intraclass(rows: readonly (readonly number[])[]): number | null {
  const count = rows[0]?.length ?? 0;
  if (count < 3 || rows.length < 2) return null;
  const means = rows.map((row) => sum(row) / count);
  const grand = sum(means) / rows.length;
  const between = (count * sum(means.map((one) => (one - grand) ** 2))) / (rows.length - 1);
  const deviations = rows.flatMap((row, index) => row.map((one) => (one - (means[index] ?? 0)) ** 2));
  const residual = sum(deviations) / (rows.length * (count - 1));
  const all = between + (count - 1) * residual;
  return all === 0 ? null : (between - residual) / all;
}

/** Mean cores by pod and burst, for the set of pods that ran side by side in most bursts: a rollout replaces all. */
function largestTable(lines: readonly Line[], bursts: readonly Span[]): number[][] {
  const groups = new Map<string, Span[]>();
  for (const burst of bursts) {
    const running = lines.filter(({ cpu }) => meanIn(cpu, [burst]) !== null).map(({ pod }) => pod);
    groups.set(running.join(" "), [...(groups.get(running.join(" ")) ?? []), burst]);
  }
  const [names = "", shared = []] = [...groups].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const chosen = lines.filter(({ pod }) => names.split(" ").includes(pod));
  return chosen.map(({ cpu }) => shared.map((burst) => meanIn(cpu, [burst]) ?? 0));
}
