import { autoscalerPath, maximumFor, reachableTarget, seenUtilisation } from "../analysis/autoscaling.ts";
import { type FleetRoom, roomFor, shelfOf } from "../analysis/packing.ts";
import type { Facts } from "../model/facts.ts";
import type { WorkerSizing } from "./sizing.ts";
import type { Move } from "./sizing-goals.ts";

/** An autoscaler that can act, with what it will see. Percent of the request. */
export interface AutoscalerSizing {
  readonly name: string;
  readonly target: Move<number>;
  readonly max: Move<number>;
  readonly min: number;
  /** Of the whole pod, after the fix; cores. */
  readonly request: number;
  /** What it sees when pods are as busy as they were in the bursts, and what it then asks for. */
  readonly seen: number;
  readonly pods: number;
  /** What it sees when all workers are busy. */
  readonly seenFull: number;
  /** Its replicas step by step if the busiest burst's load lasted; null where that load is not known. */
  readonly path: readonly number[] | null;
  readonly room: FleetRoom | null;
}

/**
 * Target and maximum together (000 H6–H8): the target so low that pods as busy as in the bursts are above it by more than
 * the tolerance, the maximum so high that the formula's answer to all workers busy is allowed, and both looked at as
 * nodes (000 J4, J5). `sizing` is the pod after its own fix, null where the pod stays as it is; `least` the pods that the
 * other fixes ask for from the beginning.
 */
export function sizeAutoscaler(
  facts: Partial<Facts>,
  sizing: WorkerSizing | null,
  least: number,
): AutoscalerSizing | null {
  const { autoscaler, podCpu, workload, demand, nodes, workers } = facts;
  const target = autoscaler?.target;
  if (!target || target.cpuUtilisation === null || !podCpu || !workload || !demand || podCpu.plateau === null)
    return null;
  if (workload.podCpuRequest === null) return null;
  const grown = sizing ? (sizing.cpuRequest.to ?? 0) - (sizing.cpuRequest.from ?? 0) : 0;
  const request = workload.podCpuRequest + grown;
  const seen = seenUtilisation(podCpu.plateau, request);
  const outside = seenUtilisation((podCpu.fleetOutside ?? 0) / Math.max(1, demand.pods), request);
  const wanted = reachableTarget(seen, outside);
  if (wanted === null) return null;
  const to = Math.min(wanted, target.cpuUtilisation);
  const full = sizing ? sizing.workers.to * sizing.busy : Math.min(podCpu.plateau, workers?.quota ?? podCpu.plateau);
  const max = Math.max(target.max, least, maximumFor(demand.pods, full, request, to));
  const { forecast, fleet, busy } = sizing ?? {};
  const work =
    forecast && fleet && busy
      ? { cores: forecast.utilisation * fleet.pods * fleet.workers * busy, pods: fleet.pods }
      : null;
  const shelf = nodes ? shelfOf(nodes) : null;
  const memory = sizing?.memoryRequest?.to ?? workload.podMemoryRequest;
  return {
    name: target.name,
    target: { from: target.cpuUtilisation, to },
    max: { from: target.max, to: max },
    min: target.min,
    request,
    seen,
    pods: demand.pods,
    seenFull: seenUtilisation(full, request),
    path: work === null ? null : autoscalerPath({ target: to, min: target.min, max }, { ...work, most: full, request }),
    room: shelf && nodes ? roomFor(nodes, shelf, { cpu: request, memory }, max) : null,
  };
}
