import {
  coreCount,
  defineStep,
  type EpisodesFact,
  getConfigMap,
  highest,
  listed,
  listNodes,
  lowest,
  type Node,
  type NodeFact,
  type NodeGroupFact,
  nodesBusy,
  percent,
  plain,
  plural,
  quantity,
  range,
  readNodeGroups,
  spike,
  sum,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { nodeGroupsFact, nodesFact } from "./fact.ts";
import { readNodes } from "./read.ts";
import { sizeWords } from "./sizes.ts";

/** Time in which a node waits or is robbed is told from this share on. */
const TOLD = 0.05;
/** More node groups than this are told by their sum alone. */
const GROUPS_TOLD = 6;

/** Where Cluster Autoscaler publishes what it sees: the name and the namespace are its defaults. */
const STATUS = { namespace: "kube-system", name: "cluster-autoscaler-status" };
const NOT_AUTOSCALED =
  "without Cluster Autoscaler (or with it in another namespace) look up the maximum number of nodes by hand: the limits of Karpenter's node pools (kubectl get nodepools), or the node group's maximum (aws eks describe-nodegroup)";

/**
 * The nodes that hold the workload's pods: their size, what is requested on them, how busy they were in the bursts. And
 * how many there may be.
 */
export default defineStep({
  id: "nodes",
  title: "nodes",
  // Which nodes hold its pods is told by the workload; the cluster's nodes can be asked for as soon as it is this cluster.
  needs: { service: serviceFact },
  uses: [workloadFact, episodesFact],
  gives: [nodesFact, nodeGroupsFact],
  async run({ window, ask, use, give, find, lack }) {
    const nodesAsked = listNodes();
    const groupsAsked = { ...getConfigMap(STATUS.namespace, STATUS.name), remedies: { missing: NOT_AUTOSCALED } };
    const [nodeList, status] = await Promise.all([ask(nodesAsked), ask(groupsAsked)]);
    const groups = status.ok ? readNodeGroups(status.value.status ?? "") : [];
    if (groups.length > 0) {
      give(nodeGroupsFact, groups);
      find({ id: "groups", ...groupWords(groups), proof: [groupsAsked.question] });
    } else if (status.ok)
      lack({
        source: "kubernetes",
        kind: "missing",
        what: `ConfigMap ${STATUS.namespace}/${STATUS.name} names no node group`,
        remedy: NOT_AUTOSCALED,
      });
    const workload = await use(workloadFact);
    if (!nodeList.ok || !workload) return;
    const all = nodeList.value.map((node) => toNode(node, workload)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const hosts = all.filter(({ pods }) => pods > 0);
    const read = hosts.length === 0 ? null : await readNodes(hosts, window, ask);
    const episodes = await use(episodesFact);
    const bursts = (episodes?.episodes ?? []).map(({ burst }) => burst);
    const nodes = all.map((node): NodeFact => {
      const asks = read?.requests.filter((one) => one.node === node.name) ?? [];
      const system = asks.filter(({ namespace }) => namespace === "kube-system");
      return {
        ...node,
        requestedCpu: asks.length > 0 ? sum(asks.map(({ cores }) => cores)) : null,
        systemCpu: asks.length > 0 ? sum(system.map(({ cores }) => cores)) : null,
        ...(read ? read.loadOf(node, bursts) : {}),
      };
    });
    // An empty answer to every form of the question is no evidence of idle nodes.
    if (read?.empty)
      lack({
        source: "prometheus",
        kind: "missing",
        what: `it has no node_cpu_seconds_total of the pods' nodes, by address (instance="${hosts[0]?.ip ?? "?"}:9100") or by name (instance or node="${hosts[0]?.name}")`,
        remedy:
          "check that this Prometheus scrapes node-exporter on this cluster's nodes, and by which label it names them",
      });
    give(nodesFact, nodes);
    const proof = [nodesAsked.question, ...(read?.proof ?? [])];
    find({ id: "hosts", ...words(nodes, episodes), proof });
    const sizes = sizeWords(nodes, spike(episodes));
    if (sizes) find({ id: "sizes", ...sizes, proof });
  },
});

function toNode({ metadata, spec, status }: Node, workload: WorkloadFact): NodeFact {
  const managed = metadata.labels["eks.amazonaws.com/nodegroup"] ?? null;
  const pool = metadata.labels["karpenter.sh/nodepool"] ?? null;
  const amount = (raw: string | undefined) => (raw === undefined ? null : quantity(raw));
  return {
    name: metadata.name,
    instanceId: spec?.providerID?.split("/").at(-1) ?? null,
    instanceType: metadata.labels["node.kubernetes.io/instance-type"] ?? null,
    zone: metadata.labels["topology.kubernetes.io/zone"] ?? null,
    ip: status.addresses?.find(({ type }) => type === "InternalIP")?.address ?? null,
    allocatableCpu: amount(status.allocatable.cpu),
    allocatableMemory: amount(status.allocatable.memory),
    requestedCpu: null,
    systemCpu: null,
    group: managed ?? pool,
    groupKind: managed !== null ? "managed" : pool !== null ? "pool" : null,
    pods: workload.pods.filter((pod) => pod.node === metadata.name).length,
    podNames: workload.pods.flatMap((pod) => (pod.node === metadata.name ? [pod.name] : [])),
    busyInBursts: null,
  };
}

function words(nodes: readonly NodeFact[], episodes: EpisodesFact | undefined) {
  const hosts = nodes.filter(({ pods }) => pods > 0);
  const busy = hosts.flatMap(({ busyInBursts }) => busyInBursts ?? []);
  const sizes = hosts.flatMap(({ allocatableCpu }) => allocatableCpu ?? []);
  const zones = new Set(hosts.flatMap(({ zone }) => zone ?? [])).size;
  const low = lowest(sizes);
  const high = highest(sizes);
  const size =
    low === null || high === null
      ? ""
      : low === high
        ? ` with ${coreCount(low)} allocatable each`
        : ` with ${range(plain(low), plain(high))} cores allocatable`;
  const load = highest(busy);
  const typical = nodesBusy(nodes);
  const worked =
    load === null || typical === null
      ? ""
      : `; in the ${spike(episodes)}s a typical pod's node was ${percent(typical)} busy, the busiest ${percent(load)}`;
  const [waited, stolen] = [
    highest(hosts.flatMap(({ iowaitInBursts }) => iowaitInBursts ?? [])),
    highest(hosts.flatMap(({ stealInBursts }) => stealInBursts ?? [])),
  ];
  const besides = [
    ...(waited !== null && waited >= TOLD ? [`waited for disks ${percent(waited)} of its time`] : []),
    ...(stolen !== null && stolen >= TOLD ? [`had ${percent(stolen)} taken away by the hypervisor`] : []),
  ];
  const told = besides.length > 0 ? `; one ${listed(besides)}` : "";
  return {
    statement: `the pods run on ${plural(hosts.length, "node")} of ${nodes.length}${size}, in ${plural(zones, "zone")}${worked}${told}`,
    measures: {
      nodes: nodes.length,
      hosts: hosts.length,
      zones,
      busiest: load,
      busy: typical,
      ...(waited === null ? {} : { iowait: waited }),
      ...(stolen === null ? {} : { steal: stolen }),
      smallest: low,
      largest: high,
      mostPodsOnOne: highest(hosts.map(({ pods }) => pods)),
    },
  };
}

function groupWords(groups: readonly NodeGroupFact[]) {
  const known = (values: readonly (number | null)[]) => {
    const numbers = values.flatMap((value) => value ?? []);
    return numbers.length === values.length ? sum(numbers) : null;
  };
  const max = known(groups.map((group) => group.max));
  const each = groups.map(({ name, min, max, current }) => {
    const bounds = `${min ?? "?"}–${max ?? "?"}`;
    return `${name} ${bounds}${current === null ? "" : ` (now ${current})`}`;
  });
  const told = groups.length > GROUPS_TOLD ? "" : `: ${listed(each)}`;
  const most = max === null ? "the maximum of some is unknown" : `${plural(max, "node")} at most`;
  return {
    statement: `${plural(groups.length, "node group")} under Cluster Autoscaler${told}; ${most}`,
    measures: {
      groups: groups.length,
      min: known(groups.map((group) => group.min)),
      max,
      current: known(groups.map((group) => group.current)),
    },
  };
}
