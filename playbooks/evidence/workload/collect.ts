import {
  type Container,
  type ContainerFact,
  defineStep,
  escaped,
  highest,
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
} from "../../../src/playbook.ts";
import { serviceFact } from "../service/fact.ts";
import { workloadFact } from "./fact.ts";
import { fromPods, isListed, ownerOf } from "./owner.ts";
import { servingContainer } from "./serving.ts";

/** The pods behind the Service, and what made them: a Deployment, a Rollout, a StatefulSet, or nothing but themselves. */
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
    const sets = replicaSets.ok ? replicaSets.value : [];
    const owner = ownerOf(pods.value, sets);
    const kind = owner?.kind ?? "Deployment";
    const listed = isListed(kind) ? kind : null;
    const workloadsAsked =
      listed === null ? podsAsked : listed === "Deployment" ? deploymentsAsked : listWorkloads(listed, namespace);
    const workloads =
      listed === null ? null : listed === "Deployment" ? deployments : await ask(listWorkloads(listed, namespace));
    if (workloads && !workloads.ok) return;
    const candidates = workloads
      ? workloads.value.filter((one) => (owner ? one.metadata.name === owner.name : selects(selector, one)))
      : owner
        ? [fromPods(owner, pods.value, sets)].filter((one) => one !== null)
        : [];
    const workload = candidates.length === 1 ? candidates[0] : undefined;
    const serving = workload ? servingOf(workload.spec.template.spec, facts.service) : undefined;
    if (!workload || !serving) {
      const what =
        candidates.length > 1
          ? `Service ${namespace}/${name} selects ${candidates.length} ${kind}s at once`
          : pods.value.length === 0
            ? `Service ${namespace}/${name} selects no pod`
            : `no ${kind} is found behind Service ${namespace}/${name}`;
      lack({
        source: "kubernetes",
        kind: "missing",
        what,
        remedy: "look at the Service's selector and its pods by hand",
      });
      return;
    }
    const fact = toFact(kind, workload, serving, pods.value, sets);
    give(workloadFact, fact);
    find({ id: "pods", ...podsWords(fact), proof: [podsAsked.question, workloadsAsked.question] });
    find({ id: "resources", ...resourceWords(fact), proof: [workloadsAsked.question] });
    find({ id: "probes", ...probeWords(fact), proof: [workloadsAsked.question] });
    find({ id: "applied-by", ...appliedWords(fact), proof: [workloadsAsked.question] });
  },
});

function selects(selector: { readonly [label: string]: string }, workload: Workload): boolean {
  const labels = workload.spec.template.metadata?.labels ?? {};
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function servingOf(spec: PodSpec, service: ServiceFact): ContainerFact | undefined {
  const found = servingContainer(spec.containers, service.targetPort);
  return found ? toContainer(found, spec) : undefined;
}

/** A container of a pod or template as a fact, with what its mounts are made of. */
export function toContainer({ volumeMounts, ...container }: Container, spec: PodSpec): ContainerFact {
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

/** Seconds (PodSpec v1 core, terminationGracePeriodSeconds). */
const DEFAULT_GRACE = 30;

function toFact(
  kind: WorkloadFact["kind"],
  workload: Workload,
  serving: ContainerFact,
  pods: readonly Pod[],
  replicaSets: readonly ReplicaSet[],
): WorkloadFact {
  const { metadata, spec } = workload;
  const { containers, topologySpreadConstraints } = spec.template.spec;
  const isMine = (set: ReplicaSet) =>
    kind === "ReplicaSet"
      ? set.metadata.name === metadata.name
      : set.metadata.ownerReferences.some((owner) => owner.kind === kind && owner.name === metadata.name);
  const mine = replicaSets
    .filter(isMine)
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
    terminationGrace: spec.template.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE,
    podPattern: podPattern(kind, metadata.name, mine, pods),
    appliedBy: appliedBy(metadata),
    spread: topologySpreadConstraints.map(
      ({ topologyKey, maxSkew, whenUnsatisfiable }) => `${topologyKey}, maxSkew ${maxSkew}, ${whenUnsatisfiable}`,
    ),
    replicaSets: mine.map((set) => ({
      name: set.metadata.name,
      created: set.metadata.creationTimestamp ?? 0,
      revision: revisionOf(set.metadata.annotations["deployment.kubernetes.io/revision"]),
      image: set.spec.template?.spec.containers.find(({ name }) => name === serving.name)?.image ?? null,
    })),
  };
}

/** Revisions count from 1 (the Deployment controller). */
export function revisionOf(annotation: string | undefined): number | null {
  const revision = Number(annotation);
  return Number.isSafeInteger(revision) && revision > 0 ? revision : null;
}

/** Pods of a replica set are named <replica set>-<5 characters>; past pods of one still have series. */
function podPattern(
  kind: WorkloadFact["kind"],
  name: string,
  replicaSets: readonly ReplicaSet[],
  pods: readonly Pod[],
): string {
  if (kind === "Pod") return `(${pods.map(({ metadata }) => escaped(metadata.name)).join("|")})`;
  if (kind === "StatefulSet" || kind === "DaemonSet") return `${escaped(name)}-[a-z0-9]+`;
  const sets = replicaSets.map(({ metadata }) => escaped(metadata.name));
  return `(${sets.length > 0 ? sets.join("|") : `${escaped(name)}-[a-z0-9]+`})-[a-z0-9]{5}`;
}

function toPod({ metadata, spec, status }: Pod): PodFact {
  const containers = status.containerStatuses ?? [];
  const ended = containers.find(({ lastState }) => lastState?.terminated)?.lastState?.terminated;
  const restarts = containers.reduce((all, { restartCount }) => all + restartCount, 0);
  const condition = (wanted: string) =>
    (status.conditions ?? []).find(({ type, status: value }) => type === wanted && value === "True");
  return {
    name: metadata.name,
    node: spec.nodeName,
    ip: status.podIP,
    ready: condition("Ready") !== undefined,
    phase: status.phase,
    created: metadata.creationTimestamp,
    scheduled: condition("PodScheduled")?.lastTransitionTime ?? null,
    // A container that was restarted says when it began last.
    started: restarts > 0 ? null : highest(containers.flatMap(({ state }) => state?.running?.startedAt ?? [])),
    restarts,
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
  const requested = cpuRequest === null ? "no CPU" : `${told(cpuRequest)} ${cpuRequest === 1 ? "core" : "cores"}`;
  return {
    statement: `container ${name} requests ${requested} ${cpuLimit === null ? "without a limit" : `with a limit of ${told(cpuLimit)}`}`,
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
  kubectl: "is applied with kubectl (last-applied annotation), not by GitOps",
  helm: "is released by Helm",
  argocd: "is managed by Argo CD: a manual change would be undone",
  flux: "is managed by Flux: a manual change would be undone",
  unknown: "has no Helm, GitOps or kubectl apply marker: how it is deployed is unknown",
};

function appliedWords({ appliedBy: by, kind, name }: WorkloadFact) {
  return { statement: `${kind} ${name} ${APPLIED[by]}`, measures: { appliedBy: by } };
}
