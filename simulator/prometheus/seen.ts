import { TICK } from "../clock.ts";
import type { World } from "../world.ts";
import type { Labels, RawSeries } from "./scrape.ts";

/** What Prometheus shows of a metric, where it is not simply what there was: clocks, losses, doubles. */
export function asSeen(world: World, metric: string, series: readonly RawSeries[]): readonly RawSeries[] {
  const { seen } = world.scenario;
  if (!seen) return series;
  if (seen.noProcesses && (metric === "container_processes" || metric === "container_threads")) return [];
  const kept = seen.hidden ? series.filter(({ labels }) => !ofFocus(world, labels)) : series;
  const lossy = seen.lostAbove === undefined ? kept : kept.map((one) => lost(world, one, seen.lostAbove ?? 0));
  const labelled = seen.labels ? lossy.flatMap((one) => relabelled(world, one, seen.labels ?? "exported")) : lossy;
  const shifted = seen.clock ? labelled.map((one) => ({ ...one, first: one.first + (seen.clock ?? 0) })) : labelled;
  if (seen.doubled === "replicas") return shifted.flatMap(byTwoReplicas);
  if (seen.doubled === "values" && metric.startsWith("container_cpu_"))
    return shifted.map((one) => ({ ...one, values: one.values.map((value) => 2 * value) }));
  return seen.doubled === "jobs" && metric.startsWith("container_") ? shifted.flatMap(byTwoJobs) : shifted;
}

function ofFocus(world: World, labels: Labels): boolean {
  const { focus } = world.scenario;
  if (labels.namespace !== focus.namespace) return false;
  return (
    (labels.pod ?? "").startsWith(`${focus.deployment}-`) ||
    labels.deployment === focus.deployment ||
    labels.horizontalpodautoscaler !== undefined
  );
}

/** Without the samples at which the pod was hot: the kubelet answers late, and the scrape times out. */
function lost(world: World, series: RawSeries, above: number): RawSeries {
  const pod = world.truth.pods.find((one) => one.name === series.labels.pod);
  if (!pod || !(series.labels.__name__ ?? "").startsWith("container_")) return series;
  const cores = (at: number) => {
    const tick = Math.round((at - world.start) / TICK) - pod.firstTick;
    return ((pod.cpu[tick] ?? 0) - (pod.cpu[Math.max(0, tick - 15 / TICK)] ?? 0)) / 15;
  };
  return {
    ...series,
    values: series.values.map((value, index) =>
      cores(series.first + index * series.step) > above ? Number.NaN : value,
    ),
  };
}

/** The series with the labels of another installation; none where that installation does not have it. */
function relabelled(world: World, series: RawSeries, scheme: "node names" | "no container" | "exported"): RawSeries[] {
  const { labels } = series;
  const metric = labels.__name__ ?? "";
  if (scheme === "node names") {
    const node = world.scenario.nodes.find(({ ip }) => metric.startsWith("node_") && labels.instance === `${ip}:9100`);
    return [node ? { ...series, labels: { ...labels, instance: node.name } } : series];
  }
  if (scheme === "no container")
    return metric.startsWith("container_") && labels.container !== undefined ? [] : [series];
  if (!metric.startsWith("kube_")) return [series];
  const { namespace, pod, container, ...rest } = labels;
  const exported = {
    ...(namespace === undefined ? {} : { exported_namespace: namespace }),
    ...(pod === undefined ? {} : { exported_pod: pod }),
    ...(container === undefined ? {} : { exported_container: container }),
  };
  const own = { namespace: "monitoring", pod: "kube-state-metrics-0", container: "kube-state-metrics" };
  return [{ ...series, labels: { ...rest, ...exported, ...own } }];
}

/** An HA pair whose samples nobody has made one of; the second scrapes a little later. */
function byTwoReplicas(series: RawSeries): RawSeries[] {
  const named = (replica: string) => ({ ...series.labels, prometheus: "monitoring/k8s", prometheus_replica: replica });
  return [
    { ...series, labels: named("prometheus-k8s-0") },
    { ...series, labels: named("prometheus-k8s-1"), first: series.first + 2 },
  ];
}

/** Two jobs that scrape the same kubelets. */
function byTwoJobs(series: RawSeries): RawSeries[] {
  return [series, { ...series, labels: { ...series.labels, job: "kubernetes-cadvisor" }, first: series.first + 3 }];
}

/** Series of two clusters in one store, told apart by a label. */
export function ofTwoClusters(
  world: World,
  own: readonly RawSeries[],
  other: readonly RawSeries[],
): readonly RawSeries[] {
  const second = world.scenario.seen?.secondCluster;
  if (!second) return own;
  const named = (name: string) => (series: RawSeries) => ({
    ...series,
    labels: { ...series.labels, [second.label]: name },
  });
  const theirs = second.otherPods ? other.map(renamed) : other;
  return [...own.map(named(world.scenario.place.cluster)), ...theirs.map(named(second.name))];
}

/** A pod of the same replica set under another name. */
function renamed(series: RawSeries): RawSeries {
  const { pod } = series.labels;
  if (pod === undefined) return series;
  return { ...series, labels: { ...series.labels, pod: pod.slice(0, -5) + [...pod.slice(-5)].reverse().join("") } };
}
