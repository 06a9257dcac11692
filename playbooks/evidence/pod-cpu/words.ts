import {
  type ContainerCpu,
  coreCount,
  duration,
  type EpisodesFact,
  highest,
  listed,
  lowest,
  type PodCpuFact,
  percent,
  plain,
  plural,
  range,
  spike,
} from "../../../src/playbook.ts";
import { newPodsBefore, startsIn, WARM_UP } from "../../signals/slow-after-new-pods.ts";

export function evennessWords(
  { pods, together, jain, spread, clumpedShare, samePods, fleetInBursts }: PodCpuFact,
  episodes: EpisodesFact,
) {
  const means = pods.flatMap(({ inBursts }) => inBursts ?? []);
  const low = lowest(means);
  const high = highest(means);
  const measures = {
    jain,
    spread,
    clumpedShare,
    samePods,
    pods: together,
    lowest: low,
    highest: high,
    fleet: fleetInBursts,
    cores: means,
  };
  if (low === null || high === null || jain === null)
    return { statement: `no pod has a CPU figure in the ${spike(episodes)}s`, measures };
  const cores = `${range(plain(low), plain(high))} cores on average in the ${spike(episodes)}s`;
  if (together === 1) return { statement: `one pod: ${cores}`, measures };
  const alike = `evenness ${plain(jain)} (1 is all equal)`;
  const clump = clumpedShare
    ? `; in ${percent(clumpedShare)} of the ${spike(episodes)}s' minutes some pods were hot while others idled`
    : "";
  return { statement: `${plural(together, "pod")} at a time: ${cores}, ${alike}${clump}`, measures };
}

/** Pods that began in the window, and the episodes that follow one. */
export function startsWords(fact: PodCpuFact, { episodes, window }: EpisodesFact) {
  const began = startsIn(fact, window).length;
  const after = episodes.filter((episode) => newPodsBefore(episode, fact, window).length > 0).length;
  const measures = { newPods: began, episodesAfter: after, episodes: episodes.length, within: WARM_UP };
  if (began === 0) return { statement: "no pod started in this window", measures };
  const follow = `${after} of ${plural(episodes.length, "episode")} begin within ${duration(WARM_UP)} after one`;
  return { statement: `${plural(began, "pod")} started in this window; ${follow}`, measures };
}

export function plateauWords({ pods, plateau, fleetInBursts, fleetOutside }: PodCpuFact, episodes: EpisodesFact) {
  const peak = highest(pods.flatMap(({ peak: one }) => one ?? []));
  const measures = { plateau, peak, fleetInBursts, fleetOutside };
  const inThem = `in the ${spike(episodes)}s`;
  if (plateau === null || peak === null) return { statement: `no pod has a CPU figure ${inThem}`, measures };
  const rest =
    fleetInBursts === null || fleetOutside === null
      ? ""
      : `; the fleet uses ${coreCount(fleetInBursts)} ${inThem}, ${coreCount(fleetOutside)} outside them`;
  return {
    statement: `the busiest pods top out at ${coreCount(plateau)} ${inThem} (highest minute ${plain(peak)})${rest}`,
    measures,
  };
}

export function throttlingWords({ throttledShare, throttledOutside }: PodCpuFact, episodes: EpisodesFact) {
  const outside = throttledOutside === null ? "" : `, ${percent(throttledOutside)} outside them`;
  return {
    statement: `${percent(throttledShare ?? 0)} of the CPU periods were throttled in the ${spike(episodes)}s${outside}`,
    measures: { throttledShare, throttledOutside },
  };
}

export function snapshotWords(shot: PodCpuFact["snapshot"], episodes: EpisodesFact | undefined) {
  const cores = [...shot].sort((a, b) => b.cpu - a.cpu).map(({ cpu }) => `${Math.round(cpu * 1000)}m`);
  const shown = cores.length > 8 ? [...cores.slice(0, 8), `${cores.length - 8} more`] : cores;
  return {
    statement: `kubectl top right now: ${listed(shown)}; a snapshot says nothing about the ${spike(episodes)}s`,
    measures: { cores: shot.map(({ cpu }) => cpu) },
  };
}

/** "layout tops out at 1.98 of 2.5 cores, nginx at 0.04 of 0.2" */
export function containersWords(containers: readonly ContainerCpu[], works: string) {
  const each = containers.map(({ name, plateau, limit, throttledShare }) => {
    const can = limit === null ? "without a limit" : `of ${plain(limit)}`;
    const throttled = throttledShare ? `, throttled in ${percent(throttledShare)} of its periods` : "";
    return `${name} tops out at ${plateau === null ? "?" : coreCount(plateau)} ${can}${throttled}`;
  });
  return {
    statement: `of the ${containers.length} containers of a pod ${works} is the busy one: ${each.join("; ")}`,
    measures: { works, containers: containers.length, plateaus: containers.flatMap(({ plateau }) => plateau ?? []) },
  };
}
