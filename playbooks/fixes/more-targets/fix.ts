import {
  cells,
  defineFix,
  type EpisodesFact,
  type Facts,
  plain,
  plural,
  replicasChange,
  replicasUndo,
  type Series,
  spike,
  targetGroupAttributes,
  valueAt,
  whereItLives,
  within,
} from "../../../src/playbook.ts";
import { type Flows, flowsFact } from "../../evidence/flows/fact.ts";

/** Connections to one target's address and port, at once or new ones in a minute (NLB User Guide, "Troubleshoot"). */
const EACH = 55_000;
const PRESERVE = "preserve_client_ip.enabled";

/**
 * Ports towards the targets for all connections of a Network Load Balancer that translates addresses: each target brings its
 * own (NLB User Guide, "Port allocation errors").
 */
export default defineFix({
  id: "more-targets",
  for: ["connection-saturation"],
  uses: { flows: flowsFact },
  propose(facts, verdict) {
    const { flows, episodes, topology, targetGroups, suspect, workload, autoscaler } = facts;
    const group = targetGroups?.find(({ arn }) => arn === suspect?.group?.arn);
    if (verdict.rootCause !== "connection-saturation" || !flows || !episodes || !topology || !group) return null;
    const targets = topology.healthy ?? topology.targets?.length ?? null;
    const peak = peakOf(flows, episodes);
    if (targets === null || targets === 0 || peak === null) return null;
    const needed = Math.max(targets + 1, Math.ceil(peak / EACH));
    // A node as a target holds any number of pods: only where the pods are the targets do more of them bring ports.
    const pods = topology.targetType === "ip" && workload && workload.kind !== "DaemonSet" ? workload : null;
    const total = pods ? Math.max(needed, pods.replicas + needed - targets) : needed;
    return {
      id: "more-targets",
      for: ["connection-saturation"],
      title: `${plural(needed, "target")} in ${group.name} instead of ${targets}`,
      why: `In the ${spike(episodes)}s connections were dropped because no port to a target was free: each target brings ${plain(EACH)} of its own.`,
      risk: pods
        ? `${plural(total - pods.replicas, "pod")} more run all day, and what the pods share gets as many more connections.`
        : "None: nothing is changed here; more targets are billed as instances.",
      changes: pods ? [replicasChange(pods, autoscaler, total)] : [],
      preconditions: [
        ...(pods
          ? [
              whereItLives(pods.appliedBy),
              "where an autoscaler sets the replicas (kubectl get hpa), raise its minimum instead: it takes a number set by hand back",
            ]
          : [
              topology.targetType === "instance"
                ? "targets are instances: more of them, by their Auto Scaling group or node group; more pods on the same nodes bring no ports"
                : `register more addresses with ${group.name}, wherever it is defined`,
            ]),
        ...preserved(topology, group.arn, group.protocol),
        "where clients open a connection for each request, reusing them costs nothing: see lbdoctor explain no-keep-alive",
      ],
      verify: ["PortAllocationErrorCount stays at 0 in the next comparable load"],
      rollback: pods ? [replicasUndo(pods, autoscaler).command] : [],
      arithmetic: [
        `highest minute: ${plain(Math.round(peak))} new connections, those that were dropped included${(targetGroups?.length ?? 1) > 1 ? "; they are of all target groups, since no metric tells them apart" : ""}`,
        `${plain(Math.round(peak))} / ${plain(EACH)} a target = ${plain(peak / EACH)}: at least ${plural(needed, "target")}; there are ${targets}`,
        `connections that stay open count as well: ${plain(EACH)} at once for each target (ActiveFlowCount, which was not read)`,
      ],
    };
  },
});

/** The most new connections in a minute of the episodes, those without a port among them; null: none was counted. */
function peakOf({ begun, portErrors }: Flows, { episodes }: EpisodesFact): number | null {
  const bursts = episodes.map(({ burst }) => burst);
  const perMinute = 60 / begun.step;
  const inside = timesOf(begun).filter((at) => within(bursts, at));
  if (cells(begun).length === 0 || inside.length === 0) return null;
  return Math.max(...inside.map((at) => perMinute * ((valueAt(begun, at) ?? 0) + (valueAt(portErrors, at) ?? 0))));
}

function timesOf({ start, step, values }: Series): number[] {
  return values.map((_, index) => start + index * step);
}

/** Where the client's own address and port are kept, none has to be allocated; not for all connections (same guide). */
function preserved({ preservesClientIp }: Facts["topology"], arn: string, protocol: string | null): string[] {
  if (preservesClientIp === true)
    return [
      "client addresses are preserved already: only connections through PrivateLink, and from IPv6 to IPv4 targets, are translated and need ports",
    ];
  if (preservesClientIp !== false || (protocol !== "TCP" && protocol !== "TLS")) return [];
  return [
    `or preserve client addresses, which needs no ports (not for PrivateLink): ${targetGroupAttributes(arn, { [PRESERVE]: "true" })}. The targets' security groups must then let the clients' addresses in, and answers must go back through the load balancer's VPC`,
  ];
}
