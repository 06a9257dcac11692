import { TICK } from "../../clock.ts";
import { otherCores, podsAtEnd, type World } from "../../world.ts";
import { focusLabels, type KubernetesObject, timeAgo, uid } from "./meta.ts";
import { configMapName } from "./template.ts";

const DAY = 86_400;

export function nodes(world: World): KubernetesObject[] {
  const { region } = world.scenario.place;
  return world.scenario.nodes.map((node) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      uid: uid("Node", node.name),
      creationTimestamp: timeAgo(world, (5 + (node.cores % 7)) * DAY),
      labels: {
        "eks.amazonaws.com/capacityType": node.capacityType,
        "eks.amazonaws.com/nodegroup": node.group,
        "kubernetes.io/arch": /^[a-z]\d+g/.test(node.instanceType) ? "arm64" : "amd64",
        "kubernetes.io/hostname": node.name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": node.instanceType,
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": node.zone,
      },
    },
    spec: { providerID: `aws:///${node.zone}/${node.instanceId}` },
    status: {
      addresses: [
        { type: "InternalIP", address: node.ip },
        { type: "Hostname", address: node.name },
      ],
      allocatable: { cpu: `${node.allocatable}m`, memory: node.memory, pods: "58" },
      capacity: { cpu: String(node.cores), memory: node.memory, pods: "58" },
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }],
      nodeInfo: { kubeletVersion: "v1.33.4-eks-99d6cc0", containerRuntimeVersion: "containerd://1.7.27" },
    },
  }));
}

export function autoscalers(world: World): KubernetesObject[] {
  const { focus } = world.scenario;
  const { current, desired } = world.truth.autoscaler;
  const made: KubernetesObject[] = [];
  if (focus.autoscaler) {
    const { name, min, max, target } = focus.autoscaler;
    const status = {
      currentReplicas: current.at(-1) ?? focus.replicas,
      desiredReplicas: desired.at(-1) ?? focus.replicas,
      currentMetrics: [resource({ averageUtilization: utilisation(world), averageValue: "0" }, "current")],
      conditions: [
        { type: "AbleToScale", status: "True", reason: "ReadyForNewScale" },
        { type: "ScalingActive", status: "True", reason: "ValidMetricFound" },
      ],
    };
    made.push(autoscaler(world, name, { target: focus.deployment, min, max, percent: target }, status));
  }
  if (focus.orphanedAutoscaler) {
    const { name, target } = focus.orphanedAutoscaler;
    const conditions = [{ type: "AbleToScale", status: "False", reason: "FailedGetScale" }];
    const status = { currentReplicas: 0, desiredReplicas: 0, currentMetrics: null, conditions };
    made.push(autoscaler(world, name, { target, min: 2, max: 4, percent: 80 }, status));
  }
  return made;
}

function autoscaler(
  world: World,
  name: string,
  spec: { target: string; min: number; max: number; percent: number },
  status: object,
): KubernetesObject {
  const { namespace } = world.scenario.focus;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: {
      name,
      namespace,
      uid: uid("HorizontalPodAutoscaler", name),
      creationTimestamp: timeAgo(world, 300 * DAY),
    },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: spec.target },
      minReplicas: spec.min,
      maxReplicas: spec.max,
      metrics: [resource({ type: "Utilization", averageUtilization: spec.percent }, "target")],
    },
    status,
  };
}

function resource(value: object, key: "target" | "current") {
  return { type: "Resource", resource: { name: "cpu", [key]: value } };
}

function utilisation(world: World): number {
  const { focus } = world.scenario;
  const seen = podsAtEnd(world);
  const usage = seen.reduce((all, pod) => all + lastCores(pod.cpu, 60), 0);
  return Math.trunc((usage * 100) / (Math.max(1, seen.length) * focus.cpuRequest));
}

/** Mean cores over the last seconds of a cumulated line. */
function lastCores(cumulated: readonly number[], seconds: number): number {
  const last = cumulated.length - 1;
  const first = Math.max(0, last - seconds / TICK);
  return last > first ? ((cumulated[last] ?? 0) - (cumulated[first] ?? 0)) / ((last - first) * TICK) : 0;
}

/** metrics.k8s.io: the last 15 s before now, as metrics-server would tell `kubectl top`. */
export function podMetrics(world: World): KubernetesObject[] {
  const { focus, others } = world.scenario;
  const running = podsAtEnd(world).filter((pod) => (pod.started ?? 0) <= world.truth.length);
  const own = running.map((pod, index) =>
    metrics(
      world,
      pod.name,
      focus.namespace,
      { ...focusLabels(world), "pod-template-hash": pod.hash },
      focus.container,
      {
        cpu: lastCores(pod.cpu, 15),
        memory: focus.residentMemory * (1 + 0.013 * ((index % 5) - 2)),
      },
    ),
  );
  for (const [index, pod] of running.entries()) {
    const { beside } = focus;
    const object = own[index];
    if (!beside || !object) continue;
    const cpu = beside.idle + beside.ratio * lastCores(pod.cpu, 15);
    const more = { name: beside.container, usage: { cpu: `${Math.round(cpu * 1e3)}m`, memory: "90112Ki" } };
    own[index] = { ...object, containers: [...(object.containers as unknown[]), more] };
  }
  const rest = world.otherPods.flatMap((pod) => {
    const other = others[pod.other];
    const cpu = otherCores(world.scenario, pod.other, world.groups[pod.other + 1], world.minutes - 1);
    return other
      ? [metrics(world, pod.name, other.namespace, { app: other.service }, other.service, { cpu, memory: 2.1e8 })]
      : [];
  });
  return [...own, ...rest];
}

function metrics(
  world: World,
  name: string,
  namespace: string,
  labels: { readonly [key: string]: string },
  container: string,
  usage: { cpu: number; memory: number },
): KubernetesObject {
  return {
    metadata: { name, namespace, creationTimestamp: timeAgo(world, 0), labels },
    timestamp: timeAgo(world, 3),
    window: "15s",
    containers: [
      {
        name: container,
        usage: { cpu: `${Math.round(usage.cpu * 1e3)}m`, memory: `${Math.round(usage.memory / 1024)}Ki` },
      },
    ],
  };
}

export function configMaps(world: World): KubernetesObject[] {
  const { focus } = world.scenario;
  const { configFile } = world.server;
  const own = configMapName(world);
  return [
    ...(configFile ? [configMap(world, focus.namespace, own, { [configFile.name]: configFile.text })] : []),
    configMap(world, "kube-system", "cluster-autoscaler-status", { status: autoscalerStatus(world) }),
  ];
}

function configMap(
  world: World,
  namespace: string,
  name: string,
  data: { readonly [key: string]: string },
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace, uid: uid("ConfigMap", name), creationTimestamp: timeAgo(world, 391 * DAY) },
    data,
  };
}

/** How many more nodes than today a group may have that is there to grow. */
const SPARE = 4;

/** Least and most nodes of each group: spot grows, and on-demand stays as it is where there is spot beside it. */
function nodeGroups(world: World) {
  const { nodes } = world.scenario;
  const spot = nodes.some(({ capacityType }) => capacityType === "SPOT");
  return [...new Set(nodes.map(({ group }) => group))].sort().map((name) => {
    const own = nodes.filter(({ group }) => group === name);
    const grows = !spot || own.some(({ capacityType }) => capacityType === "SPOT");
    return { name, nodes: own.length, min: Math.min(2, own.length), max: own.length + (grows ? SPARE : 0) };
  });
}

/** What Cluster Autoscaler writes since 1.30. EKS names the Auto Scaling group after the node group and a UUID. */
function autoscalerStatus(world: World): string {
  const probed = `lastProbeTime: "${timeAgo(world, 8)}"`;
  const groups = nodeGroups(world).flatMap(({ name, nodes, min, max }) => [
    "- health:",
    `    cloudProviderTarget: ${nodes}`,
    `    ${probed}`,
    `    maxSize: ${max}`,
    `    minSize: ${min}`,
    "    nodeCounts:",
    "      registered:",
    `        ready: ${nodes}`,
    `        total: ${nodes}`,
    "    status: Healthy",
    `  name: eks-${name}-${uid("AutoScalingGroup", name)}`,
    "  scaleDown:",
    `    ${probed}`,
    "    status: NoCandidates",
    "  scaleUp:",
    `    ${probed}`,
    "    status: NoActivity",
  ]);
  const all = world.scenario.nodes.length;
  return `${[
    "autoscalerStatus: Running",
    "clusterWide:",
    "  health:",
    `    ${probed}`,
    "    nodeCounts:",
    "      registered:",
    `        ready: ${all}`,
    `        total: ${all}`,
    "    status: Healthy",
    "nodeGroups:",
    ...groups,
    `time: ${timeAgo(world, 8).replace("T", " ").replace("Z", " +0000 UTC")}`,
  ].join("\n")}\n`;
}
