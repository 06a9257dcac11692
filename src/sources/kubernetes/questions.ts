import { quantity } from "../../model/quantity.ts";
import type { Parsed, Typed } from "../../model/question.ts";
import type { Epoch } from "../../model/time.ts";
import {
  count,
  field,
  held,
  instantOrNull,
  labelsOrNone,
  listOf,
  Malformed,
  mapped,
  name,
  nameOrNull,
  pagedItems,
  port,
  stringsOrNone,
  text,
} from "../parse.ts";
import * as z from "../zod.ts";
import { podSpec } from "./pod-spec.ts";

/** A resource of the Kubernetes API: its group and version, and its plural name. */
export interface Resource {
  readonly apiVersion: string;
  readonly resource: string;
}

export interface Selection {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

function list<T>(schema: z.ZodMiniType<T>, what: Resource, where: Selection = {}): Typed<T[]> {
  return {
    question: { source: "kubernetes", operation: "list", input: { ...what, ...where } },
    parse: (pages) => pagedItems(schema, pages, "items"),
  };
}

const labels = labelsOrNone;
const owner = z.object({ kind: name, name, controller: z.nullish(z.boolean()) });
const metadata = z.object({
  name,
  namespace: nameOrNull,
  labels,
  annotations: stringsOrNone,
  creationTimestamp: mapped(z.optional(instantOrNull), (value) => value ?? null),
  ownerReferences: listOf(owner),
});
export type Metadata = z.infer<typeof metadata>;

const portName = z.nullish(z.union([z.string(), z.number()]));
const service = z.object({
  metadata,
  spec: z.object({
    type: z._default(z.string(), "ClusterIP"),
    clusterIP: text,
    selector: labels,
    externalTrafficPolicy: text,
    healthCheckNodePort: port,
    sessionAffinity: text,
    ports: listOf(
      z.object({
        name: text,
        port: z.int().check(z.positive(), z.maximum(65_535)),
        targetPort: portName,
        nodePort: port,
      }),
    ),
  }),
  status: z.nullish(
    z.object({ loadBalancer: z.nullish(z.object({ ingress: listOf(z.object({ hostname: nameOrNull })) })) }),
  ),
});
export type Service = z.infer<typeof service>;
/** All Services of the cluster: which one a target group serves is proven by tags, bindings or NodePorts, not by name. */
export const listServices = (): Typed<Service[]> => list(service, { apiVersion: "v1", resource: "services" });

const targetGroupBinding = z.object({
  metadata,
  spec: z.object({
    targetGroupARN: text,
    targetType: text,
    serviceRef: z.object({ name, port: portName }),
  }),
});
export type TargetGroupBinding = z.infer<typeof targetGroupBinding>;
/** TargetGroupBindings of the AWS Load Balancer Controller, all namespaces. */
export const listTargetGroupBindings = (): Typed<TargetGroupBinding[]> =>
  list(targetGroupBinding, { apiVersion: "elbv2.k8s.aws/v1beta1", resource: "targetgroupbindings" });
/** The same of EKS Auto Mode, whose own controller has an API group of its own (EKS User Guide, Auto Mode). */
export const listAutoModeBindings = (): Typed<TargetGroupBinding[]> =>
  list(targetGroupBinding, { apiVersion: "eks.amazonaws.com/v1", resource: "targetgroupbindings" });

/** When something happened, where that is only told along: an odd time costs itself and not the pod. */
const noted = z.catch(z.optional(instantOrNull), null);

const pod = z.object({
  metadata,
  spec: podSpec,
  status: z.object({
    phase: z._default(z.string(), "Unknown"),
    podIP: nameOrNull,
    conditions: z.nullish(z.array(z.object({ type: z.string(), status: z.string(), lastTransitionTime: noted }))),
    containerStatuses: z.nullish(
      z.array(
        z.object({
          name,
          restartCount: z._default(z.int().check(z.nonnegative()), 0),
          state: z.nullish(z.object({ running: z.nullish(z.object({ startedAt: noted })) })),
          lastState: z.nullish(z.object({ terminated: z.nullish(z.object({ reason: text })) })),
        }),
      ),
    ),
  }),
});
export type Pod = z.infer<typeof pod>;
export const listPods = (namespace: string, labelSelector: string): Typed<Pod[]> =>
  list(pod, { apiVersion: "v1", resource: "pods" }, { namespace, labelSelector });
/** The pods of the whole cluster with an address: one, or with the host's network all on that host. */
export const listPodsAt = (address: string): Typed<Pod[]> =>
  list(pod, { apiVersion: "v1", resource: "pods" }, { fieldSelector: `status.podIP=${address}` });

const workload = z.object({
  metadata,
  spec: z.object({
    replicas: count,
    selector: z.nullish(z.object({ matchLabels: labels })),
    template: z.object({ metadata: z.nullish(z.object({ labels })), spec: podSpec }),
  }),
});
export type Workload = z.infer<typeof workload>;
export type WorkloadKind = "Deployment" | "StatefulSet" | "DaemonSet";
const workloadResource: Record<WorkloadKind, string> = {
  Deployment: "deployments",
  StatefulSet: "statefulsets",
  DaemonSet: "daemonsets",
};
export const listWorkloads = (kind: WorkloadKind, namespace: string): Typed<Workload[]> =>
  list(workload, { apiVersion: "apps/v1", resource: workloadResource[kind] }, { namespace });

const replicaSet = z.object({
  metadata,
  spec: z.object({ replicas: count, template: z.nullish(z.object({ spec: podSpec })) }),
});
export type ReplicaSet = z.infer<typeof replicaSet>;
export const listReplicaSets = (namespace: string): Typed<ReplicaSet[]> =>
  list(replicaSet, { apiVersion: "apps/v1", resource: "replicasets" }, { namespace });

const cpuTarget = z.object({ type: z.string(), averageUtilization: count, averageValue: text });
const autoscaler = z.object({
  metadata,
  spec: z.object({
    scaleTargetRef: z.object({ kind: name, name }),
    minReplicas: count,
    maxReplicas: z.int().check(z.positive(), z.maximum(2 ** 31 - 1)),
    metrics: listOf(
      z.object({
        type: z.string(),
        resource: z.nullish(z.object({ name, target: cpuTarget })),
        containerResource: z.nullish(z.object({ name, container: name, target: cpuTarget })),
      }),
    ),
  }),
  status: z.nullish(z.object({ currentReplicas: count, desiredReplicas: count })),
});
export type Autoscaler = z.infer<typeof autoscaler>;
/** autoscaling/v2: the API server shows v1 objects in it too, their target as a Resource metric. */
export const listAutoscalers = (namespace: string): Typed<Autoscaler[]> =>
  list(autoscaler, { apiVersion: "autoscaling/v2", resource: "horizontalpodautoscalers" }, { namespace });

const event = mapped(
  z.object({
    involvedObject: z.object({ kind: name, name }),
    reason: z._default(name, ""),
    message: z._default(z.string(), ""),
    count,
    firstTimestamp: z.optional(instantOrNull),
    lastTimestamp: z.optional(instantOrNull),
    // What the scheduler writes has this in their place (Kubernetes API reference, Event v1).
    eventTime: z.optional(instantOrNull),
    series: z.nullish(z.object({ count, lastObservedTime: z.optional(instantOrNull) })),
  }),
  ({ involvedObject, reason, message, ...told }): ClusterEvent | null => {
    const at = told.firstTimestamp ?? told.eventTime ?? told.lastTimestamp ?? null;
    if (at === null) return null;
    const until = told.series?.lastObservedTime ?? told.lastTimestamp ?? at;
    return { ...involvedObject, reason, message, at, until, count: told.series?.count ?? told.count ?? 1 };
  },
);
/** Something that happened to an object, once or several times. */
export interface ClusterEvent {
  /** The object's kind and name. */
  readonly kind: string;
  readonly name: string;
  /** "Unhealthy", "ScalingReplicaSet" */
  readonly reason: string;
  readonly message: string;
  /** The first time and the last. */
  readonly at: Epoch;
  readonly until: Epoch;
  readonly count: number;
}
/** Events of a namespace, those without a time left out. The API server forgets them after an hour (--event-ttl). */
export function listEvents(namespace: string): Typed<ClusterEvent[]> {
  const { question, parse } = list(event, { apiVersion: "v1", resource: "events" }, { namespace });
  return {
    question,
    parse: (pages) => {
      const { value, flaws } = parse(pages);
      return { value: value.filter((one) => one !== null), flaws };
    },
  };
}

const node = z.object({
  metadata,
  spec: z.nullish(z.object({ providerID: nameOrNull })),
  status: z.object({
    allocatable: labels,
    addresses: z.nullish(z.array(z.object({ type: z.string(), address: name }))),
  }),
});
export type Node = z.infer<typeof node>;
export const listNodes = (): Typed<Node[]> => list(node, { apiVersion: "v1", resource: "nodes" });

const podMetrics = z.object({
  metadata: z.object({ name }),
  containers: z.array(z.object({ name, usage: z.object({ cpu: z.string() }) })),
});
/** `kubectl top pods`: one moment's CPU in cores, by pod. Weak evidence; see the pod-cpu step. */
export function podSnapshot(namespace: string, labelSelector: string): Typed<{ pod: string; cpu: number }[]> {
  const { question, parse } = list(
    podMetrics,
    { apiVersion: "metrics.k8s.io/v1beta1", resource: "pods" },
    { namespace, labelSelector },
  );
  return {
    question,
    parse: (pages) => {
      const { value, flaws } = parse(pages);
      const sum = (pod: z.infer<typeof podMetrics>) =>
        pod.containers.reduce((all, one) => all + (quantity(one.usage.cpu) ?? 0), 0);
      return { value: value.map((pod) => ({ pod: pod.metadata.name, cpu: sum(pod) })), flaws };
    },
  };
}

const configMap = z.object({ metadata, data: stringsOrNone });
/** One ConfigMap's text entries. */
export function getConfigMap(namespace: string, name: string): Typed<{ readonly [key: string]: string }> {
  return {
    question: {
      source: "kubernetes",
      operation: "get",
      input: { apiVersion: "v1", resource: "configmaps", namespace, name },
    },
    parse: ([page]) => ({ value: held(configMap, page, `ConfigMap ${namespace}/${name}`).data }),
  };
}

/** Standard output of one of the two permitted commands in one pod. Asked only where the user allows exec. */
export function execIn(namespace: string, pod: string, container: string, command: readonly string[]): Typed<string> {
  return {
    question: { source: "kubernetes", operation: "exec", input: { namespace, pod, container, command: [...command] } },
    parse: ([page]): Parsed<string> => {
      const out = field(page, "stdout");
      if (typeof out !== "string") throw new Malformed(`exec in ${namespace}/${pod} gave no output`);
      return { value: out };
    },
  };
}

const httpRoute = z.object({
  metadata,
  spec: z.object({
    rules: listOf(z.object({ backendRefs: listOf(z.object({ kind: text, name, namespace: nameOrNull })) })),
  }),
});
export type HttpRoute = z.infer<typeof httpRoute>;
/** HTTPRoutes of the Gateway API, all namespaces: asked only where the pods are Envoy Gateway's. */
export const listHttpRoutes = (): Typed<HttpRoute[]> =>
  list(httpRoute, { apiVersion: "gateway.networking.k8s.io/v1", resource: "httproutes" });

/** The label selector of a set of labels: "app=web,tier=api". */
export function selectorOf(selector: { readonly [label: string]: string }): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
