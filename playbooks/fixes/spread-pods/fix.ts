import {
  defineFix,
  objectChange,
  plural,
  shellQuoted,
  undoRollout,
  whereItLives,
  workloadName,
} from "../../../src/playbook.ts";

/**
 * Replicas spread over nodes, and over zones where they sit in one (000 H9). Soft: with DoNotSchedule a full or missing
 * node would leave a pod Pending in the middle of a burst, which is worse than two pods on one node.
 */
export default defineFix({
  id: "spread-pods",
  kind: "mitigate",
  for: ["worker-concurrency-ceiling", "insufficient-capacity"],
  propose({ workload, service, nodes }, verdict) {
    const cause = verdict.rootCause;
    if (cause !== "worker-concurrency-ceiling" && cause !== "insufficient-capacity") return null;
    if (!workload || !service || workload.kind !== "Deployment" || workload.spread.length > 0) return null;
    if (workload.pods.length < 2 || Object.keys(service.selector).length === 0) return null;
    const hosts = (nodes ?? []).filter(({ pods }) => pods > 0);
    const zones = new Set(hosts.flatMap(({ zone }) => zone ?? [])).size;
    const available = new Set((nodes ?? []).flatMap(({ zone }) => zone ?? [])).size;
    const keys = ["kubernetes.io/hostname", ...(zones === 1 && available > 1 ? ["topology.kubernetes.io/zone"] : [])];
    const topologySpreadConstraints = keys.map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: service.selector },
    }));
    const name = workloadName(workload);
    const patch = { spec: { template: { spec: { topologySpreadConstraints } } } };
    const where = zones === 1 && available > 1 ? "nodes and zones" : "nodes";
    return {
      id: "spread-pods",
      for: ["worker-concurrency-ceiling", "insufficient-capacity"],
      title: `spread pods across ${where} (soft constraint)`,
      why: `Nothing keeps the ${plural(workload.pods.length, "pod")} apart: they run on ${plural(hosts.length, "node")} now, and the next rollout or scale-out may put several on one, which then share its CPU and fail together. It does not end the alarm: apply it together with the other change to the pods.`,
      risk: "Soft (ScheduleAnyway): a pod that cannot be placed evenly is scheduled anyway. It applies only when pods are scheduled; it moves none.",
      changes: [objectChange(workload.appliedBy, name, "strategic", patch)],
      preconditions: [
        whereItLives(workload.appliedBy),
        "together with the other change to the pods: each change of the template is a rollout",
      ],
      verify: [
        `kubectl get pods -n ${shellQuoted(workload.namespace)} -o wide: no node has two more pods than another`,
      ],
      rollback: [undoRollout(workload.appliedBy, name)],
    };
  },
});
