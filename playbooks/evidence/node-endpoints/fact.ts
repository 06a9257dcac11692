import { fact } from "../../../src/playbook.ts";

/** One target that is a node of the cluster. */
export interface NodeOfTarget {
  /** Its instance id, as the target group has it. */
  readonly target: string;
  readonly node: string;
  readonly zone: string | null;
  /** How the load balancer finds it now. */
  readonly state: string;
  /** Ready pods of the Service on it. */
  readonly pods: number;
}

export const nodesOfTargetsFact = fact<readonly NodeOfTarget[]>("nodesOfTargets", "which targets have a pod");
