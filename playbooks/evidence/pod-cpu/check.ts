import {
  type CpuCheckFact,
  cpuAndRequests,
  type Epoch,
  highest,
  impossible,
  type LatencyFact,
  type Line,
  type PodCpuFact,
  type Span,
  sum,
  valueAt,
  type WorkloadFact,
  within,
} from "../../../src/playbook.ts";
import { lastOf } from "./lines.ts";
import { STEP } from "./rates.ts";

/** Seconds of bursts that it takes to compare pods: a rate tells a minute to about a minute, and one minute is one chance. */
const ENOUGH = 120;
/** Seconds between the window's end and now in which the listed pods are those of its last minute. */
const STILL_NOW = 300;
/** Seconds after a pod was made until its CPU has a rate: it must start, and be scraped twice. */
const FIRST_RATE = 180;

/** Seconds that the bursts last in all, where pods cannot be compared on so little; null where they can. */
export function tooShort(bursts: readonly Span[]): number | null {
  const held = sum(bursts.map(({ start, end }) => end - start));
  return held < ENOUGH ? held : null;
}

/** Whether the pods that are listed now are those of the window's end. */
export function isLive({ end }: Span, now: Epoch): boolean {
  return Math.abs(now - end) <= STILL_NOW;
}

/** Whether the figures can be what they say; before anyone reasons on them. */
export function checked(
  podCpu: PodCpuFact,
  lines: readonly Line[],
  workload: WorkloadFact,
  metric: LatencyFact | null,
  bursts: readonly Span[],
  window: Span,
  live: boolean,
): CpuCheckFact {
  const container = podCpu.container ?? workload.serving.name;
  const newest = highest(lines.flatMap((line) => lastOf(line) ?? []));
  const alive = lines.filter((line) => newest !== null && lastOf(line) === newest).length;
  const { plateau, throttledShare, throttledOutside, clumpedShare, fleetInBursts, fleetOutside, spread } = podCpu;
  return {
    impossible: impossible({
      container,
      plateau,
      limit: workload.containers.find(({ name }) => name === container)?.cpuLimit ?? null,
      // One may have gone in the last minute.
      alive: live && workload.pods.length > 0 ? alive - 1 : null,
      listed: Math.max(workload.pods.length, workload.replicas),
      shares: [throttledShare, throttledOutside, clumpedShare],
      figures: [plateau, fleetInBursts, fleetOutside, spread, ...podCpu.pods.map(({ inBursts }) => inBursts)],
    }),
    missing: missingSamples(lines, workload, bursts, window),
    requests: metric
      ? cpuAndRequests(
          lines.map(({ cpu }) => cpu),
          metric.requests,
          (at) => within(bursts, at),
        )
      : null,
  };
}

/** Minutes in which a pod ran and has no sample. A listed pod runs until now, one of the past until its last sample. */
function missingSamples(
  lines: readonly Line[],
  { pods }: WorkloadFact,
  bursts: readonly Span[],
  window: Span,
): CpuCheckFact["missing"] {
  const names = new Set([...lines.map(({ pod }) => pod), ...pods.map(({ name }) => name)]);
  const counts = { inside: 0, ofInside: 0, outside: 0, ofOutside: 0 };
  for (const name of names) {
    const cpu = lines.find(({ pod }) => pod === name)?.cpu;
    const pod = pods.find((one) => one.name === name);
    if (!cpu && pod?.phase !== "Running") continue;
    const { start, end } = lifeOf(cpu, pod?.created ?? null, pod !== undefined, window);
    for (let at = start; at < end; at += STEP) {
      const absent = !cpu || valueAt(cpu, at) === null;
      if (within(bursts, at)) {
        counts.ofInside += 1;
        counts.inside += absent ? 1 : 0;
      } else {
        counts.ofOutside += 1;
        counts.outside += absent ? 1 : 0;
      }
    }
  }
  return counts;
}

function lifeOf(cpu: Line["cpu"] | undefined, created: Epoch | null, listed: boolean, window: Span): Span {
  const grid = (time: Epoch) => Math.ceil(time / STEP) * STEP;
  const filled = cpu ? cpu.values.flatMap((value, index) => (value === null ? [] : [cpu.start + index * STEP])) : [];
  const begun = created !== null && listed ? Math.max(window.start, created + FIRST_RATE) : (filled[0] ?? window.start);
  const ended = listed ? window.end - STEP : (filled.at(-1) ?? window.start) + STEP;
  return { start: grid(begun), end: ended };
}
