/**
 * What the Horizontal Pod Autoscaler makes of the pods' CPU. Source: Kubernetes, "Horizontal Pod Autoscaling", algorithm
 * details; pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go.
 */

/** The autoscaler leaves a ratio within this share of 1 alone. Clusters and, since 1.33, autoscalers may set another. */
const AUTOSCALER_TOLERANCE = 0.1;

/** Percent of the request, cut to a whole number as the autoscaler does. */
export function seenUtilisation(coresPerPod: number, request: number): number {
  // 0.9 / 1.5 is 0.6000000000000001 or 0.5999999999999999; neither may cut a percent off.
  return Math.trunc((coresPerPod * 100) / request + 1e-9);
}

/** Replicas that the formula asks for: ceil(current × seen / target), unless the ratio is within the tolerance. */
export function desiredReplicas(current: number, seen: number, target: number): number {
  const ratio = seen / target;
  // At exactly the tolerance's edge versions differ; nothing is promised there.
  if (Math.abs(ratio - 1) <= AUTOSCALER_TOLERANCE + 1e-9) return current;
  return Math.ceil(current * ratio - 1e-9);
}

/** Percent above which the autoscaler adds pods. */
export function actsAbove(target: number): number {
  return target * (1 + AUTOSCALER_TOLERANCE);
}

export interface AutoscalerBounds {
  readonly target: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Replicas step by step while the fleet's work stays at `cores` altogether and one pod can use at most `most`: each step
 * is one round of the formula with all pods of the step before serving. Ends where the formula asks for no change.
 */
export function autoscalerPath(
  { target, min, max }: AutoscalerBounds,
  load: { readonly cores: number; readonly most: number; readonly request: number; readonly pods: number },
): number[] {
  const path = [load.pods];
  // Each step moves by at least a tenth, so even from 1 to 1,000 pods takes fewer.
  for (let round = 0; round < 100; round += 1) {
    const pods = path.at(-1) ?? load.pods;
    const seen = seenUtilisation(Math.min(load.most, load.cores / pods), load.request);
    const next = Math.min(max, Math.max(min, desiredReplicas(pods, seen, target)));
    // It only grows within a burst: scaling down waits for 300 s (downscale stabilisation).
    if (next <= pods) break;
    path.push(next);
  }
  return path;
}

/** Targets are set in steps of this many percent. */
const STEP = 10;
/** Below it an autoscaler sees noise: a pod that idles shows some percent of its request. */
const LOWEST = 20;

/**
 * The highest target, in steps of 10 %, above which pods that are as busy as they were in the bursts make the autoscaler
 * add one: `seen` must exceed the target by more than the tolerance (000 H7, H8). Null where even the lowest target
 * would not do, or where quiet pods would be above it as well.
 */
export function reachableTarget(seen: number, seenOutside: number): number | null {
  const most = Math.floor(100 / STEP) * STEP;
  for (let target = most; target >= LOWEST; target -= STEP)
    if (seen > actsAbove(target)) return seenOutside < target ? target : null;
  return null;
}

/**
 * Replicas that the formula asks for when all workers of the present pods are busy: the maximum must allow that much, or
 * the autoscaler stops short in the very burst that it is for (000 H8).
 */
export function maximumFor(pods: number, busiestPod: number, request: number, target: number): number {
  return Math.max(pods, desiredReplicas(pods, seenUtilisation(busiestPod, request), target));
}
