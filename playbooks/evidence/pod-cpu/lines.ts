import {
  cells,
  type Epoch,
  highest,
  type Labels,
  type Line,
  type RangeLine,
  type Series,
  sum,
  valueAt,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { STEP } from "./rates.ts";

/** Labels by which a store that several clusters write to tells them apart (Thanos, Mimir, CloudWatch's own exporter). */
export const CLUSTER_LABELS = ["cluster", "cluster_name", "k8s_cluster_name", "cluster_id"] as const;

/** One container's CPU in one pod, and the cluster whose it is by the series' own labels. */
export interface ContainerLine extends Line {
  readonly container: string;
  readonly cluster: string;
}

/** A rate at a time covers the minute before it; the series is moved so that a value stands where its minute begins. */
export function minuteBefore(series: Series): Series {
  return { ...series, start: series.start - STEP };
}

/** One line for each pod, container and cluster. Old cAdvisors have a series for each CPU; a total stands for them all. */
export function toLines(answer: readonly RangeLine[], container: string | null): ContainerLine[] {
  const grouped = new Map<string, RangeLine[]>();
  for (const line of answer) {
    const key = JSON.stringify([line.labels.pod, line.labels.container, clusterOf(line.labels)]);
    grouped.set(key, [...(grouped.get(key) ?? []), line]);
  }
  return [...grouped.values()].flatMap((lines) => {
    const total = lines.filter(({ labels }) => labels.cpu === "total");
    const used = total.length > 0 ? total : lines;
    const [first] = used;
    if (!first) return [];
    const { labels } = first;
    const cpu = minuteBefore(
      combined(
        used.map(({ series }) => series),
        sum,
      ),
    );
    if (cells(cpu).length === 0) return [];
    return [
      { pod: labels.pod ?? "?", container: container ?? labels.container ?? "", cluster: clusterOf(labels), cpu },
    ];
  });
}

function clusterOf(labels: Labels): string {
  return CLUSTER_LABELS.flatMap((label) => labels[label] ?? []).join("/");
}

/** The series laid over each other, where each has a value. */
function combined(series: readonly Series[], join: (values: readonly number[]) => number): Series {
  const [first] = series;
  if (!first || series.length === 1) return first ?? { start: 0, step: STEP, values: [] };
  const values = first.values.map((_, index) => {
    const here = series.flatMap((one) => one.values[index] ?? []);
    return here.length === 0 ? null : join(here);
  });
  return { ...first, values };
}

export interface OwnLines {
  readonly lines: readonly ContainerLine[];
  /** Clusters that the store holds under these names; empty: it tells none apart. */
  readonly clusters: readonly string[];
  /** Pods with a figure up to now that this cluster does not list. */
  readonly foreign: readonly string[];
  /** The series are of several clusters, and which are this one's cannot be told. */
  readonly ambiguous: boolean;
}

/**
 * The lines of pods that this cluster can own. A pod's name ends in random letters, so that a cluster whose series name a
 * pod which the API lists is this one; a StatefulSet's pods are called alike everywhere, and only the cluster's own name
 * tells. A pod that runs now and is not listed is another cluster's. `live`: the pods were listed at the window's end.
 */
export function ownLines(
  all: readonly ContainerLine[],
  workload: WorkloadFact,
  clusterTag: string | null,
  live: boolean,
): OwnLines {
  const listed = new Set(workload.pods.map(({ name }) => name));
  const clusters = [...new Set(all.map(({ cluster }) => cluster))].sort();
  let kept = all;
  if (clusters.length > 1) {
    const holding = clusters.filter((one) => all.some(({ cluster, pod }) => cluster === one && listed.has(pod)));
    const tagged = clusters.filter((one) => clusterTag !== null && one.split("/").includes(clusterTag));
    const unique = workload.kind !== "StatefulSet" && workload.kind !== "Pod";
    const own = holding.length === 1 || (unique && holding.length > 0) ? holding : tagged;
    if (own.length === 0) return { lines: [], clusters, foreign: [], ambiguous: true };
    kept = merged(all.filter(({ cluster }) => own.includes(cluster)));
  }
  const newest = highest(kept.flatMap((line) => (listed.has(line.pod) ? (lastOf(line) ?? []) : [])));
  const isStrange = (line: Line) => !listed.has(line.pod) && newest !== null && (lastOf(line) ?? 0) >= newest;
  const foreign = live ? [...new Set(kept.filter(isStrange).map(({ pod }) => pod))].sort() : [];
  // A pod that went in the last minute is not listed any more, and there are never many.
  const strangers = foreign.length > Math.max(1, SURGE * listed.size) ? new Set(foreign) : new Set<string>();
  const own = kept.filter(({ pod }) => !strangers.has(pod));
  // Another cluster's pods are among these, and nothing tells of one that is gone whose it was.
  const ambiguous = strangers.size > 0 && own.some(({ pod }) => !listed.has(pod));
  return {
    lines: ambiguous ? [] : own,
    clusters: clusters.length > 1 ? clusters : [],
    foreign: [...strangers],
    ambiguous,
  };
}

/** Pods that a rollout has more for a moment: Deployments surge by a quarter (Kubernetes, maxSurge). */
const SURGE = 0.25;

/** When its last sample is: a pod that runs has one as new as those of the listed pods, whatever the store is late by. */
export function lastOf({ cpu }: Line): Epoch | null {
  return cells(cpu).at(-1)?.at ?? null;
}

/** The same pod and container written by two: one series of them, the higher where both have a value. */
function merged(lines: readonly ContainerLine[]): ContainerLine[] {
  const grouped = new Map<string, ContainerLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.pod, line.container]);
    grouped.set(key, [...(grouped.get(key) ?? []), line]);
  }
  return [...grouped.values()].flatMap(([first, ...others]) =>
    first
      ? [
          {
            ...first,
            cpu: combined(
              [first, ...others].map(({ cpu }) => cpu),
              (values) => Math.max(...values),
            ),
          },
        ]
      : [],
  );
}

/** How often the plain sum counts each pod: 2 where two jobs or two replicas of Prometheus write the same. */
export function countedTimes(once: readonly Line[], summed: readonly Line[]): number | null {
  let [one, all] = [0, 0];
  for (const { pod, cpu } of once) {
    const other = summed.find((line) => line.pod === pod);
    for (const { at, value } of other ? cells(cpu) : []) {
      const added = other ? valueAt(other.cpu, at) : null;
      if (added === null) continue;
      one += value;
      all += added;
    }
  }
  return one === 0 ? null : all / one;
}

/** From this factor on the plain sum counts pods more than once; below it is the replicas' different scrapes. */
const TWICE = 1.5;

/** Whether the plain sum counts the pods more than once, by how often it counts each; see countedTimes. */
export function isTwice(times: number | null): times is number {
  return times !== null && times >= TWICE;
}
