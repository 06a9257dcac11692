import type { CpuCheckFact, LatencyFact, NodeFact, PodCpuFact, WorkloadFact } from "../model/facts.ts";
import type { Span } from "../model/time.ts";
import { coreCount, percent, plain, plural } from "../model/words.ts";
import { highest, sum, valuesIn } from "./series.ts";

/*
 * What cannot be, in one place. Figures that cannot be are of something else (another cluster's pods, the same pod twice),
 * and nothing is reasoned on them.
 */

/**
 * A pod uses at most its quota, up to this factor: rate() extrapolates to the ends of its minute, and samples come some
 * seconds early or late (Prometheus, extrapolatedRate). Measured over a minute of 15 s scrapes that is within a tenth.
 */
const OVER_QUOTA = 1.15;
/** A share is at most 1, but for what rate() extrapolates. */
const OVER_ONE = 1.1;
/** The pods of a node use at most what the node has: allocatable is a few percent below its real size. */
const OVER_NODE = 1.15;

/** What is looked at before the figures are given to anyone. */
export interface CpuFigures {
  readonly container: string;
  readonly plateau: number | null;
  /** Cores that one pod's container can use at most; null: no limit. */
  readonly limit: number | null;
  /** Pods with a figure in the window's last minute, and those that the cluster's API lists at that time. */
  readonly alive: number | null;
  readonly listed: number;
  readonly shares: readonly (number | null)[];
  readonly figures: readonly (number | null)[];
}

/** Why the figures cannot be, each as one clause; empty where they can. */
export function impossible({ container, plateau, limit, alive, listed, shares, figures }: CpuFigures): string[] {
  const reasons: string[] = [];
  if (figures.some((one) => one !== null && !Number.isFinite(one))) reasons.push("a figure is not a finite number");
  // A counter only grows: what falls below nothing is of another series, or was subtracted on the way.
  if ([...figures, ...shares].some((one) => one !== null && one < 0)) reasons.push("a figure is below 0");
  if (plateau !== null && limit !== null && plateau > OVER_QUOTA * limit)
    reasons.push(`${coreCount(plateau)} of a quota of ${plain(limit)} in container ${container}; counted twice?`);
  if (alive !== null && alive > listed)
    reasons.push(`${plural(alive, "pod")} right now, and the cluster lists ${listed}; of two clusters?`);
  const share = shares.find((one) => one !== null && one > OVER_ONE);
  if (share != null) reasons.push(`a share of ${percent(share)}`);
  return reasons;
}

/** What only other facts show: the quota that was read in the pod, the nodes that the pods run on. */
export function impossibleBeside(
  podCpu: PodCpuFact,
  quota: number | null,
  workload: WorkloadFact | null,
  nodes: readonly NodeFact[],
): string[] {
  const reasons: string[] = [];
  const { plateau, container } = podCpu;
  const quotaIsIts = container === undefined || container === workload?.serving.name;
  if (plateau !== null && quota !== null && quotaIsIts && plateau > OVER_QUOTA * quota)
    reasons.push(`${coreCount(plateau)} of a quota of ${plain(quota)}; counted twice?`);
  for (const { name, allocatableCpu } of nodes) {
    const here = new Set(workload?.pods.flatMap((pod) => (pod.node === name ? [pod.name] : [])));
    const used = sum(podCpu.pods.flatMap(({ pod, inBursts }) => (here.has(pod) ? (inBursts ?? 0) : [])));
    if (allocatableCpu !== null && used > OVER_NODE * allocatableCpu)
      reasons.push(`its pods use ${coreCount(used)} of node ${name}, which has ${plain(allocatableCpu)}`);
  }
  return reasons;
}

/** Pod-minutes lost in the bursts: from this share on they decide what is seen. */
const LOST = 0.2;
/** And lost so much oftener there than outside that it is no chance. */
const OFTENER = 3;
/** And this many at least: two are an accident. */
const LOST_MINUTES = 5;
/** Where more than half of the bursts was not seen, nothing can be said of them, whatever else is missing. */
const MOST_LOST = 0.5;

/** Whether samples are missing just when the pods are busy; what is left of such minutes is no evidence of idleness. */
export function lostWhenBusy({ missing: { inside, ofInside, outside, ofOutside } }: CpuCheckFact): boolean {
  if (ofInside === 0 || inside < LOST_MINUTES) return false;
  const share = inside / ofInside;
  return share > MOST_LOST || (share >= LOST && share >= OFTENER * (ofOutside === 0 ? 0 : outside / ofOutside));
}

/** "12 of 40 pod-minutes have no sample in the episodes, against 3 of 1,400 outside them" */
export function missingWords(
  { missing: { inside, ofInside, outside, ofOutside } }: CpuCheckFact,
  word: "spike" | "episode",
): string {
  return `${inside} of ${ofInside} pod-minutes have no CPU sample in the ${word}s, against ${outside} of ${ofOutside} outside them`;
}

/** A shift of fewer minutes is the time that requests take, and the minute's edges. */
const SHIFTED = 2;
/** The CPU follows the requests at the shift: r from here on. */
const FOLLOWS = 0.6;
/** And clearly better than without a shift. */
const BETTER = 0.2;
/** A request costs less than this part of its usual CPU: not the same requests, or not their CPU. */
const FAR_BELOW = 0.4;

/** Seconds that requests take in the bursts, by their worst average; 0 where that is not known. */
export function requestLatency(metric: LatencyFact | null, bursts: readonly Span[]): number {
  return metric ? (highest(valuesIn(metric.average, bursts)) ?? 0) : 0;
}

/** How far CPU and requests belong together. `latency`: seconds that a request takes in the episodes at most; `word`: what they are called. */
export function belongs(
  { requests }: CpuCheckFact,
  latency: number,
  word: "spike" | "episode",
): { answer: "yes" | "no" | "unclear" | "unknown"; words: string } {
  if (!requests) return { answer: "unknown", words: "too few minutes hold both CPU and requests" };
  const { atOnce, lag, atLag, costInside, costOutside } = requests;
  const figures = costWords(costInside, costOutside, word);
  // Long requests are counted when they end: their CPU is earlier, by as much as they take.
  const shifted = Math.abs(lag) >= SHIFTED && Math.abs(lag) * 60 > 2 * latency;
  if (shifted && atLag >= FOLLOWS && atLag - atOnce >= BETTER) {
    const way = lag > 0 ? "later" : "earlier";
    return {
      answer: "no",
      words: `the CPU seen does not belong to these requests: ${figures}; moved ${plain(Math.abs(lag))} min ${way} it follows them (r ${plain(atLag)} against ${plain(atOnce)}): clocks that differ, or lost samples`,
    };
  }
  const ratio = costInside !== null && costOutside ? costInside / costOutside : null;
  if (ratio !== null && ratio < FAR_BELOW)
    return { answer: "unclear", words: `${figures}: cheaper requests, or CPU that was not measured` };
  return { answer: "yes", words: `the CPU follows the requests of the same minutes: ${figures} (r ${plain(atOnce)})` };
}

function costWords(inside: number | null, outside: number | null, word: string): string {
  const told = (value: number | null) => (value === null ? "an unknown cost" : `${plain(value * 1000)} ms`);
  const quiet = outside === null ? "" : ` against ${told(outside)} outside`;
  return `${told(inside)} of CPU a request in the ${word}s${quiet}`;
}
