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

function exec({ namespace, pod, container, command }: Input): string {
  const inside = (command as readonly string[]).map(String);
  return shellLine("kubectl", "exec", "-n", String(namespace), `pod/${pod}`, "-c", String(container), "--", ...inside);
}

/** ("autoscaling/v2", "horizontalpodautoscalers") → "horizontalpodautoscalers.v2.autoscaling"; core kinds stay short. */
function qualified(apiVersion: string, resource: string): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? resource : `${resource}.${version}.${group}`;
}
