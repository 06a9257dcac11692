import {
  attributesChange,
  coreCount,
  defineFix,
  duration,
  evenFacts,
  type Facts,
  type Fleet,
  forecastAlarm,
  forecastLines,
  highest,
  objectChange,
  plural,
  refuseMorePods,
  shortfall,
  spike,
  times,
  whereItLives,
} from "../../../src/playbook.ts";

/**
 * Stickiness off, so that each request goes where the routing rule sends it (001 part 3, 003 F5): the target group's own
 * (Elastic Load Balancing User Guide, "Sticky sessions"), or the Service's session affinity, whichever binds.
 */
export default defineFix({
  id: "stickiness-off",
  for: ["sticky-session-skew"],
  propose(facts, verdict) {
    const { topology, targetGroups, service, workload, podCpu } = facts;
    const group = targetGroups?.find(({ arn }) => arn === service?.targetGroup);
    if (verdict.rootCause !== "sticky-session-skew" || !topology || !group || !service) return null;
    const by = workload?.appliedBy ?? "unknown";
    const parts = [
      ...(topology.stickiness?.enabled
        ? [
            attributesChange(
              { group, service, by },
              { "stickiness.enabled": "false" },
              { "stickiness.enabled": "true" },
            ),
          ]
        : []),
      ...(service.sessionAffinity === "ClientIP" ? [affinityOff(facts)] : []),
    ];
    if (parts.length === 0) return null;
    const lasts = topology.stickiness?.enabled ? (topology.stickiness.seconds ?? null) : null;
    const after = evenFleet(facts);
    const pods = podCpu?.together ?? workload?.pods.length ?? null;
    return {
      id: "stickiness-off",
      for: ["sticky-session-skew"],
      title: "stickiness off",
      why: `Each request then goes to the pod that the routing rule picks, not to the one that its client first reached: the work of a few pods spreads over ${pods === null ? "all pods" : plural(pods, "pod")}.${shortfall(after && forecastAlarm(...after))}`,
      risk: "What the application keeps in a pod's memory for a client (a session, an upload in parts, a cache) is missing on the next pod: users may be logged out, or uploads fail.",
      changes: parts.map(({ change }) => change),
      preconditions: [
        "the application's owners: nothing that a client needs again lives in one pod; sessions are in a shared store or in the cookie itself",
        ...new Set(parts.flatMap(({ before }) => before)),
      ],
      verify: [
        "neither the target group nor the Service ties clients to a target (aws elbv2 describe-target-group-attributes, kubectl get service)",
        "under the next comparable load all pods are equally busy (lbdoctor verify)",
      ],
      rollback: parts.map(({ rollback }) => rollback),
      arithmetic: [
        ...evenly(facts),
        ...(lasts === null ? [] : [`the load balancer's cookie ties a client to a target for ${duration(lasts)}`]),
        ...(after
          ? forecastLines(...after, forecastAlarm(...after))
          : ["no forecast of the alarm: it needs the pods' workers and CPU"]),
      ],
      notOffered: [
        ...refuseMorePods(facts),
        {
          id: "shorter-cookie",
          title: "a shorter cookie",
          because:
            "a client whose cookie has expired gets a new one, and is tied to one pod again for as long as that lasts",
          evidence: ["target-topology.settings"],
        },
      ],
    };
  },
});

/** What the busiest pod had, beside what each would have. */
function evenly({ podCpu, episodes }: Partial<Facts>): string[] {
  const busiest = highest(podCpu?.pods.flatMap(({ inBursts }) => inBursts ?? []) ?? []);
  if (!podCpu || busiest === null || podCpu.fleetInBursts === null || podCpu.together === 0) return [];
  const { fleetInBursts: all, together, container } = podCpu;
  const whose = container === undefined ? "the busiest pod" : `container ${container} of the busiest pod`;
  return [
    `in the ${spike(episodes)}s ${whose} used ${coreCount(busiest)} on average, all of them ${coreCount(all)}: evenly that is ${coreCount(all / together)} for each of ${plural(together, "pod")}, and the busiest had ${times((busiest * together) / all)} that`,
  ];
}

function affinityOff({ service, workload }: Partial<Facts>) {
  const by = workload?.appliedBy ?? "unknown";
  const object = {
    kind: "Service",
    resource: "service",
    namespace: service?.namespace ?? "",
    name: service?.name ?? "",
  };
  const set = (sessionAffinity: string) => objectChange(by, object, "merge", { spec: { sessionAffinity } });
  return { change: set("None"), rollback: set("ClientIP").command, before: [whereItLives(by)] };
}

/** Without stickiness it is the routing rule's fleet; behind nodes kube-proxy picks at random, whatever that rule is. */
function evenFleet(facts: Partial<Facts>) {
  const even = evenFacts(facts);
  const { targetType, algorithm } = facts.topology ?? {};
  const dispatch: Fleet["dispatch"] =
    targetType !== "ip" ? "random" : algorithm === "least_outstanding_requests" ? "shared" : "round robin";
  return even ? ([even, { ...even.present, dispatch }] as const) : null;
}
