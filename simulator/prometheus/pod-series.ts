import { TICK } from "../clock.ts";
import type { PodTruth } from "../pod.ts";
import { otherCores, type World } from "../world.ts";
import { type Labels, podBase, type RawSeries, scraped, scrapeOffset } from "./scrape.ts";

/** The container metrics (cAdvisor) of all pods of the load balancer's services; null for a metric of another kind. */
export function podSeries(world: World, metric: string): readonly RawSeries[] | null {
  const read = METRICS[metric];
  if (!read) return null;
  const own = world.truth.pods.flatMap((pod) => [
    ...focusPodSeries(world, metric, pod, read),
    besideSeries(world, metric, pod),
  ]);
  const others = metric.startsWith("container_") ? otherPodSeries(world, metric) : [];
  return [...own, ...others].filter((one) => one !== null);
}

interface Reading {
  /** Of the serving container at a time; null: it has no such series. */
  readonly container: (world: World, pod: PodTruth) => ((at: number) => number) | null;
  /** Of the pause container; null: it has no such series. */
  readonly pause: number | null;
  /** Whether the pod's own cgroup, which holds all containers, has it too. */
  readonly podCgroup: boolean;
}

const limited = (world: World) => world.scenario.focus.cpuLimit !== null;

const METRICS: { readonly [metric: string]: Reading } = {
  container_cpu_usage_seconds_total: {
    container: (world, pod) => {
      const base = podBase(world, pod).cpu;
      return (at) => counterAt(pod, pod.cpu, at, base);
    },
    pause: 0.021,
    podCgroup: true,
  },
  container_cpu_cfs_periods_total: {
    container: (world, pod) => {
      const base = podBase(world, pod).periods;
      return limited(world) ? (at) => Math.round(counterAt(pod, pod.periods, at, base)) : null;
    },
    pause: null,
    podCgroup: true,
  },
  container_cpu_cfs_throttled_periods_total: {
    container: (world, pod) => {
      const base = podBase(world, pod).throttled;
      return limited(world) ? (at) => Math.round(counterAt(pod, pod.throttled, at, base)) : null;
    },
    pause: null,
    podCgroup: true,
  },
  container_processes: { container: (world) => () => world.server.processList.length, pause: 1, podCgroup: true },
  container_threads: { container: (world) => () => world.server.threadCount, pause: 1, podCgroup: true },
  // cAdvisor leaves the quota out where there is none.
  container_spec_cpu_quota: {
    container: (world) => {
      const quota = world.scenario.focus.cpuLimit;
      return quota === null ? null : () => Math.round(quota * 100_000);
    },
    pause: null,
    podCgroup: true,
  },
  container_spec_cpu_period: { container: () => () => 100_000, pause: 100_000, podCgroup: true },
  container_memory_working_set_bytes: {
    container: (world, pod) => {
      const resident = world.scenario.focus.residentMemory;
      const own = 1 + 0.02 * Math.sin(pod.name.length * 7 + pod.name.charCodeAt(pod.name.length - 1));
      // It is filled while the pod starts, and breathes a little afterwards.
      return (at) => {
        const filled =
          pod.created === null ? 1 : Math.min(1, 0.2 + (0.8 * (at - pod.created)) / (pod.ready - pod.created));
        const kept = resident * own * filled * (1 + 0.006 * Math.sin(at / 700));
        return Math.round(leaking(world, pod, at, kept) / 4096) * 4096;
      };
    },
    pause: 47_104,
    podCgroup: true,
  },
};

/** A cumulated line of a pod at a time on the grid of ticks. */
function lineAt(pod: PodTruth, line: readonly number[], at: number): number {
  const index = Math.round(at / TICK) - pod.firstTick;
  return line[Math.min(Math.max(0, index), line.length - 1)] ?? 0;
}

/** A counter of the container: a restarted one begins at zero. */
function counterAt(pod: PodTruth, line: readonly number[], at: number, base: number): number {
  const restart = pod.restarts.findLast((one) => one.at <= at);
  return restart ? lineAt(pod, line, at) - lineAt(pod, line, restart.at) : base + lineAt(pod, line, at);
}

/** The container beside the serving one: its CPU follows what the pod serves. */
function besideSeries(world: World, metric: string, pod: PodTruth): RawSeries | null {
  const { beside, namespace } = world.scenario.focus;
  if (!beside) return null;
  const base = podBase(world, pod);
  const cpu = (at: number) => beside.ratio * (base.cpu + lineAt(pod, pod.cpu, at)) + beside.idle * at;
  const readings: { readonly [metric: string]: ((at: number) => number) | null } = {
    container_cpu_usage_seconds_total: cpu,
    container_cpu_cfs_periods_total: beside.cpuLimit === null ? null : (at) => base.periods + Math.round(at * 4),
    container_cpu_cfs_throttled_periods_total: beside.cpuLimit === null ? null : () => Math.round(base.periods * 0.001),
    container_spec_cpu_quota: beside.cpuLimit === null ? null : () => Math.round((beside.cpuLimit ?? 0) * 100_000),
    container_spec_cpu_period: () => 100_000,
    container_processes: () => 1,
    container_threads: () => 9,
    container_memory_working_set_bytes: () => 94_371_840,
  };
  const read = readings[metric];
  if (!read) return null;
  const labels = containerLabels(world, metric, namespace, pod.name, pod.node);
  const offset = scrapeOffset(world.scenario.nodes[pod.node]?.name ?? "", world);
  const more = { container: beside.container, image: beside.image };
  return scraped(world, { ...labels, ...more }, offset, pod.started ?? 0, pod.ended, read);
}

function focusPodSeries(world: World, metric: string, pod: PodTruth, reading: Reading): (RawSeries | null)[] {
  const { focus } = world.scenario;
  const read = reading.container(world, pod);
  if (!read) return [];
  const labels = containerLabels(world, metric, focus.namespace, pod.name, pod.node);
  const offset = scrapeOffset(world.scenario.nodes[pod.node]?.name ?? "", world);
  const make = (more: Labels, value: (at: number) => number) =>
    scraped(world, { ...labels, ...more }, offset, pod.started ?? 0, pod.ended, value);
  const image = `${focus.image}:${pod.version}`;
  const { pause } = reading;
  const other = focus.beside && metric === "container_cpu_usage_seconds_total" ? focus.beside : null;
  const beside = (at: number) => (other ? other.ratio * lineAt(pod, pod.cpu, at) + other.idle * at : 0);
  return [
    make({ container: focus.container, image }, read),
    pause === null ? null : make({ container: "POD", image: "registry.k8s.io/pause:3.10" }, () => pause),
    reading.podCgroup ? make({}, (at) => read(at) + (isPerPod(metric) ? (pause ?? 0) : 0) + beside(at)) : null,
  ];
}

/** Memory that grows towards the limit until the kernel kills the container for it, and falls with the restart. */
function leaking(world: World, pod: PodTruth, at: number, kept: number): number {
  const next = pod.restarts.find((one) => one.at > at);
  if (next?.reason !== "OOMKilled") return kept;
  const last = pod.restarts.findLast((one) => one.at <= at)?.at ?? 0;
  const limit = bytes(world.scenario.focus.memoryLimit ?? "2Gi");
  return kept + Math.max(0, limit * 0.995 - kept) * ((at - last) / Math.max(1, next.at - last)) ** 2;
}

/** "2Gi", "512Mi". */
function bytes(text: string): number {
  return Number.parseFloat(text) * (text.endsWith("Gi") ? 2 ** 30 : 2 ** 20);
}

/** Whether the pod's cgroup shows the sum of its containers. */
function isPerPod(metric: string): boolean {
  return !metric.startsWith("container_spec_");
}

function otherPodSeries(world: World, metric: string): (RawSeries | null)[] {
  return world.otherPods.map((pod) => {
    const other = world.scenario.others[pod.other];
    if (!other) return null;
    const labels = containerLabels(world, metric, other.namespace, pod.name, pod.node);
    const offset = scrapeOffset(world.scenario.nodes[pod.node]?.name ?? "", world);
    const read = otherReading(world, metric, pod.other);
    return read && scraped(world, { ...labels, container: other.service }, offset, 0, null, read);
  });
}

function otherReading(world: World, metric: string, other: number): ((at: number) => number) | null {
  if (metric === "container_memory_working_set_bytes") return () => 209_715_200;
  if (metric === "container_processes") return () => 1;
  if (metric === "container_threads") return () => 14;
  if (metric !== "container_cpu_usage_seconds_total") return null;
  const line = new Float64Array(world.minutes + 1);
  for (let minute = 0; minute < world.minutes; minute += 1)
    line[minute + 1] = (line[minute] ?? 0) + 60 * otherCores(world.scenario, other, world.groups[other + 1], minute);
  return (at) => {
    const minute = Math.min(Math.floor(at / 60), world.minutes - 1);
    const before = line[minute] ?? 0;
    return 5_000 + before + ((line[minute + 1] ?? before) - before) * Math.min(1, at / 60 - minute);
  };
}

function containerLabels(world: World, metric: string, namespace: string, pod: string, node: number): Labels {
  const { name = "", ip = "" } = world.scenario.nodes[node] ?? {};
  return {
    __name__: metric,
    endpoint: "https-metrics",
    instance: `${ip}:10250`,
    job: "kubelet",
    metrics_path: "/metrics/cadvisor",
    namespace,
    node: name,
    pod,
    service: "kube-prometheus-stack-kubelet",
    ...(metric === "container_cpu_usage_seconds_total" ? { cpu: "total" } : {}),
  };
}
