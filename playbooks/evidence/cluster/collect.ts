import {
  type Ask,
  type ClusterFact,
  defineStep,
  describeTargetHealth,
  listed,
  listNodes,
  listPods,
  listPodsAt,
  type Node,
  plural,
  type Question,
  selectorOf,
  type TargetGroupFact,
} from "../../../src/playbook.ts";
import { findService, LOOKED_UP } from "../service/find.ts";
import { suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { clusterFact } from "./fact.ts";

/** More strangers than this are counted and not named. */
const NAMED = 3;

/**
 * Whether the targets of the guilty target group are this cluster's. Tags and names fit in a second cluster that was made
 * from the same manifests; addresses and instance ids do not.
 */
export default defineStep({
  id: "cluster",
  title: "whose targets",
  needs: { targetGroups: targetGroupsFact, suspect: suspectFact },
  uses: [],
  gives: [clusterFact],
  async run({ facts, ask, give, find, lack }) {
    const group = facts.targetGroups.find(({ arn }) => arn === facts.suspect.group?.arn);
    if (!group) return;
    const healthAsked = describeTargetHealth(group.arn);
    const health = await ask(healthAsked);
    const serving = health.ok ? health.value.filter(({ state }) => state !== "draining") : [];
    const ids = [...new Set(serving.map(({ id }) => id))];
    const compared = ids.length === 0 ? null : await compare(group, ids, ask);
    const clusterTag = group.tags["elbv2.k8s.aws/cluster"] ?? group.tags["eks:eks-cluster-name"] ?? null;
    const fact = toFact(compared, clusterTag);
    give(clusterFact, fact);
    const proof = [healthAsked.question, ...(compared?.proof ?? [])];
    const { verdict, statement, matched, of, comparedWith } = fact;
    if (compared)
      find({ id: "identity", statement, measures: { verdict, matched, of, comparedWith, clusterTag }, proof });
    if (verdict === "other") lack({ source: "kubernetes", kind: "missing", what: statement, remedy: remedy(fact) });
  },
});

interface Compared {
  readonly comparedWith: "nodes" | "pods";
  readonly matched: readonly string[];
  readonly strangers: readonly string[];
  readonly contextName: string | null;
  readonly proof: readonly Question[];
}

/** The targets against this cluster's nodes or pods; null where there is nothing to compare them with. */
export async function compare(group: TargetGroupFact, ids: readonly string[], ask: Ask): Promise<Compared | null> {
  if (group.targetType === "instance") return compareWithNodes(ids, ask);
  return group.targetType === "ip" ? withPods(group, ids, ask) : null;
}

/** Instances against this cluster's nodes; null where the nodes could not be read, or have no instance ids. */
export async function compareWithNodes(ids: readonly string[], ask: Ask): Promise<Compared | null> {
  const asked = listNodes();
  const nodes = await ask(asked);
  if (!nodes.ok || nodes.cut || nodes.value.length === 0) return null;
  const instances = new Set(nodes.value.flatMap(({ spec }) => spec?.providerID?.split("/").at(-1) ?? []));
  // Without a single providerID the nodes have no instance ids to compare with.
  if (instances.size === 0) return null;
  return {
    comparedWith: "nodes",
    matched: ids.filter((id) => instances.has(id)),
    strangers: ids.filter((id) => !instances.has(id)),
    contextName: nameOf(nodes.value),
    proof: [asked.question],
  };
}

/** The cluster's name, where whoever made the nodes wrote it on them. */
function nameOf(nodes: readonly Node[]): string | null {
  const names = new Set(nodes.flatMap(({ metadata }) => metadata.labels["alpha.eksctl.io/cluster-name"] ?? []));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

/** With the pods of the Service that it seems to serve, and what is not there with all pods, one address at a time. */
async function withPods(group: TargetGroupFact, ids: readonly string[], ask: Ask): Promise<Compared | null> {
  const { service } = await findService(group, ask);
  const podsAsked =
    service && Object.keys(service.selector).length > 0
      ? listPods(service.namespace, selectorOf(service.selector))
      : null;
  const pods = podsAsked ? await ask(podsAsked) : null;
  const addresses = new Set(pods?.ok ? pods.value.flatMap(({ status }) => status.podIP ?? []) : []);
  const matched = ids.filter((id) => addresses.has(id));
  const looked = ids.filter((id) => !addresses.has(id)).slice(0, LOOKED_UP);
  const lookups = looked.map(listPodsAt);
  const answers = await Promise.all(lookups.map((one) => ask(one)));
  const elsewhere = looked.filter((_, index) => (answers[index]?.ok ? answers[index].value.length > 0 : false));
  const absent = looked.filter((_, index) => (answers[index]?.ok ? answers[index].value.length === 0 : false));
  // Where single addresses may not be looked up, the Service's own pods decide: none of them is a target.
  const strangers = absent.length > 0 || elsewhere.length > 0 || addresses.size === 0 ? absent : looked;
  if (matched.length + elsewhere.length + strangers.length === 0) return null;
  return {
    comparedWith: "pods",
    matched: [...matched, ...elsewhere],
    strangers,
    contextName: null,
    proof: [...(podsAsked ? [podsAsked.question] : []), ...lookups.map(({ question }) => question)],
  };
}

export function toFact(compared: Compared | null, clusterTag: string | null): ClusterFact {
  if (!compared)
    return {
      verdict: "unknown",
      statement: "the targets could not be compared with the cluster's nodes or pods",
      matched: 0,
      of: 0,
      comparedWith: null,
      clusterTag,
      contextName: null,
      strangers: [],
    };
  const { matched, strangers, comparedWith, contextName } = compared;
  const of = matched.length + strangers.length;
  const verdict = strangers.length === 0 ? "same" : matched.length === 0 ? "other" : "part";
  const one = comparedWith === "nodes" ? "node" : "pod";
  const tagged = clusterTag === null ? "" : `; their target group is tagged for cluster ${clusterTag}`;
  const statement = {
    same: `the targets are this cluster's: ${of === 1 ? `the only one is a ${one}` : `all ${of} are ${one}s`} of it`,
    part: `${matched.length} of ${plural(of, "target")} are ${one}s of this cluster; ${named(strangers)} ${strangers.length === 1 ? "is" : "are"} not`,
    other: `the targets are not this cluster's: ${plural(of, "target")}, none is a ${one} of it${tagged}`,
  }[verdict];
  return { verdict, statement, matched: matched.length, of, comparedWith, clusterTag, contextName, strangers };
}

function named(ids: readonly string[]): string {
  return ids.length > NAMED ? `${listed(ids.slice(0, NAMED))} and ${ids.length - NAMED} more` : listed(ids);
}

function remedy({ clusterTag, comparedWith }: ClusterFact): string {
  if (clusterTag !== null)
    return `choose the context of cluster ${clusterTag} (kubectl config get-contexts, then --context); aws eks update-kubeconfig --name ${clusterTag} makes one`;
  return comparedWith === "nodes"
    ? "if another cluster's nodes are behind it, choose its context (--context); for plain EC2 instances look at the instances themselves"
    : "choose the context of the cluster that the load balancer belongs to (kubectl config get-contexts, then --context)";
}
