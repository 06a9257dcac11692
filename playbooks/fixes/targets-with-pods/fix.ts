import {
  defineFix,
  type Facts,
  objectChange,
  percent,
  plural,
  type ServiceFact,
  shellQuoted,
  type TargetGroupFact,
  undoRollout,
  whereItLives,
  workloadName,
} from "../../../src/playbook.ts";
import { type NodeOfTarget, nodesOfTargetsFact } from "../../evidence/node-endpoints/fact.ts";
import { ATTRIBUTES, isOfService, MERGE_ATTRIBUTES, namedService } from "../of-service.ts";
import { lostShare, namesOf } from "./share.ts";

type Known = Partial<Facts> & { readonly targets: readonly NodeOfTarget[]; readonly service: ServiceFact };

/**
 * A pod behind each target (001 quiz 6): pods as targets where the AWS Load Balancer Controller made the target group of
 * the Service; pods spread over the nodes where there are as many; else policy Cluster, which costs the client's address.
 */
export default defineFix({
  id: "targets-with-pods",
  for: ["local-policy-blackhole"],
  uses: { targets: nodesOfTargetsFact },
  propose(facts, verdict) {
    const { targets, service, targetGroups, workload } = facts;
    if (verdict.rootCause !== "local-policy-blackhole" || !targets || !service) return null;
    const empty = targets.filter(({ pods }) => pods === 0);
    if (empty.length === 0) return null;
    const group = targetGroups?.find(({ arn }) => arn === service.targetGroup);
    const known = { ...facts, targets, service };
    const way =
      group?.targetType === "instance" && isOfService(group)
        ? podsAsTargets(known, group)
        : workload?.kind === "Deployment" && workload.replicas >= targets.length && workload.spread.length === 0
          ? spread(known)
          : policyCluster(known, group);
    return {
      id: "targets-with-pods",
      for: ["local-policy-blackhole"],
      ...way,
      why: `With externalTrafficPolicy Local a node hands connections only to its own pods, and ${empty.length} of ${plural(targets.length, "target")} ${empty.length === 1 ? "has" : "have"} none.`,
      arithmetic: arithmeticOf(known, empty, group),
      notOffered: refused(known),
    };
  },
});

const TYPE = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";

/** Of ip targets client addresses are not preserved unless asked for (NLB User Guide, "Client IP preservation"). */
function podsAsTargets({ service, workload, alarm }: Known, group: TargetGroupFact) {
  const by = workload?.appliedBy ?? "unknown";
  const annotations = { [TYPE]: "ip", [ATTRIBUTES]: "preserve_client_ip.enabled=true" };
  const before = { [TYPE]: "instance", [ATTRIBUTES]: null };
  return {
    title: "pods as targets: target type ip, with the client's address",
    risk: `The controller makes a new target group and moves the listener to it: alarms and dashboards on ${group.name} go silent, and open connections end.`,
    changes: [objectChange(by, namedService(service), "merge", { metadata: { annotations } })],
    preconditions: [
      whereItLives(by),
      `the pods' addresses are routable in the VPC (VPC CNI), and their security group lets clients reach ${service.targetPort ?? "the target port"}: with preserved addresses packets come from the clients`,
      MERGE_ATTRIBUTES,
      ...(alarm?.dimensions.TargetGroup === undefined
        ? []
        : [`${alarm.name} watches the old target group: point it at the new one, or it goes silent`]),
    ],
    verify: ["the targets are the pods' addresses, all healthy (aws elbv2 describe-target-health)"],
    rollback: [objectChange(by, namedService(service), "merge", { metadata: { annotations: before } }).command],
  };
}

/** Soft: with DoNotSchedule a full node would leave a pod Pending in a rollout. */
function spread({ service, workload, targets }: Known) {
  const name = workloadName(workload as NonNullable<Known["workload"]>);
  const by = workload?.appliedBy ?? "unknown";
  const topologySpreadConstraints = [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: service.selector },
    },
  ];
  return {
    title: `one of the ${plural(workload?.replicas ?? 0, "pod")} on each of the ${plural(targets.length, "node")}`,
    risk: "Soft (ScheduleAnyway): a full node may stay without a pod. It applies only when pods are scheduled, so it needs a rollout; a DaemonSet holds for certain, on new nodes too.",
    changes: [objectChange(by, name, "strategic", { spec: { template: { spec: { topologySpreadConstraints } } } })],
    preconditions: [whereItLives(by), "pods may run on these nodes: taints and node selectors"],
    verify: [`kubectl get pods -n ${shellQuoted(service.namespace)} -o wide: each node that is a target has a pod`],
    rollback: [undoRollout(by, name)],
  };
}

/** The API server takes healthCheckNodePort away with the policy (Kubernetes API, ServiceSpec). */
function policyCluster({ service, workload, targets, loadBalancer }: Known, group: TargetGroupFact | undefined) {
  const by = workload?.appliedBy ?? "unknown";
  const port = service.healthCheckNodePort ?? null;
  const checks = port !== null && group?.healthCheck.port === String(port);
  const more = targets.length - (workload?.replicas ?? targets.length);
  const patch = (externalTrafficPolicy: string) => ({ spec: { externalTrafficPolicy } });
  return {
    title: "externalTrafficPolicy Cluster: each node hands connections to pods on all nodes",
    risk: "The application then sees a node's address instead of the client's, and most connections take one hop more.",
    changes: [objectChange(by, namedService(service), "merge", patch("Cluster"), patch("Local"))],
    preconditions: [
      whereItLives(by),
      `nothing needs the client's address: logs, rate limits, lists of allowed addresses. If something does, a DaemonSet${more > 0 ? `, or ${plural(more, "pod")} more and a topology spread,` : " or a topology spread"} puts a pod on each node instead`,
      ...(checks
        ? [
            `the health check asks port ${port}, which exists only with policy Local: set it to traffic-port in the same step, or all targets fail (a controller does so by itself)`,
          ]
        : []),
    ],
    verify: [
      loadBalancer?.type === "classic"
        ? `all instances are in service (aws elb describe-instance-health --load-balancer-name ${shellQuoted(loadBalancer.name)})`
        : "all targets are healthy (aws elbv2 describe-target-health)",
    ],
    rollback: [objectChange(by, namedService(service), "merge", patch("Local")).command],
  };
}

function arithmeticOf(
  { targets, topology, loadBalancer }: Known,
  empty: readonly NodeOfTarget[],
  group?: TargetGroupFact,
) {
  const { share, isZonal } = lostShare(targets, topology?.crossZone ?? null, loadBalancer?.crossZone ?? null);
  const serving = targets.filter(({ state }) => state === "healthy");
  const healthy = empty.filter(({ state }) => state === "healthy").length;
  const { interval, unhealthy } = group?.healthCheck ?? {};
  return [
    `${empty.length} of ${plural(targets.length, "target")} without a ready pod: ${namesOf(empty)}`,
    share === null
      ? "what share of the connections goes to them is not known: whether cross-zone load balancing is on was not read"
      : `${healthy} of them ${healthy === 1 ? "is" : "are"} healthy to the load balancer now, among ${serving.length}: ${percent(share)} of new connections go to a node without a pod${isZonal ? " (each zone gets the same share, cross-zone is off)" : ""}`,
    ...(interval === undefined || unhealthy === undefined
      ? []
      : [
          `when the last pod leaves a node, its connections are dropped until the check has failed ${unhealthy} times: ${unhealthy} × ${interval} s = ${unhealthy * interval} s`,
        ]),
  ];
}

function refused({ targets, workload }: Known) {
  if (!workload || workload.kind === "DaemonSet" || workload.replicas === 0) return [];
  const { replicas } = workload;
  const without = targets.length - replicas;
  const empty = targets.filter(({ pods }) => pods === 0);
  return [
    {
      id: "more-replicas",
      title: "more replicas alone",
      because:
        without > 0
          ? `${plural(replicas, "pod")} ${replicas === 1 ? "leaves" : "leave"} at least ${without} of ${plural(targets.length, "node")} empty, and nothing keeps further ones off the same nodes`
          : `${plural(replicas, "pod")} would do for ${plural(targets.length, "node")}, and yet ${namesOf(empty)} ${empty.length === 1 ? "has" : "have"} none: the scheduler puts several on one node`,
      evidence: ["node-endpoints.nodes"],
    },
  ];
}
