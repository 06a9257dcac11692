import type { Epoch, Series } from "../time.ts";
import type { ServiceFact } from "./balancer.ts";

export interface ProbeFact {
  readonly readiness: boolean;
  readonly liveness: boolean;
  readonly startup: boolean;
}

/** One variable of a container's `env`, as the manifest gives it. */
export interface EnvironmentEntry {
  readonly name: string;
  /** The plain value, `$(VAR)` not yet expanded; null where it comes from elsewhere. */
  readonly value: string | null;
  /** Null: a plain value. A Secret is never read, and neither is what the kubelet fills in (a field, a resource). */
  readonly from:
    | { readonly kind: "ConfigMap" | "Secret"; readonly name: string; readonly key: string; readonly optional: boolean }
    | { readonly kind: "field" | "resource"; readonly what: string }
    | null;
}

/** One entry of a container's `envFrom`: all keys of an object become variables. */
export interface EnvironmentSource {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  /** Put before each key. */
  readonly prefix: string;
  readonly optional: boolean;
}

/** A volume where a container mounts it. */
export interface MountFact {
  readonly path: string;
  /** The one file or folder of the volume that is mounted; null: all of it. */
  readonly subPath: string | null;
  /** What the volume is made of: a ConfigMap's keys, or something that is not read (a Secret, a disk). */
  readonly parts: readonly {
    readonly kind: "ConfigMap" | "Secret" | "other";
    readonly name: string;
    /** Keys with the paths that they get in the volume; null: every key under its own name. */
    readonly items: readonly { readonly key: string; readonly path: string }[] | null;
  }[];
}

export interface ContainerFact {
  readonly name: string;
  readonly image: string | null;
  /** The command with its arguments. */
  readonly command: readonly string[];
  /** The arguments alone: a patch replaces command and args apart. */
  readonly args?: readonly string[];
  /** Variables with a plain value; `variables` holds all of them. */
  readonly environment: { readonly [name: string]: string };
  readonly variables?: readonly EnvironmentEntry[];
  readonly variablesFrom?: readonly EnvironmentSource[];
  readonly mounts?: readonly MountFact[];
  /** Where the command starts; null: where the image says. */
  readonly workingDirectory?: string | null;
  readonly ports: readonly { readonly name: string | null; readonly port: number }[];
  readonly cpuRequest: number | null;
  readonly cpuLimit: number | null;
  readonly memoryRequest: number | null;
  readonly memoryLimit: number | null;
  readonly probes: ProbeFact;
  /** Whether something is done before it is told to stop. */
  readonly hasPreStop?: boolean;
  /** ConfigMaps that the container mounts. */
  readonly configMaps: readonly string[];
}

export interface PodFact {
  readonly name: string;
  readonly node: string | null;
  readonly ip: string | null;
  readonly ready: boolean;
  readonly phase: string;
  readonly created: Epoch | null;
  /** When it got its node, and when its containers ran; absent or null: not known. */
  readonly scheduled?: Epoch | null;
  readonly started?: Epoch | null;
  readonly restarts: number;
  readonly lastTermination: string | null;
}

export interface WorkloadFact {
  /** Rollout: Argo's. ReplicaSet and Pod: nothing else made them. */
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "Rollout" | "ReplicaSet" | "Pod";
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly pods: readonly PodFact[];
  /**
   * The container that serves: the one with the Service's target port, else the one with the largest CPU request. Where
   * that one is a proxy in front of a larger container of the same pod, the larger one.
   */
  readonly serving: ContainerFact;
  readonly containers: readonly ContainerFact[];
  /** Sum of the CPU requests of all containers: what the autoscaler's utilisation is a share of. Null if one has none. */
  readonly podCpuRequest: number | null;
  readonly podMemoryRequest: number | null;
  /** Seconds that a pod gets to stop; the API server writes its default of 30 into each template. */
  readonly terminationGrace?: number;
  /** A regular expression (RE2, unanchored parts escaped) that matches the workload's pods, past ones too. */
  readonly podPattern: string;
  /** How it is applied, by its fingerprints. */
  readonly appliedBy: "kubectl" | "helm" | "argocd" | "flux" | "unknown";
  readonly spread: readonly string[];
  /** Replica sets of the Deployment with their times, oldest first; see rollouts. */
  readonly replicaSets: readonly {
    readonly name: string;
    readonly created: Epoch;
    readonly revision: number | null;
    readonly image: string | null;
  }[];
}

export interface RolloutFact {
  readonly at: Epoch;
  readonly replicaSet: string;
  readonly revision: number | null;
  readonly image: string | null;
  /** The image's tag, for people. */
  readonly version: string | null;
}

export interface AutoscalerFact {
  /** Null: no autoscaler targets the workload. */
  readonly target: {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    /** Percent of the request, as configured; null where it scales on something else. */
    readonly cpuUtilisation: number | null;
    /** The container whose CPU alone it looks at (ContainerResource); null: the whole pod's. */
    readonly container?: string | null;
    /** Cores a pod, where its target is an average value and no share of the request. */
    readonly averageCores?: number | null;
    readonly current: number | null;
    readonly desired: number | null;
  } | null;
  /** Share of the bursts' minutes in which it stood at its maximum; null where unknown. */
  readonly atMaximum: number | null;
  /** Replicas over the window; null where unknown. */
  readonly replicas: Series | null;
  /** Autoscalers of the namespace whose target does not exist. */
  readonly orphaned: readonly { readonly name: string; readonly target: string }[];
}

export interface NodeFact {
  readonly name: string;
  readonly instanceId: string | null;
  readonly instanceType: string | null;
  readonly zone: string | null;
  readonly ip: string | null;
  readonly allocatableCpu: number | null;
  readonly allocatableMemory: number | null;
  /** CPU requested by all its pods, cores. */
  readonly requestedCpu: number | null;
  /** CPU requested by the pods of kube-system on it, cores: what a node carries whatever else runs on it. */
  readonly systemCpu?: number | null;
  /** Node group or node pool, by its label. */
  readonly group?: string | null;
  /** Whose it is: a managed node group, which `aws eks` sizes, or a node pool of Karpenter, which sizes itself. */
  readonly groupKind?: "managed" | "pool" | null;
  /** Pods of the workload on it. */
  readonly pods: number;
  /**
   * Busy share of its CPU, 0–1, that it reached in a quarter of the bursts' minutes: their first and last are only half
   * in the burst. Null where unknown (asked only of nodes that hold pods).
   */
  readonly busyInBursts: number | null;
  /** Shares of its CPU time in which it waited for a disk, and which the hypervisor took away; read as busyInBursts. */
  readonly iowaitInBursts?: number | null;
  readonly stealInBursts?: number | null;
  /**
   * The share of its CPU time in which it waited for a disk in each burst, in their order, and usually outside them (the
   * median minute); absent or null where unknown.
   */
  readonly iowait?: { readonly inEach: readonly (number | null)[]; readonly outside: number | null };
  /** Names of the workload's pods on it. */
  readonly podNames?: readonly string[];
}

/** A group of nodes that Cluster Autoscaler grows and shrinks; null where its status does not tell. */
export interface NodeGroupFact {
  readonly name: string;
  readonly min: number | null;
  readonly max: number | null;
  /** How many nodes it is to have now. */
  readonly current: number | null;
}

/** What stands between the target group and the workload that is judged: an ingress controller's Service and pods. */
export interface FrontFact {
  readonly service: ServiceFact;
  readonly workload: WorkloadFact;
}
