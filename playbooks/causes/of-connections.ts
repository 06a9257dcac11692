/** Conditions that causes behind a Network Load Balancer share: another trouble of its connections would look the same. */
import { type Condition, is } from "../../src/playbook.ts";
import outOfConnections from "../signals/balancer-out-of-connections.ts";
import networkBlocks from "../signals/network-blocks.ts";
import noHealthy from "../signals/no-target-healthy.ts";
import withoutPod from "../signals/nodes-without-pod-fail.ts";
import differs from "../signals/proxy-protocol-differs.ts";
import restartsMatch from "../signals/restarts-match-episodes.ts";

/** It is not known that this is so. */
export const not = (signal: Condition["signal"]): Condition => is(signal, "no", "unclear", "unknown");

/** No container restarts then, and no rule turns connections away. */
export const LET_THROUGH: readonly Condition[] = [not(restartsMatch), not(networkBlocks)];

/** ... and both sides speak the same, each target can hold a pod, and ports are free: the connections reach their pods. */
export const REACHING_PODS: readonly Condition[] = [
  ...LET_THROUGH,
  not(differs),
  not(withoutPod),
  not(outOfConnections),
];

/** ... and some target is healthy: what happens, happens to single connections. */
export const SERVED: readonly Condition[] = [...REACHING_PODS, not(noHealthy)];
