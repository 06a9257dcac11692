import {
  defineFix,
  type Facts,
  forecastAlarm,
  forecastFacts,
  objectChange,
  percent,
  plural,
  type Refusal,
  refuseMorePods,
  refuseReadinessProbe,
  seconds,
  type TopologyFact,
  targetGroupAttributes,
  whereItLives,
} from "../../src/playbook.ts";

/**
 * Pods as targets and least outstanding requests, both or neither (000 top section, E6, N3): with nodes as targets the
 * rule counts requests at nodes and kube-proxy scrambles them; with pods as targets round robin still ignores how busy
 * one is. On the Service, so that the load balancer's other services keep round robin.
 */
export default defineFix({
  id: "ip-targets-and-least-outstanding",
  for: ["uneven-pod-load"],
  propose(facts, verdict) {
    const { topology, service, targetGroups, workload, alarm, loadBalancer } = facts;
    if (verdict.rootCause !== "uneven-pod-load" || !topology || !service || topology.stickiness?.enabled) return null;
    const group = targetGroups?.find(({ arn }) => arn === service.targetGroup);
    if (!group || (topology.targetType !== "instance" && topology.targetType !== "ip")) return null;
    if (topology.algorithm === "least_outstanding_requests" && topology.targetType === "ip") return null;
    const moves = topology.targetType === "instance";
    const byController = Object.keys(group.tags).some((key) => /^(ingress|service)\.k8s\.aws\//.test(key));
    // A target group made by hand cannot change its type, and what made it is not known.
    if (moves && !byController) return null;
    const name = { kind: "Service", resource: "service", namespace: service.namespace, name: service.name };
    const attributes = attributesOf(topology);
    const annotations = annotationsFor(attributes, moves);
    const by = workload?.appliedBy ?? "unknown";
    const patch = { metadata: { annotations } };
    const undo = { metadata: { annotations: Object.fromEntries(Object.keys(annotations).map((key) => [key, null])) } };
    const alarmsOnOld = alarm?.dimensions.TargetGroup !== undefined;
    const port = service.targetPort ?? "its port";
    return {
      id: "ip-targets-and-least-outstanding",
      for: ["uneven-pod-load"],
      title: moves ? "pods as targets and least outstanding requests, together" : "least outstanding requests",
      why: "The load balancer then sends each request to the pod with the fewest in flight: it can see pods, and it looks at them. Either change alone leaves one of the two missing.",
      risk: moves
        ? `The controller makes a new target group under a new name and moves the rule to it: alarms and dashboards on ${group.name} go silent. Pods must be reachable from the load balancer on ${port}. The rule excludes slow start, and sends most to whoever answers fastest, a pod that fails fast included.`
        : "The rule excludes slow start, and sends most to whoever answers fastest, a pod that fails fast included.",
      changes: byController
        ? [objectChange(by, name, "merge", patch)]
        : [
            {
              target: `target group ${group.name}`,
              patch: JSON.stringify(attributes, null, 2),
              command: targetGroupAttributes(group.arn, attributes),
            },
          ],
      preconditions: [
        whereItLives(by),
        ...(byController
          ? [
              `on the Service, where the controller's annotations win over those of the Ingress: the ${plural(Math.max(0, (targetGroups?.length ?? 1) - 1), "other target group")} of ${loadBalancer?.name ?? "the load balancer"} keep their rule. If the Service or its Ingress has target-group-attributes already, join them in one value`,
            ]
          : []),
        ...(moves
          ? [
              `the nodes' security group lets the load balancer reach ${port} on the pods' addresses (the controller adds the rule itself unless it is told not to), and the pods' addresses are routable in the VPC (VPC CNI)`,
              `readiness gates on: kubectl label namespace ${service.namespace} elbv2.k8s.aws/pod-readiness-gate-inject=enabled, so that a rollout waits for pods to be healthy targets`,
              `the health check ${group.healthCheck.path ?? ""} is answered by the pod itself on ${port}, and not only through the NodePort`,
              ...(alarmsOnOld
                ? [`${alarm?.name} watches the old target group: point it at the new one, or it goes silent`]
                : []),
            ]
          : []),
        ...(topology.slowStart ? ["slow start is on and has to be switched off with it"] : []),
      ],
      verify: [
        "aws elbv2 describe-target-groups and describe-target-health: targets are pod addresses, all healthy",
        "aws elbv2 describe-target-group-attributes: load_balancing.algorithm.type is least_outstanding_requests",
        "in the next burst all pods run alike (lbdoctor verify)",
      ],
      rollback: [
        byController
          ? objectChange(by, name, "merge", undo).command
          : targetGroupAttributes(group.arn, { "load_balancing.algorithm.type": topology.algorithm ?? "round_robin" }),
      ],
      arithmetic: arithmeticOf(facts),
      notOffered: [...halves(moves), ...refuseMorePods(facts), ...refuseReadinessProbe(facts)],
    };
  },
});

function attributesOf({ slowStart }: TopologyFact): { [key: string]: string } {
  return {
    "load_balancing.algorithm.type": "least_outstanding_requests",
    ...(slowStart ? { "slow_start.duration_seconds": "0" } : {}),
  };
}

/** The annotation is the whole list of attributes that the controller sets; those left out keep their value. */
function annotationsFor(attributes: { readonly [key: string]: string }, moves: boolean) {
  const list = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
  return {
    ...(moves ? { "alb.ingress.kubernetes.io/target-type": "ip" } : {}),
    "alb.ingress.kubernetes.io/target-group-attributes": list.join(","),
  };
}

function arithmeticOf(facts: Partial<Facts>): string[] {
  const known = forecastFacts(facts);
  const after = known ? forecastAlarm(known, { ...known.present, dispatch: "shared" }) : null;
  const before = known ? forecastAlarm(known, known.present) : null;
  if (!after || !before || !known) return [];
  return [
    `forecast for the recorded bursts: ${seconds(after.slowest)} on average in the worst one instead of ${seconds(before.slowest)} with the present rule, at the same ${percent(after.utilisation)} of the workers busy; the alarm's metric would reach ${seconds(after.worst)} of ${seconds(known.alarm.threshold)}`,
  ];
}

function halves(moves: boolean): Refusal[] {
  if (!moves) return [];
  return [
    {
      id: "least-outstanding-requests",
      title: "least outstanding requests alone",
      because:
        "the targets are nodes: it would count requests at each node, and kube-proxy picks a pod at random behind it",
      evidence: ["target-topology.path"],
    },
    {
      id: "ip-targets",
      title: "pods as targets alone",
      because: "round robin would hand each pod its turn, however long the requests are that it still has",
      evidence: ["target-topology.path", "pod-cpu.evenness"],
    },
  ];
}
