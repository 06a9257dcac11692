import {
  clusterOf,
  coreCount,
  defineFix,
  type Facts,
  type Fix,
  forecastLines,
  growNodeGroup,
  highest,
  listed,
  millicores,
  NODE_FULL,
  type NodeGroupFact,
  type NodeSizing,
  objectChange,
  percent,
  plain,
  plural,
  refuseLeastOutstanding,
  replicasChange,
  replicasUndo,
  shellQuoted,
  shortfall,
  sizeNodes,
  spike,
  whereItLives,
  workloadName,
} from "../../../src/playbook.ts";
import { GIVEN_UP_USED, givenUpLines } from "../given-up.ts";

/**
 * Nodes that have CPU to give, and pods that stand on them (000 J): nodes alone stay empty, pods alone share what is full.
 * Where the node group and its cluster are known, as commands; else as advice.
 */
export default defineFix({
  id: "more-nodes",
  for: ["insufficient-capacity"],
  uses: GIVEN_UP_USED,
  propose(facts, verdict) {
    const { nodes, workload } = facts;
    if (verdict.rootCause !== "insufficient-capacity" || !nodes || !workload) return null;
    const full = nodes.filter(({ pods, busyInBursts }) => pods > 0 && (busyInBursts ?? 0) >= NODE_FULL);
    const busiest = highest(full.flatMap(({ busyInBursts }) => busyInBursts ?? []));
    if (busiest === null) return null;
    const groups = [...new Set(full.flatMap(({ group }) => group ?? []))];
    const sizing = sizeNodes(facts);
    const changes = sizing ? changesOf(facts, groups, sizing) : [];
    const concrete = changes.length > 0;
    const by = workload.appliedBy;
    return {
      id: "more-nodes",
      for: ["insufficient-capacity"],
      title: sizing && concrete ? titleOf(sizing) : "room on the nodes",
      why: `${plural(full.length, "node")} with pods of ${workload.name} ${full.length === 1 ? "is" : "are"} up to ${percent(busiest)} busy in the ${spike(facts.episodes)}s: nothing in the pods' own settings can give them CPU that the node does not have.${concrete ? shortfall(sizing?.forecast ?? null) : ""}`,
      risk: "More nodes cost money all day unless the node autoscaler removes them again.",
      changes,
      preconditions: [
        ...(concrete
          ? [
              whereItLives(by),
              "add the nodes first, and the pods once the nodes are ready (kubectl get nodes): a rollout on full nodes waits for room",
              "if another tool makes the node group (Terraform, eksctl), change it there",
            ]
          : [requestAdvice(workload, sizing)]),
        `find what else is busy on ${full.length === 1 ? "that node" : "those nodes"} and whether it has a request: kubectl top pods -A --sort-by=cpu`,
        concrete ? roomOf(facts, groups) : mayGrow(groups, facts),
      ],
      verify: ["under the next comparable load the nodes stay below 85 %, and the pods reach what they can use"],
      rollback: rollbackOf(facts, sizing, concrete),
      arithmetic: sizing ? [...arithmeticOf(sizing), ...givenUpLines(facts)] : [],
      notOffered: refuseLeastOutstanding(facts),
    };
  },
});

/** What has to allow so many nodes. */
function roomOf({ nodeGroups }: Partial<Facts>, [group = ""]: readonly string[]): string {
  const quotas = "the account's instance quota and the subnets' free addresses allow that many";
  return maximumOf(group, nodeGroups) === null
    ? `${quotas}, and so does the group's maximum: aws eks describe-nodegroup shows it`
    : `${quotas}: the command raises the group's maximum where it is in the way`;
}

function maximumOf(group: string, known: readonly NodeGroupFact[] | undefined): number | null {
  return known?.find(({ name }) => name === group)?.max ?? null;
}

/** Whether the full nodes' groups have room to grow, where their sizes are known for each of them. */
function mayGrow(groups: readonly string[], { nodes, nodeGroups: known = [] }: Partial<Facts>): string {
  const [pool] = groups.filter((name) => isPool(name, nodes));
  if (pool !== undefined)
    return `Karpenter adds nodes to ${listed(groups)} once pods ask for them: kubectl get nodepool ${shellQuoted(pool)} shows its limits`;
  const sizes = groups.flatMap((group) => {
    const size = known.find(({ name }) => name === group);
    return size && size.max !== null && size.current !== null ? [{ group, now: size.current, max: size.max }] : [];
  });
  if (groups.length === 0) return "the node group or pool may grow: look at its maximum";
  if (sizes.length < groups.length)
    return `the node group ${listed(groups)} may grow: aws eks describe-nodegroup shows its maximum`;
  const told = listed(sizes.map(({ group, now, max }) => `${group} has ${now} of at most ${max} nodes`));
  return sizes.some(({ now, max }) => now < max)
    ? `the node groups may grow: ${told}`
    : `the node groups' maximum goes up first: ${told}`;
}

function requestAdvice({ name, podCpuRequest }: Facts["workload"], sizing: NodeSizing | null): string {
  const now = podCpuRequest === null ? "" : ` (now ${plain(podCpuRequest)} cores)`;
  const to = sizing ? `${coreCount(sizing.used)}, which is ` : "";
  return `raise the CPU request of ${name}${now} to ${to}what it uses under load, so that the scheduler and the node autoscaler see the need`;
}

function titleOf({ nodes, pods, request }: NodeSizing): string {
  return `${plural(nodes.to - nodes.from, "node")} more · ${pods.to} pods instead of ${pods.from} · request ${millicores(request.to ?? 0)}`;
}

function changesOf(facts: Partial<Facts>, groups: readonly string[], sizing: NodeSizing): Fix["changes"] {
  const { workload, nodes, nodeGroups, autoscaler } = facts;
  const cluster = clusterOf(facts);
  const [group] = groups;
  // Each of the groups holds pods already, so that any of them may grow.
  if (!workload || workload.kind === "DaemonSet" || !nodes || cluster === null || group === undefined) return [];
  if (isPool(group, nodes)) return [];
  const known = nodeGroups?.find(({ name }) => name === group);
  const now = known?.current ?? nodes.filter((node) => node.group === group).length;
  const to = now + sizing.nodes.to - sizing.nodes.from;
  const command = growNodeGroup(cluster, group, { to, max: maximumOf(group, nodeGroups) });
  const grow = { target: `node group ${group}`, patch: command.replaceAll(" --", "\n  --"), command };
  return [
    grow,
    objectChange(workload.appliedBy, workloadName(workload), "strategic", requestPatch(workload, sizing.request.to)),
    replicasChange(workload, autoscaler, sizing.pods.to),
  ];
}

/** A node pool of Karpenter has no size that could be set. */
function isPool(group: string, nodes: Facts["nodes"] | undefined): boolean {
  return (nodes ?? []).some((node) => node.group === group && node.groupKind === "pool");
}

function requestPatch({ serving }: Facts["workload"], cores: number | null) {
  const resources = { requests: { cpu: cores === null ? null : millicores(cores) } };
  return { spec: { template: { spec: { containers: [{ name: serving.name, resources }] } } } };
}

function rollbackOf(facts: Partial<Facts>, sizing: NodeSizing | null, concrete: boolean): string[] {
  const { workload, autoscaler } = facts;
  if (!concrete || !sizing || !workload) return ["the request back to what it was"];
  const { command } = objectChange(
    workload.appliedBy,
    workloadName(workload),
    "strategic",
    requestPatch(workload, sizing.request.from),
  );
  return [
    replicasUndo(workload, autoscaler).command,
    command,
    "the node group back to its sizes: aws eks describe-nodegroup shows them before the change",
  ];
}

function arithmeticOf({ nodes, pods, request, used, facts, fleet, forecast }: NodeSizing): string[] {
  return [
    `${plural(nodes.from, "node")} give ${pods.from} pods ${coreCount(used)} each; ${plural(nodes.to, "node")} give ${pods.to} as much`,
    `request: a pod uses ${coreCount(used)} and asks for ${plain(request.from ?? 0)}; ${plain(request.to ?? 0)} is what its node can promise it next to the others' requests`,
    ...forecastLines(facts, fleet, forecast),
  ];
}
