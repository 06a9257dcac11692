import type { NodeFact } from "../model/facts.ts";
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
