import { LEAD, TICK } from "../clock.ts";
import type { PodTruth } from "../pod.ts";
import { Random } from "../random.ts";
import { focusPodIp, readyAt, type World } from "../world.ts";
import { type Labels, type RawSeries, scraped, scrapeOffset } from "./scrape.ts";

/** kube-state-metrics and the node exporter; null for a metric that neither has. */
export function clusterSeries(world: World, metric: string): readonly RawSeries[] | null {
  const made = METRICS[metric]?.(world, metric);
  return made ? made.filter((one) => one !== null) : null;
}

type Maker = (world: World, metric: string) => (RawSeries | null)[];

const STATE: Labels = {
  endpoint: "http",
  job: "kube-state-metrics",
  service: "kube-prometheus-stack-kube-state-metrics",
};

function state(world: World, labels: Labels, read: (at: number) => number, from = 0, to: number | null = null) {
  return scraped(world, { ...STATE, ...labels }, scrapeOffset("kube-state-metrics", world), from, to, read);
}

/** One series for each of the focus service's pods, for as long as it lives. */
function perPod(
  world: World,
  metric: string,
  more: (pod: PodTruth) => Labels,
  read: (pod: PodTruth, at: number) => number,
) {
  const { namespace } = world.scenario.focus;
  return world.truth.pods.map((pod) => {
    const labels = { __name__: metric, namespace, pod: pod.name, ...more(pod) };
    return state(world, labels, (at) => read(pod, at), pod.created ?? 0, pod.ended);
  });
}

function deployment(world: World, metric: string, read: (tick: number) => number): (RawSeries | null)[] {
  const { namespace, deployment: name } = world.scenario.focus;
  return [state(world, { __name__: metric, namespace, deployment: name }, (at) => read(Math.round(at / TICK)))];
}

function autoscaler(world: World, metric: string, read: (tick: number) => number): (RawSeries | null)[] {
  const { namespace, autoscaler: scaler } = world.scenario.focus;
  if (!scaler) return [];
  const labels = { __name__: metric, namespace, horizontalpodautoscaler: scaler.name };
  return [state(world, labels, (at) => read(Math.round(at / TICK)))];
}

const METRICS: { readonly [metric: string]: Maker } = {
  kube_pod_container_status_restarts_total: (world, metric) =>
    perPod(
      world,
      metric,
      () => ({ container: world.scenario.focus.container }),
      (pod, at) => pod.restarts.filter((one) => one.at <= at).length,
    ),
  kube_pod_container_status_last_terminated_reason: (world, metric) =>
    world.truth.pods.flatMap((pod) => {
      const [first] = pod.restarts;
      if (!first) return [];
      const { namespace, container } = world.scenario.focus;
      const labels = { __name__: metric, namespace, pod: pod.name, container, reason: first.reason };
      return [state(world, labels, () => 1, first.at, pod.ended)];
    }),
  kube_replicaset_owner: (world, metric) =>
    world.truth.replicaSets.map(({ hash }) => {
      const { namespace, deployment } = world.scenario.focus;
      const owner = { owner_kind: "Deployment", owner_name: deployment, owner_is_controller: "true" };
      return state(world, { __name__: metric, namespace, replicaset: `${deployment}-${hash}`, ...owner }, () => 1);
    }),
  kube_node_info: (world, metric) =>
    world.scenario.nodes.map(({ name, zone, ip, instanceId }) => {
      const labels = { node: name, internal_ip: ip, provider_id: `aws:///${zone}/${instanceId}` };
      return state(world, { __name__: metric, ...labels }, () => 1);
    }),
  kube_pod_created: (world, metric) =>
    perPod(
      world,
      metric,
      () => ({}),
      (pod) => Math.round(world.start + (pod.created ?? world.truth.replicaSets[0]?.created ?? 0)),
    ),
  kube_pod_status_phase: (world, metric) =>
    ["Pending", "Running"].flatMap((phase) =>
      perPod(
        world,
        metric,
        () => ({ phase }),
        (pod, at) => ((pod.started ?? 0) > at === (phase === "Pending") ? 1 : 0),
      ),
    ),
  kube_pod_status_ready: (world, metric) => [
    ...perPod(
      world,
      metric,
      () => ({ condition: "true" }),
      (pod, at) => (readyAt(pod, at) ? 1 : 0),
    ),
    ...perPod(
      world,
      metric,
      () => ({ condition: "false" }),
      (pod, at) => (readyAt(pod, at) ? 0 : 1),
    ),
  ],
  kube_pod_info: (world, metric) =>
    perPod(
      world,
      metric,
      (pod) => ({
        created_by_kind: "ReplicaSet",
        created_by_name: `${world.scenario.focus.deployment}-${pod.hash}`,
        host_ip: world.scenario.nodes[pod.node]?.ip ?? "",
        node: world.scenario.nodes[pod.node]?.name ?? "",
        pod_ip: focusPodIp(world, pod),
      }),
      () => 1,
    ),
  kube_pod_owner: (world, metric) =>
    perPod(
      world,
      metric,
      (pod) => ({
        owner_kind: "ReplicaSet",
        owner_name: `${world.scenario.focus.deployment}-${pod.hash}`,
        owner_is_controller: "true",
      }),
      () => 1,
    ),
  kube_pod_container_resource_requests: resourceRequests,
  kube_pod_container_resource_limits: (world, metric) => {
    const { cpuLimit, container, beside } = world.scenario.focus;
    const limits = [{ container, cpuLimit }, ...(beside ? [beside] : [])];
    return limits.flatMap((one) =>
      one.cpuLimit === null
        ? []
        : perPod(
            world,
            metric,
            (pod) => ({
              container: one.container,
              node: world.scenario.nodes[pod.node]?.name ?? "",
              resource: "cpu",
              unit: "core",
            }),
            () => one.cpuLimit ?? 0,
          ),
    );
  },
  kube_deployment_spec_replicas: (world, metric) =>
    deployment(world, metric, (tick) => at(world.truth.autoscaler.desired, tick)),
  kube_deployment_status_replicas: (world, metric) =>
    deployment(world, metric, (tick) => at(world.truth.autoscaler.current, tick)),
  kube_deployment_status_replicas_ready: readyReplicas,
  kube_deployment_status_replicas_available: readyReplicas,
  kube_horizontalpodautoscaler_status_current_replicas: (world, metric) =>
    autoscaler(world, metric, (tick) => at(world.truth.autoscaler.current, tick)),
  kube_horizontalpodautoscaler_status_desired_replicas: (world, metric) =>
    autoscaler(world, metric, (tick) => at(world.truth.autoscaler.desired, tick)),
  kube_horizontalpodautoscaler_spec_max_replicas: (world, metric) =>
    autoscaler(world, metric, () => world.scenario.focus.autoscaler?.max ?? 0),
  kube_horizontalpodautoscaler_spec_min_replicas: (world, metric) =>
    autoscaler(world, metric, () => world.scenario.focus.autoscaler?.min ?? 0),
  kube_node_status_allocatable: (world, metric) =>
    world.scenario.nodes.map((node) =>
      state(world, { __name__: metric, node: node.name, resource: "cpu", unit: "core" }, () => node.allocatable / 1000),
    ),
  node_cpu_seconds_total: nodeCpu,
};

function at(line: readonly number[], tick: number): number {
  return line[Math.min(tick, line.length - 1)] ?? 0;
}

function readyReplicas(world: World, metric: string): (RawSeries | null)[] {
  return deployment(world, metric, (tick) => world.truth.pods.filter((pod) => readyAt(pod, tick * TICK)).length);
}

/** CPU requests of everything on the nodes: the services' pods, daemonsets and other tenants. */
function resourceRequests(world: World, metric: string): (RawSeries | null)[] {
  const { focus, nodes, others } = world.scenario;
  const cpu = { resource: "cpu", unit: "core" };
  const own = perPod(
    world,
    metric,
    (pod) => ({ container: focus.container, node: nodes[pod.node]?.name ?? "", ...cpu }),
    () => focus.cpuRequest,
  );
  const { beside } = focus;
  const besides = beside
    ? perPod(
        world,
        metric,
        (pod) => ({ container: beside.container, node: nodes[pod.node]?.name ?? "", ...cpu }),
        () => beside.cpuRequest,
      )
    : [];
  const rest = world.otherPods.map((pod) => {
    const other = others[pod.other];
    const node = nodes[pod.node]?.name ?? "";
    const labels = { namespace: other?.namespace ?? "", pod: pod.name, container: other?.service ?? "", node, ...cpu };
    return state(world, { __name__: metric, ...labels }, () => 0.1);
  });
  const tenants = nodes.flatMap((node) => {
    const random = new Random(5, node.name);
    const labels = (namespace: string, name: string) => ({
      __name__: metric,
      namespace,
      pod: `${name}-${random.suffix(5)}`,
      container: name,
      node: node.name,
      ...cpu,
    });
    return [
      state(world, labels("kube-system", "aws-node"), () => node.daemonsetRequest / 1000),
      node.tenantRequest > 0 ? state(world, labels("batch", "tenant-worker"), () => node.tenantRequest / 1000) : null,
    ];
  });
  return [...own, ...besides, ...rest, ...tenants];
}

/** CPU seconds until a tick that a node spent waiting for a disk, or that the hypervisor took. */
function notWork(world: World, node: number, mode: "iowait" | "steal", tick: number): number {
  let seconds = 0;
  for (const one of world.scenario.faults?.nodeTimes ?? []) {
    if (one.node !== node || one.mode !== mode) continue;
    seconds += one.cores * Math.min(one.seconds, Math.max(0, tick * TICK - LEAD - one.at));
  }
  return seconds;
}

/** The node exporter's counters, one for each CPU and mode. A node's busy time spreads evenly over its CPUs. */
function nodeCpu(world: World, metric: string): (RawSeries | null)[] {
  return world.scenario.nodes.flatMap((node, index) => {
    const busy = world.truth.nodeBusy[index] ?? [];
    const offset = scrapeOffset(`${node.name} node-exporter`, world);
    const start = new Random(9, node.name).between(2e5, 9e5);
    const other = (mode: "iowait" | "steal", tick: number) => notWork(world, index, mode, tick) / node.cores;
    const modes: { readonly [mode: string]: (tick: number) => number } = {
      idle: (tick) =>
        start * 0.7 + tick * TICK - at(busy, tick) / node.cores - other("iowait", tick) - other("steal", tick),
      user: (tick) => start * 0.22 + (0.82 * at(busy, tick)) / node.cores,
      system: (tick) => start * 0.08 + (0.18 * at(busy, tick)) / node.cores,
      iowait: (tick) => start * 0.001 + other("iowait", tick),
      steal: (tick) => start * 0.0004 + other("steal", tick),
    };
    return Array.from({ length: node.cores }, (_, cpu) =>
      Object.entries(modes).map(([mode, read]) =>
        scraped(
          world,
          {
            __name__: metric,
            container: "node-exporter",
            cpu: String(cpu),
            endpoint: "http-metrics",
            instance: `${node.ip}:9100`,
            job: "node-exporter",
            mode,
            namespace: "monitoring",
            service: "kube-prometheus-stack-prometheus-node-exporter",
          },
          offset,
          0,
          null,
          (time) => read(Math.round(time / TICK)),
        ),
      ),
    ).flat();
  });
}
