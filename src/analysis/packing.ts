import type { NodeFact } from "../model/facts.ts";
import { NODE_FULL } from "./limits.ts";
import { lowest, median, sum } from "./series.ts";

/** What a pod asks of its node: cores, bytes. */
export interface PodSize {
  readonly cpu: number;
  readonly memory: number | null;
}

/** The node that pods land on, as far as it is known: the usual one of those that hold the workload's pods. */
export interface Shelf {
  /** Cores that pods may request. */
  readonly allocatable: number;
  /** Cores that every node carries whatever else runs on it: daemonsets. */
  readonly overhead: number;
  /** Bytes that pods may request; null where unknown. */
  readonly memory: number | null;
}

/**
 * The shelf from the nodes' facts. What kube-system requests on the emptiest host stands for its daemonsets: a node cannot
 * have less, and what only some nodes carry of it (DNS, controllers) is not counted. Daemonsets of other namespaces (log
 * and metric agents) come on top; they mostly request little. Null where no node's allocatable CPU is known.
 */
export function shelfOf(nodes: readonly NodeFact[]): Shelf | null {
  const hosts = nodes.filter(({ pods }) => pods > 0);
  const known = hosts.length > 0 ? hosts : nodes;
  const allocatable = median(known.flatMap(({ allocatableCpu }) => allocatableCpu ?? []));
  if (allocatable === null) return null;
  return {
    allocatable,
    overhead: lowest(hosts.flatMap(({ systemCpu }) => systemCpu ?? [])) ?? 0,
    memory: median(known.flatMap(({ allocatableMemory }) => allocatableMemory ?? [])),
  };
}

export interface Packing {
  readonly perNode: number;
  readonly byCpu: number;
  readonly byMemory: number | null;
  /** What runs out first. */
  readonly binds: "cpu" | "memory";
}

/** Pods of this size on one node (000 J4). A hair of tolerance: 3.52 / 1.76 must be 2. */
export function packingOf({ allocatable, overhead, memory }: Shelf, pod: PodSize): Packing {
  const cpu = (allocatable - overhead) / pod.cpu;
  const bytes = memory === null || pod.memory === null ? null : memory / pod.memory;
  const byCpu = Math.floor(cpu + 1e-9);
  const byMemory = bytes === null ? null : Math.floor(bytes + 1e-9);
  const binds = bytes !== null && bytes < cpu ? "memory" : "cpu";
  return { perNode: Math.max(0, Math.min(byCpu, byMemory ?? byCpu)), byCpu, byMemory, binds };
}

/** Where all the pods of a fleet would stand (000 J5). */
export interface FleetRoom extends Packing {
  readonly pods: number;
  /** Nodes that they need if these hold nothing but them and the daemonsets. */
  readonly nodesNeeded: number;
  readonly nodes: number;
  /** Cores that are left for others on those nodes. */
  readonly leftForOthers: number;
}

export function roomFor(nodes: readonly NodeFact[], shelf: Shelf, pod: PodSize, pods: number): FleetRoom | null {
  const packing = packingOf(shelf, pod);
  if (packing.perNode === 0) return null;
  const usable = sum(nodes.map(({ allocatableCpu }) => Math.max(0, (allocatableCpu ?? 0) - shelf.overhead)));
  return {
    ...packing,
    pods,
    nodesNeeded: Math.ceil(pods / packing.perNode),
    nodes: nodes.length,
    leftForOthers: Math.max(0, usable - pods * pod.cpu),
  };
}

/** What one pod of the workload is, for the nodes: what it requests, and what it uses when it is busiest. */
export interface PodUse {
  /** Cores. */
  readonly request: number;
  readonly cpu: number;
  /** Bytes; null where unknown. */
  readonly memory: number | null;
}

/**
 * Cores that a node can give to the workload's pods in the bursts: what is left below full of it once the others have
 * theirs. The others' use is what was seen less what the workload's pods used (`shown` cores each); on nodes without
 * such pods, which are not asked, it is what they request.
 */
function coresLeft({ allocatableCpu, requestedCpu, busyInBursts, pods }: NodeFact, shown: number): number | null {
  if (allocatableCpu === null) return null;
  const others = busyInBursts === null ? requestedCpu : Math.max(0, busyInBursts * allocatableCpu - pods * shown);
  return others === null ? null : NODE_FULL * allocatableCpu - others;
}

/** Cores that each pod may have in the bursts where the pods stand now, on the tightest of their nodes; null: unknown. */
export function mostCores(nodes: readonly NodeFact[], shown: number): number | null {
  return lowest(
    nodes.flatMap((node) => {
      const cores = coresLeft(node, shown);
      return node.pods === 0 || cores === null ? [] : [cores / node.pods];
    }),
  );
}

/**
 * How many times a worker's cores and memory fit into each pod where the pods stand now: the tightest of their nodes
 * decides. `shown`: cores that a pod used; `worker`: what one worker takes. Null where nothing is known of the nodes.
 */
export function mostWorkers(nodes: readonly NodeFact[], shown: number, worker: Omit<PodUse, "request">): number | null {
  return lowest(
    nodes.flatMap((node) => {
      const cores = coresLeft(node, shown);
      if (node.pods === 0 || cores === null) return [];
      const { allocatableMemory } = node;
      const byMemory =
        worker.memory === null || allocatableMemory === null
          ? Number.POSITIVE_INFINITY
          : allocatableMemory / worker.memory;
      return Math.floor(Math.min(cores / worker.cpu, byMemory) / node.pods + 1e-9);
    }),
  );
}

/**
 * Pods that find a place beside the present ones once each of those is as `pod` (`now`: as it is), on the nodes that are
 * there: a place has the request free for the scheduler and the cores free in the bursts. Null where a node is unknown.
 */
export function placesFor(nodes: readonly NodeFact[], now: PodUse, pod: PodUse): number | null {
  const places = nodes.map((node) => {
    const { allocatableCpu, requestedCpu, allocatableMemory, pods } = node;
    const cores = coresLeft(node, now.cpu);
    if (cores === null || allocatableCpu === null || requestedCpu === null) return null;
    const requested = requestedCpu + pods * (pod.request - now.request);
    // What others hold of the memory is not asked; pods of this workload at least do not take it from each other.
    const byMemory =
      pod.memory === null || allocatableMemory === null
        ? Number.POSITIVE_INFINITY
        : Math.floor(allocatableMemory / pod.memory) - pods;
    const byRequest = Math.floor((allocatableCpu - requested) / pod.request + 1e-9);
    return Math.max(0, Math.min(byRequest, Math.floor(cores / pod.cpu + 1e-9) - pods, byMemory));
  });
  return places.some((count) => count === null) ? null : sum(places.map((count) => count ?? 0));
}
