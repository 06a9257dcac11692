import { behindPodNames } from "../../behind.ts";
import type { PodTruth } from "../../pod.ts";
import { Random } from "../../random.ts";
import type { OtherService } from "../../scenario.ts";
import { focusPodIp, otherHash, podsAtEnd, readyAt, type World } from "../../world.ts";
import { focusLabels, type KubernetesObject, ownedBy, timeAgo, timeAt, uid } from "./meta.ts";
import { imageOf, podSpec, podTemplate } from "./template.ts";

const DAY = 86_400;

export function deployments(world: World): KubernetesObject[] {
  return [focusDeployment(world), ...world.scenario.others.map((other) => otherDeployment(world, other))];
}

function focusDeployment(world: World): KubernetesObject {
  const { focus } = world.scenario;
  const { maxUnavailable = 0 } = focus;
  const latest = world.truth.replicaSets.at(-1);
  const replicas = world.truth.autoscaler.desired.at(-1) ?? focus.replicas;
  const ready = podsAtEnd(world).filter((pod) => pod.ready <= world.truth.length).length;
  const spec = {
    replicas,
    revisionHistoryLimit: 10,
    selector: { matchLabels: focusLabels(world) },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: maxUnavailable > 0 ? 0 : 1, maxUnavailable } },
    template: podTemplate(world, latest?.version ?? focus.version),
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: focus.deployment,
      namespace: focus.namespace,
      uid: uid("Deployment", focus.deployment),
      creationTimestamp: timeAgo(world, 391 * DAY),
      generation: 212,
      labels: { ...focusLabels(world), ...(focus.appliedBy === "helm" ? HELM_LABEL : {}) },
      annotations: { "deployment.kubernetes.io/revision": String(latest?.revision ?? 1), ...fingerprint(world, spec) },
    },
    spec,
    status: {
      replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      updatedReplicas: replicas,
      conditions: [{ type: "Available", status: "True", reason: "MinimumReplicasAvailable" }],
    },
  };
}

const HELM_LABEL = { "app.kubernetes.io/managed-by": "Helm" };

/** What the tool that applied it leaves behind. */
function fingerprint(world: World, spec: unknown): { readonly [key: string]: string } {
  const { focus } = world.scenario;
  switch (focus.appliedBy) {
    case "kubectl": {
      const metadata = {
        annotations: {},
        labels: focusLabels(world),
        name: focus.deployment,
        namespace: focus.namespace,
      };
      const applied = { apiVersion: "apps/v1", kind: "Deployment", metadata, spec };
      return { "kubectl.kubernetes.io/last-applied-configuration": `${JSON.stringify(applied)}\n` };
    }
    case "operator":
      return {};
    case "helm":
      return { "meta.helm.sh/release-name": focus.deployment, "meta.helm.sh/release-namespace": focus.namespace };
    case "argocd":
      return {
        "argocd.argoproj.io/tracking-id": `${focus.deployment}:apps/Deployment:${focus.namespace}/${focus.deployment}`,
      };
  }
}

function otherDeployment(world: World, other: OtherService): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: other.service,
      namespace: other.namespace,
      uid: uid("Deployment", other.service),
      creationTimestamp: timeAgo(world, 391 * DAY),
      labels: { app: other.service },
      annotations: { "deployment.kubernetes.io/revision": "9" },
    },
    spec: {
      replicas: other.replicas,
      selector: { matchLabels: { app: other.service } },
      template: { metadata: { labels: { app: other.service } }, spec: otherSpec(world, other) },
    },
    status: { replicas: other.replicas, readyReplicas: other.replicas, availableReplicas: other.replicas },
  };
}

function otherSpec(world: World, other: OtherService) {
  const image = `${world.scenario.place.account}.dkr.ecr.${world.scenario.place.region}.amazonaws.com/${other.service}:v2.4.0`;
  return {
    containers: [
      {
        name: other.service,
        image,
        ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
        readinessProbe: { httpGet: { path: "/health", port: 8080 } },
      },
    ],
  };
}

/** Replica sets: the focus deployment's with those of earlier revisions, and the others'. */
export function replicaSets(world: World): KubernetesObject[] {
  const { focus, others, seed } = world.scenario;
  const { replicaSets: known, length } = world.truth;
  const first = known[0];
  const random = new Random(seed, "old replica sets");
  const old = Array.from({ length: Math.min(4, (first?.revision ?? 1) - 1) }, (_, index) => ({
    hash: random.suffix(10),
    version: previous(first?.version ?? "v1.0.0", index + 1),
    created: (first?.created ?? 0) - (index + 1) * DAY * random.between(2, 9),
    revision: (first?.revision ?? 1) - index - 1,
  })).reverse();
  const own = [...old, ...known].map(({ hash, version, created, revision }) => {
    const replicas = podsAtEnd(world).filter((pod) => pod.hash === hash).length;
    const name = `${focus.deployment}-${hash}`;
    const labels = { ...focusLabels(world), "pod-template-hash": hash };
    const template = podTemplate(world, version);
    return {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        name,
        namespace: focus.namespace,
        uid: uid("ReplicaSet", name),
        creationTimestamp: timeAgo(world, length - created),
        labels,
        annotations: {
          "deployment.kubernetes.io/revision": String(revision),
          "deployment.kubernetes.io/desired-replicas": String(focus.replicas),
        },
        ownerReferences: ownedBy("Deployment", focus.deployment),
      },
      spec: { replicas, selector: { matchLabels: labels }, template: { ...template, metadata: { labels } } },
      status: { replicas, readyReplicas: replicas, observedGeneration: 1 },
    };
  });
  return [...own, ...others.map((other) => otherReplicaSet(world, other))];
}

/** "v1.14.2-prod" for "v1.14.3-prod": the last number of the version before, never below 0. */
function previous(version: string, back: number): string {
  return version.replace(/(\d+)(?!.*\d)/, (last) => String(Math.max(0, Number(last) - back)));
}

function otherReplicaSet(world: World, other: OtherService): KubernetesObject {
  const hash = otherHash(other);
  const labels = { app: other.service, "pod-template-hash": hash };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${other.service}-${hash}`,
      namespace: other.namespace,
      uid: uid("ReplicaSet", other.service),
      creationTimestamp: timeAgo(world, 33 * DAY),
      labels,
      annotations: { "deployment.kubernetes.io/revision": "9" },
      ownerReferences: ownedBy("Deployment", other.service),
    },
    spec: {
      replicas: other.replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: otherSpec(world, other) },
    },
    status: { replicas: other.replicas, readyReplicas: other.replicas },
  };
}

/** Pods that are there at `now`. */
export function pods(world: World): KubernetesObject[] {
  const { others, nodes } = world.scenario;
  const own = podsAtEnd(world).map((pod) => focusPod(world, pod));
  const rest = world.otherPods.flatMap((pod) => {
    const other = others[pod.other];
    if (!other) return [];
    const hash = otherHash(other);
    const labels = { app: other.service, "pod-template-hash": hash };
    const nodeName = nodes[pod.node]?.name;
    const meta = { name: pod.name, namespace: other.namespace, hash, owner: `${other.service}-${hash}`, labels };
    return [
      podObject(
        world,
        meta,
        { ...otherSpec(world, other), nodeName },
        pod.ip,
        timeAgo(world, 12 * DAY),
        true,
        other.service,
      ),
    ];
  });
  return [...own, ...rest, ...behindPods(world)];
}

/** The pods of the services behind an ingress controller that are not simulated by themselves. */
function behindPods(world: World): KubernetesObject[] {
  const { behind, nodes } = world.scenario;
  return (behind?.services ?? []).flatMap((backend, place) => {
    const { namespace, service, inside } = backend;
    if (inside) return [];
    const { hash, names } = behindPodNames(world.scenario, backend);
    return names.map((name, index) => {
      const labels = { app: service, "pod-template-hash": hash };
      const owner = `${service}-${hash}`;
      const nodeName = nodes[index % nodes.length]?.name;
      const container = { name: service, image: `registry.example.com/${namespace}/${service}:1.0.0`, resources: {} };
      const meta = { name, namespace, hash, owner, labels };
      const spec = { containers: [container], nodeName };
      return podObject(world, meta, spec, `10.250.${place}.${10 + index}`, timeAgo(world, 9 * DAY), true, service);
    });
  });
}

function focusPod(world: World, pod: PodTruth): KubernetesObject {
  const { focus, nodes } = world.scenario;
  const owner = `${focus.deployment}-${pod.hash}`;
  const labels = { ...focusLabels(world), "pod-template-hash": pod.hash };
  const set = world.truth.replicaSets.find((one) => one.hash === pod.hash);
  const created = timeAt(world, pod.created ?? (set?.created ?? 0) + 4);
  const spec = { ...podSpec(world, pod.version), nodeName: nodes[pod.node]?.name };
  const meta = { name: pod.name, namespace: focus.namespace, hash: pod.hash, owner, labels };
  const made = podObject(
    world,
    meta,
    spec,
    focusPodIp(world, pod),
    created,
    readyAt(pod, world.truth.length),
    focus.container,
  );
  const { beside } = focus;
  const statuses = [
    status(world, focus.container, pod),
    ...(beside ? [{ ...status(world, beside.container, { ...pod, restarts: [] }), image: beside.image }] : []),
  ];
  const pending = (pod.started ?? 0) > world.truth.length;
  const phase = pending ? { phase: "Pending", podIP: undefined } : {};
  return { ...made, status: { ...(made.status as object), ...phase, containerStatuses: statuses } };
}

function status(world: World, name: string, pod: PodTruth) {
  const ready = readyAt(pod, world.truth.length);
  const last = pod.restarts.at(-1);
  const began = last ? last.at + 2 : (pod.started ?? world.truth.replicaSets[0]?.created ?? 0) + 6;
  const before = pod.restarts.at(-2);
  const waiting = (pod.started ?? 0) > world.truth.length;
  return {
    name,
    image: imageOf(world, pod.version),
    ready,
    started: ready,
    restartCount: pod.restarts.length,
    lastState: last
      ? {
          terminated: {
            exitCode: 137,
            reason: last.reason,
            startedAt: timeAt(world, before ? before.at + 2 : (pod.created ?? 0)),
            finishedAt: timeAt(world, last.at),
          },
        }
      : {},
    state: waiting ? { waiting: { reason: "ContainerCreating" } } : { running: { startedAt: timeAt(world, began) } },
  };
}

function podObject(
  world: World,
  meta: { name: string; namespace: string; hash: string; owner: string; labels: { readonly [key: string]: string } },
  spec: object & { nodeName: string | undefined },
  podIP: string,
  created: string,
  ready: boolean,
  container: string,
): KubernetesObject {
  const node = world.scenario.nodes.find((one) => one.name === spec.nodeName);
  const state = ready ? "True" : "False";
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: meta.name,
      generateName: `${meta.owner}-`,
      namespace: meta.namespace,
      uid: uid("Pod", meta.name),
      creationTimestamp: created,
      labels: meta.labels,
      ownerReferences: ownedBy("ReplicaSet", meta.owner),
    },
    spec,
    status: {
      phase: "Running",
      hostIP: node?.ip,
      podIP,
      startTime: created,
      qosClass: "Burstable",
      conditions: [
        { type: "PodScheduled", status: "True", lastTransitionTime: created },
        { type: "Initialized", status: "True" },
        { type: "ContainersReady", status: state },
        { type: "Ready", status: state },
      ],
      containerStatuses: [
        { name: container, ready, restartCount: 0, lastState: {}, state: { running: { startedAt: created } } },
      ],
    },
  };
}
