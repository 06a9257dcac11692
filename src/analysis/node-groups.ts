import type { Facts, NodeGroupFact } from "../model/facts.ts";
import { shellQuoted } from "../model/shell.ts";
import { listed, plural } from "../model/words.ts";
import type { FleetRoom } from "./packing.ts";
import { sum } from "./series.ts";

/**
 * The node groups in Cluster Autoscaler's status, by name. Up to 1.29 it is a text for people, since 1.30 YAML, whose keys
 * come in this order or that. Both are read line by line: what else stands there changes from version to version. Source:
 * kubernetes/autoscaler, clusterstate.go and clusterstate/api/types.go.
 */
export function readNodeGroups(status: string): NodeGroupFact[] {
  const groups = entries(status).flatMap((lines) => {
    const name = named(lines);
    if (name === null) return [];
    return [{ name, min: size(lines, "minSize"), max: size(lines, "maxSize"), current: size(lines, TARGET) }];
  });
  return groups.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const TARGET = "cloudProviderTarget";
const HEAD = /^(\s*)NodeGroups:\s*$/i;
const indent = (line: string) => line.length - line.trimStart().length;

/** The lines of each group: from its dash in YAML, from its "Name:" in the text. */
function entries(status: string): string[][] {
  const all = status.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  const head = all.findIndex((line) => HEAD.test(line));
  const rest = head < 0 ? [] : all.slice(head + 1);
  const edge = indent(all[head] ?? "");
  const end = rest.findIndex((line) => indent(line) <= edge && !line.trimStart().startsWith("- "));
  const lines = end < 0 ? rest : rest.slice(0, end);
  const first = lines[0] ?? "";
  const mark = first.trimStart().startsWith("- ") ? "- " : "Name:";
  const groups: string[][] = [];
  for (const line of lines) {
    if (indent(line) === indent(first) && line.trimStart().startsWith(mark)) groups.push([]);
    groups.at(-1)?.push(line);
  }
  return groups;
}

/** Keys of the group itself stand where its first one does; those within them stand deeper. */
function named(lines: readonly string[]): string | null {
  const keys = lines.map((line, index) => (index === 0 ? line.replace(/^(\s*)- /, "$1  ") : line));
  const own = keys.filter((line) => indent(line) === indent(keys[0] ?? ""));
  for (const line of own) {
    const name = /^\s*name:\s*["']?(.*?)["']?\s*$/i.exec(line)?.[1];
    if (name) return managed(name);
  }
  return null;
}

/** EKS calls a managed node group's Auto Scaling group "eks-<node group>-<UUID>"; the nodes' label has the name alone. */
function managed(name: string): string {
  return /^eks-(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(name)?.[1] ?? name;
}

/** "maxSize: 10" and "maxSize=10"; the first is the group's health, later ones repeat it. */
function size(lines: readonly string[], key: string): number | null {
  const found = new RegExp(`\\b${key}\\s*[:=]\\s*(\\d+)`).exec(lines.join("\n"))?.[1];
  return found === undefined ? null : Number(found);
}

/** How many nodes the groups may have at most (000 J3). */
export interface Reach {
  /** All groups together. */
  readonly nodes: number;
  /** Those that hold pods of the workload today: taints and selectors may keep the pods from the others. */
  readonly hosting: number;
  /** Each group with its maximum. */
  readonly groups: readonly { readonly name: string; readonly max: number }[];
}

/** Null where a maximum is not known, or where pods stand on nodes of a group that Cluster Autoscaler does not name. */
export function reachOf({ nodeGroups, nodes }: Partial<Facts>): Reach | null {
  const groups = (nodeGroups ?? []).flatMap(({ name, max }) => (max === null ? [] : [{ name, max }]));
  if (groups.length === 0 || groups.length < (nodeGroups?.length ?? 0)) return null;
  const hosts = new Set((nodes ?? []).flatMap(({ pods, group }) => (pods > 0 && group != null ? [group] : [])));
  const hosting = groups.filter(({ name }) => hosts.has(name));
  if (hosting.length < hosts.size) return null;
  const total = sum(groups.map(({ max }) => max));
  return { nodes: total, hosting: hosts.size === 0 ? total : sum(hosting.map(({ max }) => max)), groups };
}

/** More groups than this are told by their number. */
const TOLD = 6;

/** Whether the groups reach as far as the pods need, for a fix's arithmetic and for what must come before it. */
export function reachWords(
  { pods, nodesNeeded }: Pick<FleetRoom, "pods" | "nodesNeeded">,
  { nodes, hosting, groups }: Reach,
): { readonly line: string; readonly before: readonly string[] } {
  const each =
    groups.length > TOLD ? `${groups.length} groups` : listed(groups.map(({ name, max }) => `${name} ${max}`));
  const far = `${plural(pods, "pod needs", "pods need")} ${plural(nodesNeeded, "node")}`;
  const line = `${far}; the node groups reach ${nodes} (${each})`;
  if (nodesNeeded > nodes)
    return {
      line,
      before: [`the node groups' maximum goes up first: ${far} for themselves alone, the groups reach ${nodes}`],
    };
  if (nodesNeeded > hosting)
    return {
      line,
      before: [
        `the pods may run on every node group (taints, node selectors): ${far}, and the groups that hold them today reach ${hosting}`,
      ],
    };
  return { line, before: [] };
}

/**
 * The command that grows a managed node group. The minimum goes along: an autoscaler of nodes would take nodes that idle
 * between the bursts away again, and new ones come minutes too late. The maximum (null: not known) goes up where it is in
 * the way, and is left out where it is not known: it would rather come down. Source: AWS CLI, eks update-nodegroup-config.
 */
export function growNodeGroup(
  cluster: string,
  group: string,
  size: { readonly to: number; readonly max: number | null },
): string {
  const max = size.max === null ? "" : `maxSize=${Math.max(size.max, size.to)},`;
  const scaling = `minSize=${size.to},${max}desiredSize=${size.to}`;
  return `aws eks update-nodegroup-config --cluster-name ${shellQuoted(cluster)} --nodegroup-name ${shellQuoted(group)} --scaling-config ${scaling}`;
}

/** The cluster of a target group, by the tag of the controller that made it; null where it made none. */
export function clusterOf({ targetGroups, service }: Partial<Facts>): string | null {
  const group = targetGroups?.find(({ arn }) => arn === service?.targetGroup);
  return group?.tags["elbv2.k8s.aws/cluster"] ?? null;
}
