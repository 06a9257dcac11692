import type { Input, Question } from "../../model/question.ts";
import { shellLine } from "../../model/shell.ts";

/** Kinds that live outside of any namespace, so that "-A" would say nothing. */
const CLUSTER_WIDE = new Set(["nodes", "namespaces"]);

/** The kubectl command that gives the same answer. */
export function commandOf({ operation, input }: Question): string {
  const { apiVersion, resource, namespace, name, labelSelector, fieldSelector } = input as Record<string, string>;
  if (operation === "exec") return exec(input);
  const where = namespace ? ["-n", namespace] : CLUSTER_WIDE.has(resource ?? "") ? [] : ["-A"];
  const which = [
    ...where,
    ...(labelSelector ? ["-l", labelSelector] : []),
    ...(fieldSelector ? ["--field-selector", fieldSelector] : []),
  ];
  if (apiVersion?.startsWith("metrics.k8s.io/")) return shellLine("kubectl", "top", String(resource), ...which);
  const kind = qualified(String(apiVersion), String(resource));
  return shellLine("kubectl", "get", name ? `${kind}/${name}` : kind, ...which, "-o", "json");
}

/** What of a kind a person looks at: columns that kubectl has, or a part of it by jq. */
const COLUMNS: { readonly [resource: string]: string } = {
  pods: "-o wide",
  services: "-o wide",
  replicasets: "--sort-by=.metadata.creationTimestamp -o wide",
  events: "--sort-by=.lastTimestamp",
  nodes: "-L node.kubernetes.io/instance-type,topology.kubernetes.io/zone",
  horizontalpodautoscalers: "",
  httproutes: "",
  targetgroupbindings: "-o wide",
  configmaps: "-o json | jq -r '.data[]'",
};
const CONTAINERS =
  "-o json | jq -c '.items[] | {name: .metadata.name, marks: (.metadata.annotations // {} | keys), containers: [.spec.template.spec.containers[] | {name, command, args, resources, readinessProbe}]}'";
const WORKLOADS = new Set(["deployments", "statefulsets", "daemonsets"]);

/** One short kubectl command for the same, in columns. */
export function shortOf(question: Question): string {
  const full = commandOf(question);
  const resource = String(question.input.resource);
  const columns = WORKLOADS.has(resource) ? CONTAINERS : COLUMNS[resource];
  return columns === undefined || !full.endsWith(" -o json")
    ? full
    : full.replace(/ -o json$/, ` ${columns}`).trimEnd();
}

function exec({ namespace, pod, container, command }: Input): string {
  const inside = (command as readonly string[]).map(String);
  return shellLine("kubectl", "exec", "-n", String(namespace), `pod/${pod}`, "-c", String(container), "--", ...inside);
}

/** ("autoscaling/v2", "horizontalpodautoscalers") → "horizontalpodautoscalers.v2.autoscaling"; core kinds stay short. */
function qualified(apiVersion: string, resource: string): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? resource : `${resource}.${version}.${group}`;
}
