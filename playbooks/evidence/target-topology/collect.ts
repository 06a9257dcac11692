import {
  type Attributes,
  type ClusterFact,
  defineStep,
  describeTargetGroupAttributes,
  describeTargetHealth,
  duration,
  type Hop,
  listed,
  plural,
  type ServiceFact,
  type TargetFact,
  type TargetGroupFact,
  type TopologyFact,
} from "../../../src/playbook.ts";
import { clusterFact } from "../cluster/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { topologyFact } from "./fact.ts";

/** How a request gets from the load balancer to a process: hop by hop, with who picks the next one and what it can see. */
export default defineStep({
  id: "target-topology",
  title: "topology",
  needs: { targetGroups: targetGroupsFact, suspect: suspectFact },
  uses: [loadBalancerFact, clusterFact, serviceFact, workloadFact],
  gives: [topologyFact],
  async run({ facts, ask, use, give, find }) {
    const group = facts.targetGroups.find(({ arn }) => arn === facts.suspect.group?.arn);
    if (!group) return;
    const attributesAsked = describeTargetGroupAttributes(group.arn);
    const healthAsked = describeTargetHealth(group.arn);
    const [attributes, health] = await Promise.all([ask(attributesAsked), ask(healthAsked)]);
    const [loadBalancer, cluster, service, workload] = [
      await use(loadBalancerFact),
      await use(clusterFact),
      await use(serviceFact),
      await use(workloadFact),
    ];
    const settings = attributes.ok ? attributes.value : {};
    const targets = health.ok ? health.value : null;
    const targetsAre = whatTheyAre(group, cluster ?? null, service ?? null);
    const topology: TopologyFact = {
      targetType: group.targetType,
      targetsAre,
      targets,
      healthy: targets?.filter(({ state }) => state === "healthy").length ?? null,
      algorithm: settings["load_balancing.algorithm.type"] ?? null,
      stickiness:
        settings["stickiness.enabled"] === undefined
          ? null
          : {
              enabled: settings["stickiness.enabled"] === "true",
              type: settings["stickiness.type"] ?? null,
              seconds: secondsOf(settings, "stickiness.lb_cookie.duration_seconds"),
            },
      crossZone: settings["load_balancing.cross_zone.enabled"] ?? null,
      deregistrationDelay: secondsOf(settings, "deregistration_delay.timeout_seconds"),
      slowStart: secondsOf(settings, "slow_start.duration_seconds"),
      ...(loadBalancer?.type === "network" && {
        proxyProtocol: flagOf(settings, "proxy_protocol_v2.enabled"),
        preservesClientIp: flagOf(settings, "preserve_client_ip.enabled"),
        endsConnections: flagOf(settings, "deregistration_delay.connection_termination.enabled"),
      }),
      idleTimeout: loadBalancer?.idleTimeout ?? null,
      path: pathOf(group, targetsAre, settings, service ?? null, workload?.pods.length ?? null),
    };
    give(topologyFact, topology);
    if (targets)
      find({ id: "targets", ...targetWords(group, topology, targets, service ?? null), proof: [healthAsked.question] });
    find({ id: "path", ...pathWords(topology), proof: [attributesAsked.question, healthAsked.question] });
    if (attributes.ok) find({ id: "settings", ...settingWords(topology, group), proof: [attributesAsked.question] });
  },
});

/**
 * Instances are nodes only where the cluster has them, or a controller of Kubernetes made the target group; anything else
 * has no kube-proxy behind it.
 */
function whatTheyAre(
  group: TargetGroupFact,
  cluster: ClusterFact | null,
  service: ServiceFact | null,
): TopologyFact["targetsAre"] {
  const tagged = Object.keys(group.tags).some((key) => /k8s\.aws|eks[:.]/.test(key));
  const known = cluster?.verdict === "same" || cluster?.verdict === "part" || tagged || service !== null;
  if (group.targetType === "instance") return known ? "nodes" : cluster?.verdict === "other" ? "instances" : null;
  return group.targetType === "ip" && known ? "pods" : null;
}

function secondsOf(settings: Attributes, key: string): number | null {
  const value = Number(settings[key] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

function flagOf(settings: Attributes, key: string): boolean | null {
  const value = settings[key];
  return value === undefined ? null : value === "true";
}

const ALGORITHM = new Map([
  ["round_robin", "round robin"],
  ["least_outstanding_requests", "least outstanding requests"],
  ["weighted_random", "weighted random"],
]);

/**
 * The hops. In instance mode the load balancer picks a node, and kube-proxy on that node picks a pod at random (with
 * policy Cluster among all pods, with Local among the node's own): AWS Load Balancer Controller, "Instance mode";
 * Kubernetes, "Virtual IPs and Service Proxies".
 */
function pathOf(
  group: TargetGroupFact,
  targetsAre: TopologyFact["targetsAre"],
  settings: Attributes,
  service: ServiceFact | null,
  pods: number | null,
): Hop[] {
  const rule = ALGORITHM.get(settings["load_balancing.algorithm.type"] ?? "") ?? "an unknown rule";
  const counts = settings["load_balancing.algorithm.type"] === "least_outstanding_requests";
  const among = pods === null ? "one of the pods" : pods === 1 ? "the only pod" : `one of ${plural(pods, "pod")}`;
  const port = service?.targetPort ?? "its port";
  const last: Hop = {
    at: "pod",
    picks: `the server process listening on ${port}, one of its workers`,
    sees: "its own queue",
    blind: "the other pods",
  };
  if (group.targetType === "ip")
    return [
      {
        at: "load balancer",
        picks: `${among} by ${rule}`,
        sees: counts ? "requests outstanding at each pod" : "which pod is next in turn",
        blind: counts ? "how much work a request is" : "how busy a pod is",
      },
      last,
    ];
  if (group.targetType !== "instance")
    return [
      {
        at: "load balancer",
        picks: `a target of type ${group.targetType} by ${rule}`,
        sees: "its targets",
        blind: "what is behind them",
      },
      last,
    ];
  if (targetsAre !== "nodes")
    return [
      {
        at: "load balancer",
        picks: `one of the instances by ${rule}, on port ${group.port ?? "?"}`,
        sees: counts ? "requests outstanding at each instance" : "which instance is next in turn",
        blind: counts ? "how much work a request is" : "how busy an instance is",
      },
      {
        at: "instance",
        picks: `the server process listening on ${group.port ?? "its port"}, one of its workers`,
        sees: "its own queue",
        blind: "the other instances",
      },
    ];
  const local = service?.externalTrafficPolicy === "Local";
  return [
    {
      at: "load balancer",
      picks: `one of the nodes by ${rule}, on port ${group.port ?? "?"}`,
      sees: counts ? "requests outstanding at each node" : "which node is next in turn",
      blind: "the pods: a node is not a pod",
    },
    {
      at: "node",
      picks:
        pods === 1
          ? "kube-proxy sends to the only pod"
          : `kube-proxy picks ${local ? "one of the node's own pods" : `${among}, on any node`}, at random`,
      sees: "which pods are ready endpoints",
      blind: "how busy a pod is, and what the load balancer knew",
    },
    last,
  ];
}

function targetWords(
  group: TargetGroupFact,
  { healthy, targetType }: TopologyFact,
  targets: readonly TargetFact[],
  service: ServiceFact | null,
) {
  const what =
    targetType === "instance"
      ? `EC2 ${targets.length === 1 ? "instance" : "instances"}`
      : targetType === "ip"
        ? "pod IPs"
        : "targets";
  const ports = [...new Set(targets.flatMap(({ port }) => port ?? []))];
  const nodePort = targetType === "instance" && service?.nodePort === group.port ? ", a NodePort" : "";
  const zones = new Set(targets.flatMap(({ zone }) => zone ?? [])).size;
  const policy = service?.externalTrafficPolicy ? `, externalTrafficPolicy ${service.externalTrafficPolicy}` : "";
  return {
    statement: `${targetType} mode: ${targets.length} ${what} on port ${ports.length > 0 ? listed(ports.map(String)) : "?"}${nodePort}${policy}; ${healthy} healthy${zones > 1 ? `, in ${zones} zones` : ""}`,
    measures: {
      targetType,
      targets: targets.length,
      healthy,
      zones,
      nodePort: service?.nodePort ?? null,
      externalTrafficPolicy: service?.externalTrafficPolicy ?? null,
    },
  };
}

function pathWords({ path }: TopologyFact) {
  const hops = path.map(({ at, picks, blind }) => `${at}: ${picks} (cannot see ${blind})`);
  return { statement: hops.join(" → "), measures: { hops: path.length } };
}

function settingWords(
  { algorithm, stickiness, deregistrationDelay, idleTimeout, slowStart, crossZone }: TopologyFact,
  group: TargetGroupFact,
) {
  const { path, matcher, interval } = group.healthCheck;
  const parts = [
    algorithm ? `algorithm ${ALGORITHM.get(algorithm) ?? algorithm}` : "algorithm unknown",
    stickiness?.enabled ? `sticky (${stickiness.type ?? "?"})` : "not sticky",
    ...(deregistrationDelay === null ? [] : [`deregistration delay ${duration(deregistrationDelay)}`]),
    ...(idleTimeout === null ? [] : [`idle timeout ${duration(idleTimeout)}`]),
    `health check ${path ?? "on the port"} expects ${matcher ?? "an answer"} every ${duration(interval)}`,
  ];
  return {
    statement: parts.join(", "),
    measures: {
      algorithm,
      sticky: stickiness?.enabled ?? null,
      deregistrationDelay,
      idleTimeout,
      slowStart,
      crossZone,
      healthCheckInterval: interval,
    },
  };
}
