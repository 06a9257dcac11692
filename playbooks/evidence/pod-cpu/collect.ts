import {
  cells,
  coreCount,
  defineStep,
  duration,
  type Episode,
  evenness,
  evennessIn,
  highest,
  hottest,
  type Labels,
  type Line,
  listed,
  lowest,
  mean,
  meanIn,
  meanOutside,
  type PodCpuFact,
  type PodSeries,
  percent,
  persistence,
  plain,
  plural,
  podSnapshot,
  query,
  quoted,
  type RangeLine,
  range,
  type Series,
  type Span,
  selectorOf,
  sum,
  valuesIn,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { askRates, STEP } from "./rates.ts";

/** Seconds of bursts that it takes to compare pods: a rate tells a minute to about a minute, and one minute is one chance. */
const ENOUGH = 120;

/** Each pod's CPU in the bursts and outside them: who was hot, whether it moves, where it flattens, whether it was throttled. */
export default defineStep({
  id: "pod-cpu",
  title: "pod CPU",
  needs: ["workload", "service"],
  uses: ["episodes"],
  gives: ["podCpu"],
  async run({ facts, window, ask, use, give, find, lack }) {
    const { workload, service } = facts;
    const pods = podSelector(workload);
    const container = `${pods},container=${quoted(workload.serving.name)}`;
    const increase = (metric: string) => (range: string) =>
      `sum by (pod) (increase(${metric}{${container}}[${range}]))`;
    const restartsAsked = query(
      `sum by (pod) (increase(kube_pod_container_status_restarts_total{${pods}}[${Math.round(window.end - window.start)}s]))`,
      window.end,
    );
    const snapshotAsked = podSnapshot(service.namespace, selectorOf(service.selector));
    const [cpuRates, throttledRates, periodRates, restarts, snapshot] = await Promise.all([
      askRates(
        (range) => `sum by (pod) (rate(container_cpu_usage_seconds_total{${container}}[${range}]))`,
        window,
        ask,
      ),
      askRates(increase("container_cpu_cfs_throttled_periods_total"), window, ask),
      askRates(increase("container_cpu_cfs_periods_total"), window, ask),
      ask(restartsAsked),
      ask(snapshotAsked),
    ]);
    const [cpu, throttled, periods] = [cpuRates.answer, throttledRates.answer, periodRates.answer];
    const shot = snapshot.ok ? snapshot.value : [];
    if (shot.length > 0) find({ id: "snapshot", ...snapshotWords(shot), proof: [snapshotAsked.question] });
    const episodes = (await use("episodes"))?.episodes ?? [];
    if (!cpu.ok || episodes.length === 0) return;
    const lines = cpu.value.map(toLine).filter(({ cpu: series }) => cells(series).length > 0);
    if (lines.length === 0) {
      lack({
        source: "prometheus",
        kind: "missing",
        what: `it has no CPU series of the pods of ${workload.namespace}/${workload.name}`,
        remedy: "check that this Prometheus scrapes this cluster's kubelets (cAdvisor), at least once a minute",
      });
      return;
    }
    const bursts = episodes.map(({ burst }) => burst);
    const held = sum(bursts.map(({ start, end }) => end - start));
    if (held < ENOUGH) {
      lack({
        source: "prometheus",
        kind: "missing",
        what: `the bursts in the window last ${duration(held)} in all: on so little the pods cannot be compared`,
        remedy: "look again after the next burst, or use a longer --window that holds earlier ones",
      });
      return;
    }
    const used = lines.map((line) => toPod(line, bursts));
    if (used.every(({ inBursts }) => inBursts === null)) {
      lack({
        source: "prometheus",
        kind: "missing",
        what: "it has no sample of these pods' CPU in any burst, though it has some outside",
        remedy: "look whether its scrapes failed while the pods were busy (the series up), and what ended them",
      });
      return;
    }
    const share = throttled.ok && periods.ok ? shareOf(throttled.value, periods.value) : null;
    const fact: PodCpuFact = {
      pods: used,
      byEpisode: episodes.map((episode) => inEpisode(lines, episode)),
      ...evenness(lines, bursts),
      spread: spreadOf(lines, bursts),
      samePods: persistence(lines, bursts),
      throttledShare: share?.(bursts, true) ?? null,
      throttledOutside: share?.(bursts, false) ?? null,
      restarts: restarts.ok ? Math.round(sum(restarts.value.map(({ value }) => value))) : null,
      snapshot: shot,
    };
    give("podCpu", fact);
    find({ id: "evenness", ...evennessWords(fact), proof: [cpuRates.question] });
    find({ id: "plateau", ...plateauWords(fact), proof: [cpuRates.question] });
    if (fact.throttledShare !== null)
      find({ id: "throttling", ...throttlingWords(fact), proof: [throttledRates.question, periodRates.question] });
    if (fact.restarts !== null) {
      const statement =
        fact.restarts === 0
          ? "no pod restarted in the window"
          : `${plural(fact.restarts, "restart")} of pods in the window`;
      find({ id: "restarts", statement, measures: { restarts: fact.restarts }, proof: [restartsAsked.question] });
    }
  },
});

function podSelector({ namespace, podPattern }: WorkloadFact): string {
  return `namespace=${quoted(namespace)},pod=~${quoted(podPattern)}`;
}

/** A rate at a time covers the minute before it; the series is moved so that a value stands where its minute begins. */
function toLine({ labels, series }: RangeLine): Line {
  return { pod: podOf(labels), cpu: minuteBefore(series) };
}

function podOf(labels: Labels): string {
  return labels.pod ?? "?";
}

function minuteBefore(series: Series): Series {
  return { ...series, start: series.start - STEP };
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
function shareOf(throttled: readonly RangeLine[], periods: readonly RangeLine[]) {
  return (bursts: readonly Span[], inside: boolean): number | null => {
    const count = (lines: readonly RangeLine[]) =>
      sum(lines.flatMap(({ series }) => countOf(minuteBefore(series), bursts, inside)));
    const all = count(periods);
    return all === 0 ? null : count(throttled) / all;
  };
}

function countOf(series: Series, bursts: readonly Span[], inside: boolean): number[] {
  return cells(series).flatMap(({ at, value }) =>
    bursts.some((burst) => at >= burst.start && at < burst.end) === inside ? [value] : [],
  );
}

function evennessWords({ pods, together, jain, spread, clumpedShare, samePods, fleetInBursts }: PodCpuFact) {
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

function plateauWords({ pods, plateau, fleetInBursts, fleetOutside }: PodCpuFact) {
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

function throttlingWords({ throttledShare, throttledOutside }: PodCpuFact) {
  const outside = throttledOutside === null ? "" : `, ${percent(throttledOutside)} outside them`;
  return {
    statement: `${percent(throttledShare ?? 0)} of the CPU periods were throttled in the bursts${outside}`,
    measures: { throttledShare, throttledOutside },
  };
}

function snapshotWords(shot: PodCpuFact["snapshot"]) {
  const cores = [...shot].sort((a, b) => b.cpu - a.cpu).map(({ cpu }) => `${Math.round(cpu * 1000)}m`);
  const shown = cores.length > 8 ? [...cores.slice(0, 8), `${cores.length - 8} more`] : cores;
  return {
    statement: `kubectl top at this moment: ${listed(shown)}; one moment says nothing about the bursts`,
    measures: { cores: shot.map(({ cpu }) => cpu) },
  };
}
