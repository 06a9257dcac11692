import { OPERATIONS, type Question } from "../model/question.ts";
import {
  execIn,
  getConfigMap,
  listAutoModeBindings,
  listAutoscalers,
  listNodes,
  listPods,
  listReplicaSets,
  listServices,
  listTargetGroupBindings,
  listWorkloads,
  podSnapshot,
} from "./kubernetes/questions.ts";

/** What must be allowed so that a question can be answered. */
export type Permission =
  | { readonly kind: "iam"; readonly action: string }
  | { readonly kind: "rbac"; readonly group: string; readonly resource: string; readonly verbs: readonly string[] };

/** The permissions of one question. Prometheus is counted as reached through the API server; by URL it needs none here. */
export function permissionsOf({ source, operation, input }: Question): readonly Permission[] {
  switch (source) {
    case "cloudwatch":
      return [{ kind: "iam", action: `cloudwatch:${operation}` }];
    case "elbv2":
      return [{ kind: "iam", action: `elasticloadbalancing:${operation}` }];
    case "prometheus":
      return [{ kind: "rbac", group: "", resource: "services/proxy", verbs: ["get"] }];
    case "kubernetes": {
      // The WebSocket that execs begins as a GET; newer API servers check "create" for it as well, as for SPDY's POST.
      if (operation === "exec") return [{ kind: "rbac", group: "", resource: "pods/exec", verbs: ["create", "get"] }];
      const [version, ...rest] = String(input.apiVersion).split("/").reverse();
      const group = rest[0] ?? (version === "v1" ? "" : String(version));
      return [{ kind: "rbac", group, resource: String(input.resource), verbs: [operation] }];
    }
  }
}

/** One question of every kind that is ever asked, with placeholders for names: what the shipped policies are made from. */
export function everyKindOfQuestion(): Question[] {
  const aws = (["cloudwatch", "elbv2"] as const).flatMap((source) =>
    OPERATIONS[source].map((operation): Question => ({ source, operation, input: {} })),
  );
  const cluster = [
    listServices(),
    listTargetGroupBindings(),
    listAutoModeBindings(),
    listPods("ns", "app=x"),
    listWorkloads("Deployment", "ns"),
    listWorkloads("StatefulSet", "ns"),
    listWorkloads("DaemonSet", "ns"),
    listReplicaSets("ns"),
    listAutoscalers("ns"),
    listNodes(),
    podSnapshot("ns", "app=x"),
    getConfigMap("ns", "x"),
    execIn("ns", "pod", "container", []),
  ].map(({ question }) => question);
  return [...aws, ...cluster, { source: "prometheus", operation: "query", input: {} }];
}

/** The least IAM policy. These actions only read, and most of them know no narrower resource than all. */
export function iamPolicy(): object {
  const actions = everyKindOfQuestion()
    .flatMap(permissionsOf)
    .flatMap((permission) => (permission.kind === "iam" ? [permission.action] : []));
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "LbdoctorReads", Effect: "Allow", Action: [...new Set(actions)].sort(), Resource: "*" }],
  };
}

/** The ClusterRoles as YAML: what is always read, what leads to Prometheus, and exec, which is opt-in. */
export function clusterRoles(): string {
  const rules = everyKindOfQuestion()
    .flatMap(permissionsOf)
    .flatMap((permission) => (permission.kind === "rbac" ? [permission] : []));
  const isProxy = ({ resource }: Rule) => resource === "services/proxy";
  const isExec = ({ resource }: Rule) => resource === "pods/exec";
  const roles = [
    role(
      "lbdoctor",
      "Reads what an investigation reads. Bind it cluster-wide: a target group may serve any namespace.",
      [...rules.filter((rule) => !isProxy(rule) && !isExec(rule))],
    ),
    role(
      "lbdoctor-prometheus",
      "Reaches Prometheus through the API server. Bind it in Prometheus's namespace only; not needed with --prometheus-url.",
      rules.filter(isProxy),
    ),
    role(
      "lbdoctor-exec",
      "Opt-in, for --allow-exec: `cat /sys/fs/cgroup/cpu.max` and `ps` in one pod. RBAC cannot limit which commands.",
      rules.filter(isExec),
    ),
  ];
  return `# Made from the list of questions in src/sources/permissions.ts; a test keeps it true.\n${roles.join("---\n")}`;
}

type Rule = Permission & { readonly kind: "rbac" };

function role(name: string, comment: string, rules: readonly Rule[]): string {
  // One rule for each group and set of verbs.
  const merged = new Map<string, { group: string; verbs: readonly string[]; resources: Set<string> }>();
  for (const { group, verbs, resource } of rules) {
    const key = `${group} ${verbs.join(",")}`;
    const rule = merged.get(key) ?? { group, verbs, resources: new Set<string>() };
    merged.set(key, rule);
    rule.resources.add(resource);
  }
  const quoted = (values: Iterable<string>) =>
    [...values]
      .sort()
      .map((value) => JSON.stringify(value))
      .join(", ");
  return [
    `# ${comment}`,
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRole",
    "metadata:",
    `  name: ${name}`,
    "rules:",
    ...[...merged.values()].flatMap(({ group, verbs, resources }) => [
      `  - apiGroups: [${quoted([group])}]`,
      `    resources: [${quoted(resources)}]`,
      `    verbs: [${quoted(verbs)}]`,
    ]),
    "",
  ].join("\n");
}
