import type { PodTruth } from "../../pod.ts";
import { focusPodIp, podsAtEnd, readyAt, type World } from "../../world.ts";
import { focusLabels, type KubernetesObject, timeAt, uid } from "./meta.ts";

/** The API server keeps events for an hour (kube-apiserver, --event-ttl). */
const KEPT = 3600;

interface Told {
  readonly at: number;
  readonly pod: PodTruth;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** Events of the focus service's pods in the last hour. */
export function events(world: World): KubernetesObject[] {
  const { focus, nodes } = world.scenario;
  const told = world.truth.pods
    .flatMap((pod) => eventsOf(world, pod))
    .filter(({ at }) => at > world.truth.length - KEPT && at <= world.truth.length)
    .sort((a, b) => a.at - b.at);
  return told.map(({ at, pod, type, reason, message }) => {
    const name = `${pod.name}.${uid("Event", `${pod.name} ${reason} ${at}`).slice(0, 8)}`;
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name, namespace: focus.namespace, uid: uid("Event", name), creationTimestamp: timeAt(world, at) },
      involvedObject: { apiVersion: "v1", kind: "Pod", name: pod.name, namespace: focus.namespace },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: timeAt(world, at),
      lastTimestamp: timeAt(world, at),
      source: { component: "kubelet", host: nodes[pod.node]?.name },
    };
  });
}

function eventsOf(world: World, pod: PodTruth): Told[] {
  const { container } = world.scenario.focus;
  const warning = (at: number, reason: string, message: string): Told => ({
    at,
    pod,
    type: "Warning",
    reason,
    message,
  });
  const normal = (at: number, reason: string, message: string): Told => ({ at, pod, type: "Normal", reason, message });
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
