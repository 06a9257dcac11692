import {
  type AlarmForecast,
  defineFix,
  evenFacts,
  type Facts,
  type Fix,
  type Fleet,
  type ForecastFacts,
  forecastAlarm,
  forecastLines,
  objectChange,
  plain,
  plural,
  type Refusal,
  refuseMorePods,
  refuseReadinessProbe,
  seconds,
  shellQuoted,
  shortfall,
  spike,
  type TargetGroupFact,
  type TopologyFact,
  targetGroupAttributes,
  whereItLives,
} from "../../../src/playbook.ts";
import { type Connections, connectionsFact } from "../../evidence/connections/fact.ts";
import { GIVEN_UP_USED, givenUpLines } from "../given-up.ts";

const CAUSES = ["uneven-pod-load", "connection-pinning"] as const;

/**
 * Pods as targets and least outstanding requests, both or neither (000 top section, E6, N3): with nodes as targets the
 * rule counts requests at nodes and kube-proxy scrambles them; with pods as targets round robin still ignores how busy
 * one is. On the Service, so that the load balancer's other services keep round robin. It ends pinning too: measured in
 * the wind tunnel (npm run tunnel -- connection-pinning).
 */
export default defineFix({
  id: "ip-targets-and-least-outstanding",
  for: CAUSES,
  uses: { connections: connectionsFact, ...GIVEN_UP_USED },
  propose(facts, verdict) {
    const { topology, service, targetGroups, workload, alarm, loadBalancer } = facts;
    const cause = CAUSES.find((one) => one === verdict.rootCause);
    if (!cause || !topology || !service || topology.stickiness?.enabled) return null;
    const group = targetGroups?.find(({ arn }) => arn === service.targetGroup);
    if (!group || (topology.targetType !== "instance" && topology.targetType !== "ip")) return null;
    if (topology.algorithm === "least_outstanding_requests" && topology.targetType === "ip") return null;
    const moves = topology.targetType === "instance";
    const byController = Object.keys(group.tags).some((key) => /^(ingress|service)\.k8s\.aws\//.test(key));
    // A target group made by hand cannot change its type, and what made it is not known.
    if (moves && !byController) return cause === "connection-pinning" ? anotherGroup(facts, group) : null;
    const name = { kind: "Service", resource: "service", namespace: service.namespace, name: service.name };
    const attributes = attributesOf(topology);
    const annotations = annotationsFor(attributes, moves);
    const by = workload?.appliedBy ?? "unknown";
    const patch = { metadata: { annotations } };
    const undo = { metadata: { annotations: Object.fromEntries(Object.keys(annotations).map((key) => [key, null])) } };
    const alarmsOnOld = alarm?.dimensions.TargetGroup !== undefined;
    const port = service.targetPort ?? "its port";
    const turns = moves ? turnsAlone(facts) : { refused: [], told: [] };
    return {
      id: "ip-targets-and-least-outstanding",
      for: CAUSES,
      title: moves ? "pods as targets and least outstanding requests, together" : "least outstanding requests",
      why: `The load balancer then sends each request to the pod with the fewest in flight${moves ? ": it can see the pods, and it takes their load into account. Either change alone leaves one of the two missing" : ", and not to whose turn it is"}.${cause === "connection-pinning" ? " A keep-alive connection then leads to the pod that the load balancer chose for this request, not to whichever kube-proxy picked when it was opened." : ""}${shortfall(sharedForecast(facts))}`,
      risk: moves
        ? `The controller makes a new target group under a new name and moves the rule to it: alarms and dashboards on ${group.name} go silent. Pods must be reachable from the load balancer on ${port}. The rule excludes slow start, and sends most requests to whichever pod answers fastest, including one that fails fast.`
        : "The rule excludes slow start, and sends most requests to whichever pod answers fastest, including one that fails fast.",
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
              `on the Service, where the controller's annotations win over those of the Ingress: the ${plural(Math.max(0, (targetGroups?.length ?? 1) - 1), "other target group")} of ${loadBalancer?.name ?? "the load balancer"} keep their rule. If the Service or its Ingress has target-group-attributes already, merge them into one value`,
            ]
          : []),
        ...(moves
          ? [
              `the nodes' security group lets the load balancer reach ${port} on the pods' addresses (the controller adds the rule itself unless it is told not to), and the pods' addresses are routable in the VPC (VPC CNI)`,
              `readiness gates on, so that a rollout waits for pods to be healthy targets: kubectl label namespace ${shellQuoted(service.namespace)} elbv2.k8s.aws/pod-readiness-gate-inject=enabled`,
              `the health check ${group.healthCheck.path ?? ""} is answered by the pod itself on ${port}, and not only through the NodePort`,
              ...(alarmsOnOld
                ? [`${alarm?.name} watches the old target group: point it at the new one, or it goes silent`]
                : []),
            ]
          : []),
        ...(topology.slowStart ? ["slow start is on and has to be switched off with it"] : []),
      ],
      verify: [
        "the targets are pod addresses, all healthy (aws elbv2 describe-target-health)",
        "aws elbv2 describe-target-group-attributes: load_balancing.algorithm.type is least_outstanding_requests",
        "under the next comparable load all pods are equally busy (lbdoctor verify)",
      ],
      rollback: [
        byController
          ? objectChange(by, name, "merge", undo).command
          : targetGroupAttributes(group.arn, { "load_balancing.algorithm.type": topology.algorithm ?? "round_robin" }),
      ],
      arithmetic: [...keptWords(facts), ...arithmeticOf(facts), ...turns.told, ...givenUpLines(facts)],
      notOffered: [
        ...(cause === "connection-pinning" ? [restartAlone()] : []),
        ...(moves ? [nodesAlone(facts)] : []),
        ...turns.refused,
        ...refuseMorePods(facts),
        ...refuseReadinessProbe(facts),
      ],
    };
  },
});

type More = Partial<Facts> & { readonly connections?: Connections };

function keptWords({ connections }: More): string[] {
  if (!connections || connections.made === 0) return [];
  const { made, requests } = connections;
  return [
    `${Math.round(made)} new connections for ${Math.round(requests)} requests in the window: each carries ${plain(requests / made)} requests on average`,
  ];
}

/** A rolling restart renews the connections: relief for today, and no cure. */
function restartAlone(): Refusal {
  return {
    id: "rolling-restart",
    title: "a rolling restart alone",
    because:
      "it reopens the connections, but each new one stays on the pod that kube-proxy picks for it, until the next restart; as first aid it is quick",
    evidence: ["connections.new", "target-topology.path"],
  };
}

/** A target group's type is set when it is made (API reference, CreateTargetGroup): what has to be made is told. */
function anotherGroup(facts: More, group: TargetGroupFact): Fix {
  return {
    id: "ip-targets-and-least-outstanding",
    for: CAUSES,
    title: "another target group: pods as targets and least outstanding requests",
    why: `The load balancer then chooses a pod for each request, whatever connection it goes over. ${group.name} cannot be changed to that: a target group's type is fixed when it is created, and nothing on it shows what created it.${shortfall(sharedForecast(facts))}`,
    risk: `Alarms and dashboards on ${group.name} go silent once the rule leads to the new one.`,
    changes: [],
    preconditions: [
      "where it is defined (Terraform, CloudFormation, by hand), create a second target group of type ip with load_balancing.algorithm.type least_outstanding_requests, and a TargetGroupBinding of the AWS Load Balancer Controller that registers the Service's pods in it",
      "move the rule's weight to it in steps; keep the old one until its weight is 0",
      "pods are reachable from the load balancer: their security group, and addresses that are routable in the VPC (VPC CNI)",
    ],
    verify: ["under the next comparable load all pods are equally busy (lbdoctor verify)"],
    rollback: [],
    arithmetic: [...keptWords(facts), ...arithmeticOf(facts)],
    notOffered: [restartAlone(), ...refuseMorePods(facts)],
  };
}

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
  const even = evenFacts(facts);
  return even ? forecastLines(even, sharedBy(even), sharedForecast(facts)) : [];
}

function sharedBy({ present }: ForecastFacts): Fleet {
  return { ...present, dispatch: "shared" };
}

function sharedForecast(facts: Partial<Facts>): AlarmForecast | null {
  const even = evenFacts(facts);
  return even && forecastAlarm(even, sharedBy(even));
}

/**
 * Pods as targets alone: where requests cost about the same, taking turns spreads them well enough, and what clumped them
 * was kube-proxy's pick of a pod for a whole connection. Where they do not, it is what the incident would go on with.
 */
function turnsAlone(facts: Partial<Facts>): { readonly refused: Refusal[]; readonly told: string[] } {
  const even = evenFacts(facts);
  const after = even && forecastAlarm(even, { ...even.present, dispatch: "round robin" });
  if (after?.outlook !== "fires")
    return {
      refused: [],
      told: [
        `pods as targets alone, with round robin, ${after?.outlook === "quiet" ? `might do here: the alarm's metric would reach ${seconds(after.worst)}` : "may or may not do here"}. It takes turns blindly, and only works as long as no request takes much longer than the others`,
      ],
    };
  const { demand, blame } = facts;
  const longest = blame?.guilty?.maximum ?? null;
  const figures =
    demand && demand.workers !== null && longest !== null
      ? `: a request takes ${seconds(demand.serviceTime)} on average without a queue, and up to ${seconds(longest)} in the ${spike(facts.episodes)}s; ${demand.workers === 1 ? "one long one holds up" : `${demand.workers} long ones at a time hold up`} all that land behind ${demand.workers === 1 ? "it" : "them"}`
      : "";
  return {
    refused: [
      {
        id: "ip-targets",
        title: "pods as targets alone",
        because: `round robin would give each pod its turn, however long its current requests still take${figures}`,
        evidence: ["target-topology.path", "pod-cpu.evenness"],
      },
    ],
    told: [],
  };
}

function nodesAlone({ topology, workload }: Partial<Facts>): Refusal {
  const nodes = topology?.targets?.length ?? 0;
  const behind = nodes > 0 && workload ? ` (${plural(nodes, "node")}, ${plural(workload.pods.length, "pod")})` : "";
  return {
    id: "least-outstanding-requests",
    title: "least outstanding requests alone",
    because: `the targets are nodes${behind}: it would count requests at each node, and kube-proxy picks a pod at random behind it`,
    evidence: ["target-topology.path"],
  };
}
