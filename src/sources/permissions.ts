import type { Question } from "../model/question.ts";
import type { OptionalPolicy, Permission, ShippedRole } from "./descriptor.ts";
import { descriptorOf } from "./descriptor-of.ts";
import { SOURCES } from "./descriptors.ts";

/** The permissions of one question. */
export function permissionsOf(question: Question): readonly Permission[] {
  return descriptorOf(question.source).permissions(question);
}

/** One question of every kind that is ever asked, with placeholders for names: what the shipped policies are made from. */
export function everyKindOfQuestion(): Question[] {
  return SOURCES.flatMap((source) => source.kinds());
}

/**
 * The least IAM policy: of what is always read, or that of one kind of log. Most of these actions know no narrower resource
 * than all; whoever attaches a policy for logs names the bucket in it.
 */
export function iamPolicy(policy?: OptionalPolicy): object {
  const actions = everyKindOfQuestion()
    .flatMap(permissionsOf)
    .flatMap((one) => (one.kind === "iam" && one.policy === policy ? [one.action] : []));
  const Sid = policy === undefined ? "LbdoctorReads" : "LbdoctorReadsLogs";
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid, Effect: "Allow", Action: [...new Set(actions)].sort(), Resource: policy ? RESOURCES[policy] : "*" },
    ],
  };
}

/** What the policies for logs are limited to; the words in capitals are for whoever attaches them. */
const RESOURCES: { readonly [policy in OptionalPolicy]: readonly string[] } = {
  "logs-s3": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"],
  // What describes deliveries knows no narrower resource.
  "logs-insights": ["*"],
  "logs-athena": [
    "arn:aws:athena:*:*:workgroup/primary",
    "arn:aws:athena:*:*:datacatalog/AwsDataCatalog",
    "arn:aws:glue:*:*:catalog",
    "arn:aws:glue:*:*:database/DATABASE",
    "arn:aws:glue:*:*:table/DATABASE/TABLE",
    "arn:aws:s3:::BUCKET",
    "arn:aws:s3:::BUCKET/*",
  ],
  // Where the table is not named: what the catalog tells of every table, and of none a row.
  "logs-athena-find": [
    "arn:aws:athena:*:*:datacatalog/AwsDataCatalog",
    "arn:aws:glue:*:*:catalog",
    "arn:aws:glue:*:*:database/*",
    "arn:aws:glue:*:*:table/*/*",
  ],
};

/** The ClusterRoles as YAML: what is always read, what leads to Prometheus, and exec, which is opt-in. */
export function clusterRoles(): string {
  const all = SOURCES.flatMap((source) => source.roles.map((role) => ({ role, source })));
  // What needs somebody's consent comes last.
  const ordered = [...all.filter(({ role }) => !role.consent), ...all.filter(({ role }) => role.consent)];
  const roles = ordered.map(({ role, source }) => {
    const asked = source.kinds().filter(({ operation }) => role.operations.includes(operation));
    return roleText(role, asked.flatMap(source.permissions));
  });
  return `# Made from the list of questions in src/sources/permissions.ts; a test keeps it true.\n${roles.join("---\n")}`;
}

function roleText({ name, comment }: ShippedRole, permissions: readonly Permission[]): string {
  // One rule for each group and set of verbs.
  const merged = new Map<string, { group: string; verbs: readonly string[]; resources: Set<string> }>();
  for (const permission of permissions) {
    if (permission.kind !== "rbac") continue;
    const { group, verbs, resource } = permission;
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
