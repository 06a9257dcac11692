import {
  type Ask,
  type Question,
  queryRange,
  quoted,
  type Series,
  type Span,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { firstThatHolds, STEP } from "../pod-cpu/rates.ts";

/** How many pods a workload is told to have, and its label there (kube-state-metrics, Deployment and StatefulSet metrics). */
const TOLD: { readonly [kind in WorkloadFact["kind"]]?: readonly [metric: string, label: string] } = {
  Deployment: ["kube_deployment_spec_replicas", "deployment"],
  StatefulSet: ["kube_statefulset_replicas", "statefulset"],
};

/** What was counted, and the question that was answered. */
export interface Replicas {
  readonly replicas: Series | null;
  readonly question: Question;
}

/**
 * How many pods somebody or an autoscaler wanted, minute by minute: events tell only of the last hour. Null where
 * kube-state-metrics counts none of the kind.
 */
export async function askReplicas(
  { kind, namespace, name }: WorkloadFact,
  window: Span,
  ask: Ask,
): Promise<Replicas | null> {
  const [metric, label] = TOLD[kind] ?? [];
  if (metric === undefined || label === undefined) return null;
  // Where honorLabels is off, what kube-state-metrics says of an object is told from its own labels by a prefix.
  const counted = (where: string) =>
    queryRange(`max(${metric}{${where}=${quoted(namespace)},${label}=${quoted(name)}})`, window, STEP);
  const { asked, answer } = await firstThatHolds([counted("namespace"), counted("exported_namespace")], ask);
  return { replicas: answer.ok ? (answer.value[0]?.series ?? null) : null, question: asked.question };
}
