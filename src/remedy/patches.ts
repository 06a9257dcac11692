import type { Facts, WorkloadFact } from "../model/facts.ts";
import type { Fix } from "../model/judgement.ts";
import { shellQuoted } from "../model/shell.ts";
import { changedLines } from "./changed-lines.ts";

/** An object of the Kubernetes API, as kubectl names it: "deployment", "horizontalpodautoscalers.v1.autoscaling". */
export interface ObjectName {
  readonly kind: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * strategic: lists of containers, variables and constraints are merged by their keys (Kubernetes, "Update API Objects in
 * Place Using kubectl patch"), so that a patch names only what it changes. merge: RFC 7386, for what has no such lists.
 */
export type PatchType = "strategic" | "merge";

type Change = Fix["changes"][number];

function target({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace}/${name}`;
}

/** The command that a person would run against the cluster. */
function kubectlPatch(object: ObjectName, type: PatchType, patch: unknown): string {
  const { resource, namespace, name } = object;
  return `kubectl patch ${resource} ${shellQuoted(name)} -n ${shellQuoted(namespace)} --type=${type} -p ${shellQuoted(JSON.stringify(patch))}`;
}

/** The command that writes the changed manifest, for a file that GitOps syncs: nothing is touched in the cluster. */
function kubectlPatchFile(type: PatchType, patch: unknown): string {
  return `kubectl patch --local -f MANIFEST.yaml --type=${type} -p ${shellQuoted(JSON.stringify(patch))} -o yaml`;
}

/** Whether a controller takes a change by hand back on its own. */
export function undoneByGitOps(by: WorkloadFact["appliedBy"]): boolean {
  return by === "argocd" || by === "flux";
}

/**
 * A change of one object, written for where its configuration lives (000 I1). `now`: today's values in the shape of the
 * patch, as far as they are known.
 */
export function objectChange(
  by: WorkloadFact["appliedBy"],
  object: ObjectName,
  type: PatchType,
  patch: unknown,
  now: unknown = {},
): Change {
  const command = undoneByGitOps(by) ? kubectlPatchFile(type, patch) : kubectlPatch(object, type, patch);
  return { target: target(object), patch: JSON.stringify(patch, null, 2), command, lines: changedLines(now, patch) };
}

/** A change that only a person can make, since the value was not seen whole; the patch is then words. */
export function objectEdit(by: WorkloadFact["appliedBy"], object: ObjectName, words: string): Change {
  const { resource, namespace, name } = object;
  const command = undoneByGitOps(by)
    ? `edit the manifest: ${words}`
    : `kubectl edit ${resource} ${shellQuoted(name)} -n ${shellQuoted(namespace)}`;
  return { target: target(object), patch: words, command };
}

const HOME: Record<WorkloadFact["appliedBy"], string> = {
  kubectl:
    "make the same change in the manifest that the pipeline applies: the last-applied annotation shows that kubectl apply owns these fields, and the next deploy would revert a patch",
  helm: "make the same change in the chart's values: the next helm upgrade would revert a patch",
  argocd:
    "Argo CD undoes a patch by hand: change the manifest in the repository that it syncs from (MANIFEST.yaml in the commands) and let it sync",
  flux: "Flux undoes a patch by hand: change the manifest in the repository that it reconciles (MANIFEST.yaml in the commands) and let it reconcile",
  unknown:
    "find out what applies this object before patching it: it has no marker, and whatever applies it may revert the patch",
};

/** What has to be seen to so that the change stays. */
export function whereItLives(by: WorkloadFact["appliedBy"]): string {
  return HOME[by];
}

export function workloadName({ kind, namespace, name }: WorkloadFact): ObjectName {
  return { kind, resource: kind.toLowerCase(), namespace, name };
}

/**
 * An autoscaler by its v1 version: there the CPU target is one field, while v2 holds it in a list that a merge patch would
 * replace as a whole. The API server converts; what else it scales on stays (autoscaling.alpha.kubernetes.io/metrics).
 */
export function autoscalerName(namespace: string, name: string): ObjectName {
  return { kind: "HorizontalPodAutoscaler", resource: "horizontalpodautoscalers.v1.autoscaling", namespace, name };
}

/** Back to the revision before; for GitOps the rollback is the repository's. */
export function undoRollout(by: WorkloadFact["appliedBy"], name: ObjectName): string {
  return undoneByGitOps(by) ? "revert the commit and let it sync" : kubectlUndo(name);
}

/** Back to the revision before, in the cluster. */
export function kubectlUndo(name: ObjectName): string {
  return `kubectl rollout undo ${inPlace(name)}`;
}

/** Waits until a rollout is done. */
export function rolloutStatus(name: ObjectName): string {
  return `kubectl rollout status ${inPlace(name)}`;
}

function inPlace({ resource, namespace, name }: ObjectName): string {
  return `${shellQuoted(`${resource}/${name}`)} -n ${shellQuoted(namespace)}`;
}

/** Cores as Kubernetes writes them: 1.5 → "1500m", 2 → "2" would read like bytes, so always millicores. */
export function millicores(cores: number): string {
  return `${Math.round(cores * 1000)}m`;
}

/** Bytes in whole GiB or MiB, rounded up: 5368709120 → "5Gi", 805306368 → "768Mi". */
export function mebibytes(bytes: number): string {
  const mebi = Math.ceil(bytes / 2 ** 20);
  return mebi % 1024 === 0 ? `${mebi / 1024}Gi` : `${mebi}Mi`;
}

/** Another number of pods from the beginning, where that number is held. */
export function replicasChange(
  workload: WorkloadFact,
  autoscaler: Facts["autoscaler"] | undefined,
  pods: number,
): Change {
  const by = workload.appliedBy;
  const target = autoscaler?.target;
  // With an autoscaler the Deployment's own number is overwritten within seconds: its minimum is what counts.
  if (!target) {
    const now = { spec: { replicas: workload.replicas } };
    return objectChange(by, workloadName(workload), "merge", { spec: { replicas: pods } }, now);
  }
  const spec = { minReplicas: pods, maxReplicas: Math.max(target.max, pods) };
  const now = { spec: { minReplicas: target.min, maxReplicas: target.max } };
  return objectChange(by, autoscalerName(workload.namespace, target.name), "merge", { spec }, now);
}

/** The rollback of replicasChange: the autoscaler's bounds as they are, or the Deployment's own number. */
export function replicasUndo(workload: WorkloadFact, autoscaler: Facts["autoscaler"] | undefined): Change {
  const by = workload.appliedBy;
  const target = autoscaler?.target;
  if (!target) return objectChange(by, workloadName(workload), "merge", { spec: { replicas: workload.replicas } });
  const spec = { minReplicas: target.min, maxReplicas: target.max };
  return objectChange(by, autoscalerName(workload.namespace, target.name), "merge", { spec });
}
