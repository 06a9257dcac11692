import {
  type ContainerCpu,
  coreCount,
  highest,
  listed,
  lowest,
  type PodCpuFact,
  percent,
  plain,
  plural,
  range,
} from "../../../src/playbook.ts";

export function evennessWords({ pods, together, jain, spread, clumpedShare, samePods, fleetInBursts }: PodCpuFact) {
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
    return { statement: "no pod has a CPU figure in the bursts", measures };
  const cores = `${range(plain(low), plain(high))} cores on average in the bursts`;
  if (together === 1) return { statement: `one pod at a time: ${cores}`, measures };
  const alike = `evenness ${plain(jain)} (1 is all alike)`;
  const clump = clumpedShare
    ? `; in ${percent(clumpedShare)} of the bursts' minutes some pods were hot while others idled`
    : "";
  return { statement: `${plural(together, "pod")} side by side: ${cores}, ${alike}${clump}`, measures };
}

export function plateauWords({ pods, plateau, fleetInBursts, fleetOutside }: PodCpuFact) {
  const peak = highest(pods.flatMap(({ peak: one }) => one ?? []));
  const measures = { plateau, peak, fleetInBursts, fleetOutside };
  if (plateau === null || peak === null) return { statement: "no pod has a CPU figure in the bursts", measures };
  const rest =
    fleetInBursts === null || fleetOutside === null
      ? ""
      : `; the fleet uses ${coreCount(fleetInBursts)} in the bursts, ${coreCount(fleetOutside)} outside them`;
  return {
    statement: `the busiest pods flatten at ${coreCount(plateau)} in the bursts (highest minute ${plain(peak)})${rest}`,
    measures,
  };
}

export function throttlingWords({ throttledShare, throttledOutside }: PodCpuFact) {
  const outside = throttledOutside === null ? "" : `, ${percent(throttledOutside)} outside them`;
  return {
    statement: `${percent(throttledShare ?? 0)} of the CPU periods were throttled in the bursts${outside}`,
    measures: { throttledShare, throttledOutside },
  };
}

export function snapshotWords(shot: PodCpuFact["snapshot"]) {
  const cores = [...shot].sort((a, b) => b.cpu - a.cpu).map(({ cpu }) => `${Math.round(cpu * 1000)}m`);
  const shown = cores.length > 8 ? [...cores.slice(0, 8), `${cores.length - 8} more`] : cores;
  return {
    statement: `kubectl top at this moment: ${listed(shown)}; one moment says nothing about the bursts`,
    measures: { cores: shot.map(({ cpu }) => cpu) },
  };
}

/** "layout flattens at 1.98 of 2.5 cores, nginx at 0.04 of 0.2" */
export function containersWords(containers: readonly ContainerCpu[], works: string) {
  const each = containers.map(({ name, plateau, limit, throttledShare }) => {
    const can = limit === null ? "without a limit" : `of ${plain(limit)}`;
    const throttled = throttledShare ? `, throttled in ${percent(throttledShare)} of its periods` : "";
    return `${name} flattens at ${plateau === null ? "?" : coreCount(plateau)} ${can}${throttled}`;
  });
  return {
    statement: `of the ${containers.length} containers of a pod ${works} is the one that works: ${each.join("; ")}`,
    measures: { works, containers: containers.length, plateaus: containers.flatMap(({ plateau }) => plateau ?? []) },
  };
}
