import type { NodeFact } from "../model/facts.ts";
import { median } from "./series.ts";

/**
 * How busy the node of a typical pod of the workload was in the bursts, 0–1: the median over the pods, so that a node
 * counts as often as it holds pods. Null where the nodes' CPU is unknown.
 */
export function nodesBusy(nodes: readonly NodeFact[]): number | null {
  return median(
    nodes.flatMap(({ pods, busyInBursts }) =>
      busyInBursts === null ? [] : new Array<number>(pods).fill(busyInBursts),
    ),
  );
}
