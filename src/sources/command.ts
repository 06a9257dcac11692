import type { Input, Json, Question } from "../model/question.ts";
import { isMistakable, shellQuoted } from "../model/shell.ts";

/** The command that a person would type to see the same answer, quoted for a POSIX shell. */
export function commandFor(question: Question): string {
  switch (question.source) {
    case "cloudwatch":
    case "elbv2":
      return aws(question);
    case "kubernetes":
      return kubectl(question);
    case "prometheus":
      return curl(question);
  }
}

/** Sizes of pages: left out, since the AWS CLI pages to the end by itself, unless one of these is given. */
const PAGING = new Set(["MaxRecords", "PageSize"]);

function aws({ source, operation, input }: Question): string {
  const wanted = Object.entries(input).filter(([key]) => !PAGING.has(key));
  const call = ["aws", source, kebab(operation)];
  const mistakable = Object.values(input)
    .flat()
    .some((value) => isMistakable(String(value)));
  if (mistakable) return words(...call, "--cli-input-json", JSON.stringify(Object.fromEntries(wanted)));
  return words(...call, ...wanted.flatMap(([key, value]) => [`--${kebab(key)}`, ...awsValue(value)]));
}

function awsValue(value: Json | undefined): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  return [typeof value === "object" ? JSON.stringify(value) : String(value)];
}

/** "AlarmNames" → "alarm-names" */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

/** Kinds that live outside of any namespace, so that "-A" would say nothing. */
const CLUSTER_WIDE = new Set(["nodes", "namespaces"]);

function kubectl({ operation, input }: Question): string {
  const { apiVersion, resource, namespace, name, labelSelector, fieldSelector } = input as Record<string, string>;
  if (operation === "exec") return exec(input);
  const where = namespace ? ["-n", namespace] : CLUSTER_WIDE.has(resource ?? "") ? [] : ["-A"];
  const which = [
    ...where,
    ...(labelSelector ? ["-l", labelSelector] : []),
    ...(fieldSelector ? ["--field-selector", fieldSelector] : []),
  ];
  if (apiVersion?.startsWith("metrics.k8s.io/")) return words("kubectl", "top", String(resource), ...which);
  const kind = qualified(String(apiVersion), String(resource));
  return words("kubectl", "get", name ? `${kind}/${name}` : kind, ...which, "-o", "json");
}

function exec({ namespace, pod, container, command }: Input): string {
  const inside = (command as readonly string[]).map(String);
  return words("kubectl", "exec", "-n", String(namespace), `pod/${pod}`, "-c", String(container), "--", ...inside);
}

/** ("autoscaling/v2", "horizontalpodautoscalers") → "horizontalpodautoscalers.v2.autoscaling"; core kinds stay short. */
function qualified(apiVersion: string, resource: string): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? resource : `${resource}.${version}.${group}`;
}

function curl({ operation, input }: Question): string {
  const { query, ...rest } = input;
  const data = Object.entries(rest).flatMap(([key, value]) => ["-d", `${key}=${value}`]);
  const url = `"$PROMETHEUS_URL/api/v1/${operation}"`;
  return `curl -sG ${url} ${words("--data-urlencode", `query=${query}`, ...data)}`;
}

function words(...list: readonly string[]): string {
  return list.map(shellQuoted).join(" ");
}
