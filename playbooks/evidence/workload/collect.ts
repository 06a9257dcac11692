import {
  type Container,
  type ContainerFact,
  defineStep,
  escaped,
  isProxy,
  listed,
  listPods,
  listReplicaSets,
  listWorkloads,
  type Metadata,
  type MountFact,
  type Pod,
  type PodFact,
  type PodSpec,
  plural,
  type ReplicaSet,
  type ServiceFact,
  selectorOf,
  type Workload,
  type WorkloadFact,
  type WorkloadKind,
} from "../../../src/playbook.ts";
import { serviceFact } from "../service/fact.ts";
import { workloadFact } from "./fact.ts";

/** The pods behind the Service, and the Deployment, StatefulSet or DaemonSet that made them. */
export default defineStep({
  id: "workload",
  title: "workload",
  needs: { service: serviceFact },
  uses: [],
  gives: [workloadFact],
  async run({ facts, ask, give, find, lack }) {
    const { namespace, name, selector } = facts.service;
    if (Object.keys(selector).length === 0) {
      lack({
        source: "kubernetes",
        kind: "missing",
        what: `Service ${namespace}/${name} has no selector, so its pods are not known`,
        remedy: "look at its Endpoints by hand",
      });
      return;
    }
    const podsAsked = listPods(namespace, selectorOf(selector));
    const deploymentsAsked = listWorkloads("Deployment", namespace);
    const [pods, deployments, replicaSets] = await Promise.all([
      ask(podsAsked),
      ask(deploymentsAsked),
      ask(listReplicaSets(namespace)),
    ]);
    if (!pods.ok) return;
    const owner = ownerOf(pods.value, replicaSets.ok ? replicaSets.value : []);
    const kind = owner?.kind ?? "Deployment";
    const workloadsAsked = kind === "Deployment" ? deploymentsAsked : listWorkloads(kind, namespace);
    const workloads = kind === "Deployment" ? deployments : await ask(workloadsAsked);
    if (!workloads.ok) return;
    const candidates = workloads.value.filter((one) =>
      owner ? one.metadata.name === owner.name : selects(selector, one),
    );
    const workload = candidates.length === 1 ? candidates[0] : undefined;
    const serving = workload ? servingContainer(workload.spec.template.spec, facts.service) : undefined;
    if (!workload || !serving) {
      const what =
        candidates.length > 1
          ? `Service ${namespace}/${name} selects ${candidates.length} ${kind}s at once`
          : `no ${kind} is found behind Service ${namespace}/${name}`;
      lack({
        source: "kubernetes",
        kind: "missing",
        what,
        remedy: "look at the Service's selector and its pods by hand",
      });
      return;
    }
    const fact = toFact(kind, workload, serving, pods.value, replicaSets.ok ? replicaSets.value : []);
    give(workloadFact, fact);
    find({ id: "pods", ...podsWords(fact), proof: [podsAsked.question, workloadsAsked.question] });
    find({ id: "resources", ...resourceWords(fact), proof: [workloadsAsked.question] });
    find({ id: "probes", ...probeWords(fact), proof: [workloadsAsked.question] });
    find({ id: "applied-by", ...appliedWords(fact), proof: [workloadsAsked.question] });
  },
});

/** Who made the pods: their controller, or the owner of their ReplicaSet. Null where nothing says, or not all agree. */
function ownerOf(
  pods: readonly Pod[],
  replicaSets: readonly ReplicaSet[],
): { kind: WorkloadKind; name: string } | null {
  const owners = new Map<string, { kind: WorkloadKind; name: string }>();
  for (const { metadata } of pods) {
    const direct = controller(metadata);
    const set =
      direct?.kind === "ReplicaSet" ? replicaSets.find((one) => one.metadata.name === direct.name) : undefined;
    // A ReplicaSet that could not be read is named after its Deployment plus the pod template's hash.
    const guessed =
      direct?.kind === "ReplicaSet" ? { kind: "Deployment", name: direct.name.replace(/-[a-z0-9]+$/, "") } : direct;
    const owner = set ? controller(set.metadata) : guessed;
    if (owner && isKind(owner.kind)) owners.set(`${owner.kind}/${owner.name}`, { kind: owner.kind, name: owner.name });
  }
  const [only, ...more] = owners.values();
  return only && more.length === 0 ? only : null;
}

function controller(metadata: Metadata) {
  return metadata.ownerReferences.find((owner) => owner.controller) ?? metadata.ownerReferences[0];
}

function isKind(kind: string): kind is WorkloadKind {
  return kind === "Deployment" || kind === "StatefulSet" || kind === "DaemonSet";
}

function selects(selector: { readonly [label: string]: string }, workload: Workload): boolean {
  const labels = workload.spec.template.metadata?.labels ?? {};
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/**
 * The container that works on the requests: the one with the Service's target port, unless it is a proxy in front of
 * another one; where none declares the port, the one with the largest CPU request.
 */
function servingContainer(spec: PodSpec, service: ServiceFact): ContainerFact | undefined {
  const declaring = spec.containers.find(({ ports }) =>
    ports.some((port) => String(port.port) === service.targetPort || port.name === service.targetPort),
  );
  // A proxy in front of the application takes the port, and works on no request itself.
  const applications = spec.containers.filter((one) => !isProxy(one));
  const [largest] = [...applications].sort((a, b) => (b.cpuRequest ?? 0) - (a.cpuRequest ?? 0));
  const found = declaring && (!isProxy(declaring) || !largest) ? declaring : (largest ?? spec.containers[0]);
  return found ? toContainer(found, spec) : undefined;
}

function toContainer({ volumeMounts, ...container }: Container, spec: PodSpec): ContainerFact {
  const mounts = volumeMounts.map(({ name, mountPath, subPath }) => ({
    path: mountPath,
    subPath,
    parts: partsOf(spec.volumes.find((volume) => volume.name === name)),
  }));
  const parts = mounts.flatMap((mount) => mount.parts);
  const configMaps = [...new Set(parts.flatMap(({ kind, name }) => (kind === "ConfigMap" ? [name] : [])))];
  return { ...container, mounts, configMaps };
}

/** What a volume is made of; a projected one is made of several objects. */
function partsOf(volume: PodSpec["volumes"][number] | undefined): MountFact["parts"] {
  const other = (kind: "Secret" | "other", name: string) => ({ kind, name, items: null });
  const map = ({ name, items }: { name: string; items?: MountFact["parts"][number]["items"] | undefined }) =>
    ({ kind: "ConfigMap", name, items: items ?? null }) as const;
  if (volume?.configMap) return [map(volume.configMap)];
  if (volume?.secret) return [other("Secret", volume.secret.secretName ?? volume.name)];
  if (volume?.projected)
    return volume.projected.sources.map(({ configMap, secret }) =>
      configMap ? map(configMap) : other(secret ? "Secret" : "other", secret?.name ?? volume.name),
    );
  return [other("other", volume?.name ?? "an unknown volume")];
}

function toFact(
  kind: WorkloadKind,
  workload: Workload,
  serving: ContainerFact,
  pods: readonly Pod[],
  replicaSets: readonly ReplicaSet[],
): WorkloadFact {
  const { metadata, spec } = workload;
  const { containers, topologySpreadConstraints } = spec.template.spec;
  const mine = replicaSets
    .filter((set) => set.metadata.ownerReferences.some((owner) => owner.kind === kind && owner.name === metadata.name))
    .sort((a, b) => (a.metadata.creationTimestamp ?? 0) - (b.metadata.creationTimestamp ?? 0));
  return {
    kind,
    namespace: metadata.namespace ?? "default",
    name: metadata.name,
    replicas: spec.replicas ?? pods.length,
    pods: pods.map(toPod).sort((a, b) => (a.name < b.name ? -1 : 1)),
    serving,
    containers: containers.map((one) => toContainer(one, spec.template.spec)),
    podCpuRequest: total(containers.map(({ cpuRequest }) => cpuRequest)),
    podMemoryRequest: total(containers.map(({ memoryRequest }) => memoryRequest)),
    podPattern: podPattern(kind, metadata.name, mine),
    appliedBy: appliedBy(metadata),
    spread: topologySpreadConstraints.map(
      ({ topologyKey, maxSkew, whenUnsatisfiable }) => `${topologyKey}, maxSkew ${maxSkew}, ${whenUnsatisfiable}`,
    ),
    replicaSets: mine.map((set) => ({
      name: set.metadata.name,
      created: set.metadata.creationTimestamp ?? 0,
      revision: Number(set.metadata.annotations["deployment.kubernetes.io/revision"] ?? Number.NaN) || null,
      image: set.spec.template?.spec.containers.find(({ name }) => name === serving.name)?.image ?? null,
    })),
  };
}

/** Pods of a Deployment are named <replica set>-<5 characters>; past pods of a replica set still have series. */
function podPattern(kind: WorkloadKind, name: string, replicaSets: readonly ReplicaSet[]): string {
  if (kind !== "Deployment") return `${escaped(name)}-[a-z0-9]+`;
  const sets = replicaSets.map(({ metadata }) => escaped(metadata.name));
  return `(${sets.length > 0 ? sets.join("|") : `${escaped(name)}-[a-z0-9]+`})-[a-z0-9]{5}`;
}

function toPod({ metadata, spec, status }: Pod): PodFact {
  const containers = status.containerStatuses ?? [];
  const ended = containers.find(({ lastState }) => lastState?.terminated)?.lastState?.terminated;
  return {
    name: metadata.name,
    node: spec.nodeName,
    ip: status.podIP,
    ready: (status.conditions ?? []).some(({ type, status: value }) => type === "Ready" && value === "True"),
    phase: status.phase,
    created: metadata.creationTimestamp,
    restarts: containers.reduce((all, { restartCount }) => all + restartCount, 0),
    lastTermination: ended?.reason ?? null,
  };
}

/** The sum, or null as soon as one is missing: without every container's request there is no utilisation to scale on. */
function total(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((all, value) => (all === null || value === null ? null : all + value), 0);
}

/** How it is applied, by the marks that each way leaves on the object. GitOps first: it undoes what the others do. */
function appliedBy({ annotations, labels }: Metadata): WorkloadFact["appliedBy"] {
  if (annotations["argocd.argoproj.io/tracking-id"] || labels["argocd.argoproj.io/instance"]) return "argocd";
  if (labels["kustomize.toolkit.fluxcd.io/name"] || labels["helm.toolkit.fluxcd.io/name"]) return "flux";
  if (annotations["meta.helm.sh/release-name"] || labels["app.kubernetes.io/managed-by"] === "Helm") return "helm";
  return annotations["kubectl.kubernetes.io/last-applied-configuration"] ? "kubectl" : "unknown";
}

function podsWords({ kind, namespace, name, replicas, pods }: WorkloadFact) {
  const ready = pods.filter((pod) => pod.ready).length;
  const nodes = new Set(pods.flatMap(({ node }) => node ?? [])).size;
  const restarts = pods.reduce((all, pod) => all + pod.restarts, 0);
  const endings = [...new Set(pods.flatMap(({ lastTermination }) => lastTermination ?? []))];
  const restarted =
    restarts === 0
      ? "no restarts"
      : `${plural(restarts, "restart")}${endings.length > 0 ? ` (${listed(endings)})` : ""}`;
  return {
    statement: `${kind} ${namespace}/${name}: ${plural(pods.length, "pod")}, ${ready} ready, on ${plural(nodes, "node")}, ${restarted}`,
    measures: { replicas, pods: pods.length, ready, nodes, restarts },
  };
}

function resourceWords({ serving, podCpuRequest, podMemoryRequest }: WorkloadFact) {
  const { name, cpuRequest, cpuLimit, memoryRequest, memoryLimit } = serving;
  const told = (value: number | null) => (value === null ? "none" : String(Number(value.toFixed(3))));
  return {
    statement: `container ${name} requests ${told(cpuRequest)} cores with a limit of ${told(cpuLimit)}`,
    measures: { cpuRequest, cpuLimit, memoryRequest, memoryLimit, podCpuRequest, podMemoryRequest },
  };
}

function probeWords({ serving }: WorkloadFact) {
  const { readiness, liveness, startup } = serving.probes;
  const has = [...(startup ? ["startup"] : []), ...(liveness ? ["liveness"] : []), ...(readiness ? ["readiness"] : [])];
  const missing = readiness ? "" : "; no readiness probe, so a pod that cannot serve stays in rotation";
  return {
    statement: `probes: ${has.length > 0 ? listed(has) : "none"}${missing}`,
    measures: { readiness, liveness, startup },
  };
}

const APPLIED: Record<WorkloadFact["appliedBy"], string> = {
  kubectl: "applied with kubectl (last-applied annotation), not by GitOps",
  helm: "released by Helm",
  argocd: "managed by Argo CD: a change by hand would be undone",
  flux: "managed by Flux: a change by hand would be undone",
  unknown: "applied in a way that nothing on it tells",
};

function appliedWords({ appliedBy: by, kind, name }: WorkloadFact) {
  return { statement: `${kind} ${name} is ${APPLIED[by]}`, measures: { appliedBy: by } };
}
