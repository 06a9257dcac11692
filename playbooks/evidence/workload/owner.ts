import type { Metadata, Pod, ReplicaSet, Workload, WorkloadFact, WorkloadKind } from "../../../src/playbook.ts";

type Kind = WorkloadFact["kind"];

export interface Owner {
  readonly kind: Kind;
  readonly name: string;
}

/**
 * Who made the pods: their controller, or the owner of their ReplicaSet. A controller of a kind that is not known here
 * owns them through a ReplicaSet (Argo's Rollout), or the ReplicaSet or the pod stands alone. Null where there is no pod,
 * or not all agree.
 */
export function ownerOf(pods: readonly Pod[], replicaSets: readonly ReplicaSet[]): Owner | null {
  const owners = new Map<string, Owner>();
  for (const pod of pods) {
    const owner = ownerOfOne(pod, replicaSets);
    owners.set(`${owner.kind}/${owner.name}`, owner);
  }
  const [only, ...more] = owners.values();
  // Pods that nothing made have each their own name; together they are what the Service selects.
  if (only?.kind === "Pod" && more.every(({ kind }) => kind === "Pod")) return only;
  return only && more.length === 0 ? only : null;
}

function ownerOfOne({ metadata }: Pod, replicaSets: readonly ReplicaSet[]): Owner {
  const direct = controller(metadata);
  if (direct?.kind !== "ReplicaSet") {
    const kind = direct ? known(direct.kind) : null;
    return kind && direct ? { kind, name: direct.name } : { kind: "Pod", name: metadata.name };
  }
  const set = replicaSets.find((one) => one.metadata.name === direct.name);
  // A ReplicaSet that could not be read is named after its Deployment plus the pod template's hash.
  if (!set) return { kind: "Deployment", name: direct.name.replace(/-[a-z0-9]+$/, "") };
  const above = controller(set.metadata);
  const kind = above ? known(above.kind) : null;
  return kind && above ? { kind, name: above.name } : { kind: "ReplicaSet", name: direct.name };
}

function controller(metadata: Metadata) {
  return metadata.ownerReferences.find((owner) => owner.controller) ?? metadata.ownerReferences[0];
}

function known(kind: string): Kind | null {
  return kind === "Deployment" || kind === "StatefulSet" || kind === "DaemonSet" || kind === "Rollout" ? kind : null;
}

/** Whether the kind can be listed with its template; the others are known by their pods alone. */
export function isListed(kind: Kind): kind is WorkloadKind {
  return kind === "Deployment" || kind === "StatefulSet" || kind === "DaemonSet";
}

/**
 * The workload as its pods show it, where the object above them is not read: the newest pod's spec, and the replicas that
 * its ReplicaSets want. Null without pods.
 */
export function fromPods(
  { kind, name }: Owner,
  pods: readonly Pod[],
  replicaSets: readonly ReplicaSet[],
): Workload | null {
  const [newest] = [...pods].sort((a, b) => (b.metadata.creationTimestamp ?? 0) - (a.metadata.creationTimestamp ?? 0));
  if (!newest) return null;
  const sets = replicaSets.filter((set) => set.metadata.name === name || controller(set.metadata)?.name === name);
  const wanted = sets.flatMap(({ spec }) => spec.replicas ?? []);
  const { labels } = newest.metadata;
  return {
    metadata: { ...newest.metadata, name, ownerReferences: [], annotations: {} },
    spec: {
      replicas: kind === "Pod" || wanted.length === 0 ? pods.length : wanted.reduce((all, one) => all + one, 0),
      selector: null,
      template: { metadata: { labels }, spec: newest.spec },
    },
  };
}
