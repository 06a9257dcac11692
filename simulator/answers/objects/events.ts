import { TICK } from "../../clock.ts";
import type { PodTruth } from "../../pod.ts";
import { focusPodIp, podsAtEnd, readyAt, type World } from "../../world.ts";
import { focusLabels, type KubernetesObject, timeAt, uid } from "./meta.ts";

/** The API server keeps events for an hour (kube-apiserver, --event-ttl). */
const KEPT = 3600;

interface Told {
  readonly at: number;
  /** The object that it is of, and who tells it. */
  readonly kind: "Pod" | "Deployment" | "HorizontalPodAutoscaler";
  readonly name: string;
  readonly source: { readonly component: string; readonly host?: string | undefined };
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** Events of the focus service's pods, Deployment and autoscaler in the last hour. */
export function events(world: World): KubernetesObject[] {
  const { focus } = world.scenario;
  const told = [...world.truth.pods.flatMap((pod) => eventsOf(world, pod)), ...scalings(world)]
    .filter(({ at }) => at > world.truth.length - KEPT && at <= world.truth.length)
    .sort((a, b) => a.at - b.at);
  return told.map(({ at, kind, name: of, type, reason, message, source }) => {
    const name = `${of}.${uid("Event", `${of} ${reason} ${at}`).slice(0, 8)}`;
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name, namespace: focus.namespace, uid: uid("Event", name), creationTimestamp: timeAt(world, at) },
      involvedObject: { apiVersion: API_VERSIONS[kind], kind, name: of, namespace: focus.namespace },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: timeAt(world, at),
      lastTimestamp: timeAt(world, at),
      source,
    };
  });
}

const API_VERSIONS: { readonly [kind in Told["kind"]]: string } = {
  Pod: "v1",
  Deployment: "apps/v1",
  HorizontalPodAutoscaler: "autoscaling/v2",
};

/** How many pods there are to be, as the autoscaler, where it says so, and the Deployment's controller tell. */
function scalings({ scenario, truth }: World): Told[] {
  const { focus, faults } = scenario;
  const { desired } = truth.autoscaler;
  const set = `${focus.deployment}-${truth.replicaSets.at(-1)?.hash ?? ""}`;
  return desired.flatMap((to, tick): Told[] => {
    const from = desired[tick - 1] ?? to;
    if (from === to) return [];
    const at = tick * TICK;
    const way =
      to > from
        ? ["up", "cpu resource utilization (percentage of request) above target"]
        : ["down", "All metrics below target"];
    const deployment: Told = {
      at,
      kind: "Deployment",
      name: focus.deployment,
      type: "Normal",
      reason: "ScalingReplicaSet",
      message: `Scaled ${way[0]} replica set ${set} from ${from} to ${to}`,
      source: { component: "deployment-controller" },
    };
    if (!focus.autoscaler || faults?.scaled) return [deployment];
    const autoscaler: Told = {
      at,
      kind: "HorizontalPodAutoscaler",
      name: focus.autoscaler.name,
      type: "Normal",
      reason: "SuccessfulRescale",
      message: `New size: ${to}; reason: ${way[1]}`,
      source: { component: "horizontal-pod-autoscaler" },
    };
    return [autoscaler, deployment];
  });
}

function eventsOf(world: World, pod: PodTruth): Told[] {
  const { focus, nodes } = world.scenario;
  const { container } = focus;
  const source = { component: "kubelet", host: nodes[pod.node]?.name };
  const of = { kind: "Pod", name: pod.name, source } as const;
  const warning = (at: number, reason: string, message: string): Told => ({
    ...of,
    at,
    type: "Warning",
    reason,
    message,
  });
  const normal = (at: number, reason: string, message: string): Told => ({
    ...of,
    at,
    type: "Normal",
    reason,
    message,
  });
  const kills = pod.restarts.flatMap(({ at, reason }) => [
    ...(reason === "Error"
      ? [
          warning(at - 1, "Unhealthy", "Liveness probe failed: context deadline exceeded"),
          normal(at, "Killing", `Container ${container} failed liveness probe, will be restarted`),
        ]
      : []),
    normal(at + 2, "Started", `Started container ${container}`),
  ]);
  const born = pod.started === null ? [] : [normal(pod.started + 6, "Started", `Started container ${container}`)];
  const out = pod.outs.map(({ from }) =>
    warning(from, "Unhealthy", "Readiness probe failed: context deadline exceeded (Client.Timeout exceeded)"),
  );
  return [...pulled(world, pod, normal), ...born, ...kills, ...out];
}

/** The image's way to the node, where it takes its time. */
function pulled(
  world: World,
  { created, started, version }: PodTruth,
  normal: (at: number, reason: string, message: string) => Told,
): Told[] {
  if (created === null || started === null || started === created) return [];
  const image = `"${world.scenario.focus.image}:${version}"`;
  const seconds = started - created - 1;
  return [
    normal(created + 1, "Pulling", `Pulling image ${image}`),
    normal(
      started,
      "Pulled",
      `Successfully pulled image ${image} in ${seconds.toFixed(3)}s (${seconds.toFixed(3)}s including waiting)`,
    ),
  ];
}

/** The focus Service's endpoints. */
export function endpointSlices(world: World): KubernetesObject[] {
  const { focus, nodes } = world.scenario;
  const name = `${focus.service}-x7k2p`;
  return [
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: {
        name,
        namespace: focus.namespace,
        uid: uid("EndpointSlice", name),
        labels: { ...focusLabels(world), "kubernetes.io/service-name": focus.service },
      },
      addressType: "IPv4",
      ports: [{ name: "http", port: focus.targetPort, protocol: "TCP" }],
      endpoints: podsAtEnd(world).map((pod) => {
        const ready = readyAt(pod, world.truth.length);
        const node = nodes[pod.node];
        return {
          addresses: [focusPodIp(world, pod)],
          conditions: { ready, serving: ready, terminating: false },
          nodeName: node?.name,
          zone: node?.zone,
          targetRef: { kind: "Pod", name: pod.name, namespace: focus.namespace },
        };
      }),
    },
  ];
}
